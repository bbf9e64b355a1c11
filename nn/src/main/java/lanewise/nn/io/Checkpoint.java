package lanewise.nn.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import lanewise.nn.State;
import lanewise.nn.Stateful;
import lanewise.nn.Tensor;

/**
 * All that a training needs to go on as if it had never stopped, in one file: weights, the optimizer's memories, random
 * numbers, the place in the epoch, or whatever else is {@link Stateful}.
 *
 * {@snippet :
 * Checkpoint checkpoint = new Checkpoint().add("network", net).add("optimizer", adam).add("loader", loader);
 * checkpoint.save(file);
 * // later, in a program that built the three in the same way
 * checkpoint.load(file);
 * }
 *
 * <p>
 * The file is a safetensors file. Tensors are named {@code part.name}; numbers are in its metadata, under names of the same
 * form.
 */
public final class Checkpoint {

    private static final String FORMAT = "lanewise.checkpoint";
    private static final String VERSION = "1";

    private final Map<String, Stateful> parts = new LinkedHashMap<>();

    /** A checkpoint without parts. */
    public Checkpoint() {}

    /**
     * Adds a part.
     *
     * @param name its name in the file: not empty, without a dot, not used before
     * @param part what to keep
     * @return this
     */
    public Checkpoint add(String name, Stateful part) {
        if (name.isEmpty() || name.indexOf('.') >= 0 || name.equals("lanewise")) {
            throw new IllegalArgumentException(
                    "Checkpoint: name = '" + name + "', need a name without dots other than 'lanewise'");
        }
        Objects.requireNonNull(part, "Checkpoint: part is null");
        if (parts.putIfAbsent(name, part) != null) {
            throw new IllegalArgumentException("Checkpoint: name = '" + name + "' is in use");
        }
        return this;
    }

    /**
     * Writes the state of all parts. The file is replaced as a whole, after the new one is complete and on disk: whatever
     * happens, the old or the new one is there.
     *
     * @param file the file
     * @throws IOException if writing fails
     */
    public void save(Path file) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> values = new LinkedHashMap<>();
        values.put(FORMAT, VERSION);
        parts.forEach((part, content) -> {
            State state = content.state();
            state.tensors().forEach((name, tensor) -> tensors.put(part + "." + name, tensor));
            state.values().forEach((name, value) -> values.put(part + "." + name, value));
        });
        Safetensors.save(file, tensors, values);
    }

    /**
     * Puts all parts into the state of a file. Everything is checked before anything is changed.
     *
     * @param file a file that {@link #save} wrote, with the same parts
     * @throws UnreadableFileException if the file is missing, damaged, no checkpoint, or does not fit the parts
     * @throws IOException if reading fails
     */
    public void load(Path file) throws IOException {
        Safetensors.Content content = Safetensors.read(file);
        if (!VERSION.equals(content.metadata().get(FORMAT))) {
            throw new UnreadableFileException(file, content.metadata().containsKey(FORMAT)
                    ? "is a checkpoint of version " + content.metadata().get(FORMAT) + ", need version " + VERSION
                    : "is no checkpoint, though a safetensors file");
        }
        State whole = new State(content.tensors(), content.metadata());
        requireNoOtherParts(file, whole);
        List<Runnable> changes = new ArrayList<>();
        for (Map.Entry<String, Stateful> part : parts.entrySet()) {
            try {
                changes.add(part.getValue().restoring(whole.part(part.getKey())));
            } catch (IllegalArgumentException e) {
                throw new UnreadableFileException(file,
                        "does not fit '" + part.getKey() + "': " + e.getMessage(), e);
            }
        }
        changes.forEach(Runnable::run);
    }

    private void requireNoOtherParts(Path file, State whole) throws UnreadableFileException {
        TreeSet<String> names = new TreeSet<>(whole.tensors().keySet());
        names.addAll(whole.values().keySet());
        names.remove(FORMAT);
        for (String name : names) {
            int dot = name.indexOf('.');
            if (dot < 0 || !parts.containsKey(name.substring(0, dot))) {
                throw new UnreadableFileException(file,
                        "holds '" + name + "', which belongs to none of the parts " + parts.keySet());
            }
        }
    }
}
