package lanewise.testing.contract;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A call with one argument made wrong, and how a kernel must refuse it. What an argument is follows from its name and
 * type, as {@code docs/naming.md} has them: {@code xOffset} after the array {@code x}, {@code ldx} its leading dimension,
 * {@code xStride} its distance in a batch; any other {@code int} is a size. Only {@code bias} and {@code peepholes} may be null.
 */
final class WrongArgument {

    private static final Set<String> MAY_BE_NULL = Set.of("bias", "peepholes");
    private static final Set<Class<? extends Exception>> SIZE = Set.of(IllegalArgumentException.class);
    private static final Set<Class<? extends Exception>> EXTENT = Set.of(IndexOutOfBoundsException.class);
    private static final Set<Class<? extends Exception>> EITHER = Set.of(IllegalArgumentException.class,
            IndexOutOfBoundsException.class);
    private static final Set<Class<? extends Exception>> NULL = Set.of(NullPointerException.class);

    private final KernelCall call;
    private final String change;
    private final Set<Class<? extends Exception>> expected;
    private final List<String> mentions;

    private WrongArgument(KernelCall call, String change, Set<Class<? extends Exception>> expected,
            String... mentions) {
        this.call = call;
        this.change = change;
        this.expected = expected;
        this.mentions = List.of(mentions);
    }

    /** All ways to make one argument of a valid call wrong. */
    static List<WrongArgument> of(KernelCall call) {
        List<WrongArgument> wrong = new ArrayList<>();
        Object[] arguments = call.arguments();
        List<String> names = call.names();
        for (int i = 0; i < arguments.length; i++) {
            String name = names.get(i);
            Class<?> type = call.method().getParameterTypes()[i];
            if (type.isArray()) {
                array(wrong, call, i, name, arguments[i]);
            } else if (!type.isPrimitive()) {
                wrong.add(new WrongArgument(call.with(i, null), name + " null", NULL, name));
            } else if (type == int.class) {
                int value = (int) arguments[i];
                if (name.equals("offset") || name.endsWith("Offset")) {
                    offset(wrong, call, i, names.get(i - 1), value);
                } else if (name.startsWith("ld") && name.length() == 3) {
                    leadingDimension(wrong, call, i, name, value);
                } else if (name.endsWith("Stride")) {
                    wrong.add(new WrongArgument(call.with(i, -1), name + " = -1", EITHER, name, "-1"));
                    wrong.add(new WrongArgument(call.with(i, value + 1), name + " + 1", EXTENT));
                    wrong.add(new WrongArgument(call.with(i, Integer.MAX_VALUE), name + " = 2^31 - 1", EXTENT));
                } else if (name.equals("step")) {
                    // Counts from 1 without end.
                    wrong.add(new WrongArgument(call.with(i, 0), name + " = 0", SIZE, name, "0"));
                    wrong.add(new WrongArgument(call.with(i, Integer.MIN_VALUE), name + " = -2^31", SIZE, name));
                } else if (name.equals("size")) {
                    // A window may be larger than what it is moved over.
                    wrong.add(new WrongArgument(call.with(i, 0), name + " = 0", SIZE, name, "0"));
                    wrong.add(new WrongArgument(call.with(i, Integer.MIN_VALUE), name + " = -2^31", SIZE, name));
                } else if (!name.equals("ignored")) {
                    // Any number may be the label that is ignored.
                    size(wrong, call, i, name, value);
                }
            }
        }
        return wrong;
    }

    /** Fails unless the kernel refuses the call as it must and has written nothing. */
    void checkRefused() {
        List<Object> before = copies(call.arguments());
        Throwable thrown = call.invoke();
        String what = call + " with " + change;
        if (thrown == null) {
            throw new AssertionError(what + " was not refused, need " + names());
        }
        if (expected.stream().noneMatch(type -> type.isInstance(thrown))) {
            throw new AssertionError(what + " threw " + thrown.getClass().getSimpleName() + ", need " + names(),
                    thrown);
        }
        String message = String.valueOf(thrown.getMessage());
        String operation = call.method().getDeclaringClass().getSimpleName();
        boolean named = message.toLowerCase(Locale.ROOT).contains(call.method().getName().toLowerCase(Locale.ROOT))
                || message.contains(operation);
        for (String mention : mentions) {
            named &= Pattern.compile("(?<![\\w-])" + Pattern.quote(mention) + "(?!\\w)").matcher(message).find();
        }
        if (!named || !message.contains(expected.equals(NULL) ? "null" : "need")) {
            throw new AssertionError(what + ": the message must name the operation, " + mentions
                    + " and what it needs, but is: " + message);
        }
        if (!equal(before, copies(call.arguments()))) {
            throw new AssertionError(what + " was refused after something had been written");
        }
    }

    private static void array(List<WrongArgument> wrong, KernelCall call, int i, String name, Object array) {
        int length = Array.getLength(array);
        if (!MAY_BE_NULL.contains(name)) {
            wrong.add(new WrongArgument(call.with(i, null), name + " null", NULL, name));
        }
        wrong.add(new WrongArgument(call.with(i, cut(array, length - 1)), name + " one element short", EXTENT,
                name + ".length", Integer.toString(length - 1), Integer.toString(length)));
        wrong.add(new WrongArgument(call.with(i, cut(array, 0)), name + " empty", EXTENT, name + ".length", "0"));
    }

    private static void offset(List<WrongArgument> wrong, KernelCall call, int i, String array, int value) {
        String name = call.names().get(i);
        wrong.add(new WrongArgument(call.with(i, -1), name + " = -1", EXTENT, name, "-1"));
        wrong.add(new WrongArgument(call.with(i, Integer.MIN_VALUE), name + " = -2^31", EXTENT, name));
        wrong.add(new WrongArgument(call.with(i, value + 1), name + " + 1", EXTENT, array + ".length"));
        wrong.add(new WrongArgument(call.with(i, Integer.MAX_VALUE), name + " = 2^31 - 1", EXTENT, array + ".length"));
    }

    private static void leadingDimension(List<WrongArgument> wrong, KernelCall call, int i, String name, int value) {
        wrong.add(new WrongArgument(call.with(i, value - 1), name + " - 1", SIZE, name, Integer.toString(value - 1),
                Integer.toString(value)));
        wrong.add(new WrongArgument(call.with(i, 0), name + " = 0", SIZE, name, "0"));
        wrong.add(new WrongArgument(call.with(i, -value), name + " negative", SIZE, name, Integer.toString(-value)));
        wrong.add(new WrongArgument(call.with(i, value + 1), name + " + 1", EXTENT));
        wrong.add(new WrongArgument(call.with(i, Integer.MAX_VALUE), name + " = 2^31 - 1", EXTENT));
    }

    private static void size(List<WrongArgument> wrong, KernelCall call, int i, String name, int value) {
        wrong.add(new WrongArgument(call.with(i, -1), name + " = -1", SIZE, name, "-1"));
        wrong.add(new WrongArgument(call.with(i, Integer.MIN_VALUE), name + " = -2^31", SIZE, name));
        wrong.add(new WrongArgument(call.with(i, value + 1), name + " + 1", EITHER));
        // Extents that wrap around to something small when computed in int.
        wrong.add(new WrongArgument(call.with(i, 1 << 16), name + " = 2^16", EITHER));
        wrong.add(new WrongArgument(call.with(i, Integer.MAX_VALUE), name + " = 2^31 - 1", EITHER));
    }

    private static Object cut(Object array, int length) {
        Object shorter = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, shorter, 0, length);
        return shorter;
    }

    private static List<Object> copies(Object[] arguments) {
        List<Object> copies = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument != null && argument.getClass().isArray()) {
                copies.add(cut(argument, Array.getLength(argument)));
            }
        }
        return copies;
    }

    /** As {@code Arrays.equals} has it: floats are compared by their bits. */
    private static boolean equal(List<Object> before, List<Object> after) {
        return Arrays.deepEquals(before.toArray(), after.toArray());
    }

    private String names() {
        return String.join(" or ", expected.stream().map(Class::getSimpleName).sorted().toList());
    }
}
