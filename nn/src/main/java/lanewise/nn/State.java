package lanewise.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must be kept of something to go on with it later: tensors and numbers, by name. The tensors are not copies.
 *
 * @param tensors tensors by name
 * @param values numbers by name, as Java prints them
 */
public record State(Map<String, Tensor> tensors, Map<String, String> values) {

    /**
     * A state.
     *
     * @param tensors tensors by name; the map is copied
     * @param values numbers by name; the map is copied
     */
    public State {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Requires the names of this state to be those of another, and its tensors to have the shapes of the other's.
     *
     * @param wanted the other
     * @throws IllegalArgumentException if not; the message tells every difference
     */
    public void requireLike(State wanted) {
        List<String> problems = new ArrayList<>();
        differences(tensors.keySet(), wanted.tensors.keySet(), problems);
        differences(values.keySet(), wanted.values.keySet(), problems);
        wanted.tensors.forEach((name, tensor) -> {
            Tensor own = tensors.get(name);
            if (own != null && !own.shape().equals(tensor.shape())) {
                problems.add(name + " is " + own.shape() + ", need " + tensor.shape());
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /**
     * A whole number of this state.
     *
     * @param name its name
     * @param least the least that it may be
     * @return the number
     * @throws IllegalArgumentException if there is none of this name, or it is no whole number, or too small
     */
    public long wholeNumber(String name, long least) {
        String text = text(name);
        try {
            long number = Long.parseLong(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + text + "', need a whole number", e);
        }
        throw new IllegalArgumentException(name + " is " + text + ", need at least " + least);
    }

    /**
     * A number of this state, which may have a fraction or be infinite.
     *
     * @param name its name
     * @return the number
     * @throws IllegalArgumentException if there is none of this name, or it is no number
     */
    public double number(String name) {
        String text = text(name);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + text + "', need a number", e);
        }
    }

    /**
     * The part of this state whose names begin with a prefix and a dot, which are taken off.
     *
     * @param prefix the prefix, without the dot
     * @return the part
     */
    public State part(String prefix) {
        return new State(part(prefix + ".", tensors), part(prefix + ".", values));
    }

    private String text(String name) {
        String text = values.get(name);
        if (text == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }

    private static void differences(Set<String> own, Set<String> wanted, List<String> problems) {
        for (String name : new TreeSet<>(own)) {
            if (!wanted.contains(name)) {
                problems.add(name + " is unknown");
            }
        }
        for (String name : new TreeSet<>(wanted)) {
            if (!own.contains(name)) {
                problems.add(name + " is missing");
            }
        }
    }

    private static <V> Map<String, V> part(String prefix, Map<String, V> all) {
        Map<String, V> part = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), value);
            }
        });
        return part;
    }
}
