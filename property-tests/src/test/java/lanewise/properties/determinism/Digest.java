package lanewise.properties.determinism;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.properties.Kernels;
import lanewise.testing.Allocations;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.contract.KernelCall;

/**
 * Runs every kernel and writes a digest of all bits that each of them leaves in its operands: the program of one cell of
 * {@link SameBitsTest}, in a JVM that plays one machine.
 *
 * <p>
 * Output: {@code lanes <floats in a vector>} and {@code wide <whether the tiles are for 32 registers>}, then for each kernel and set of sizes
 * {@code digest <small or large> <kernel> <hexadecimal>}. A kernel has one line for each different digest that any number
 * of threads or any repetition gave: more than one is a failure.
 */
final class Digest {

    // Around tiles, vectors of each width and 32 running sums; small enough for an interpreter.
    private static final int[][] SMALL = {{1, 1, 1}, {2, 3, 5}, {3, 17, 9}, {1, 33, 8}, {5, 31, 4}, {7, 35, 12},
            {13, 9, 33},
            {4, 64, 3}};
    // Above the sizes at which threads share the work, products are packed, and sums have several blocks.
    private static final int[][] LARGE = {{61, 301, 40}, {130, 257, 70}, {9, 1100, 1030}, {1, 700, 600}};

    private static final Filling CONTENTS = new Filling(Filling.Kind.MIXED_MAGNITUDE, 17);

    private Digest() {}

    /**
     * Runs the kernels.
     *
     * @param args numbers of threads, with commas between; how often the first runs the small sizes; whether to run the
     *            large; the file to write, since the compiler prints on standard output whenever it likes
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        int repetitions = Integer.parseInt(args[1]);
        boolean large = Boolean.parseBoolean(args[2]);
        Map<String, Set<String>> digests = new LinkedHashMap<>();
        for (String threads : args[0].split(",", -1)) {
            try (Workers workers = Workers.of(Integer.parseInt(threads))) {
                run("small", workers, SMALL, repetitions, digests);
                if (large) {
                    run("large", workers, LARGE, 1, digests);
                }
            }
            repetitions = 1;
        }
        List<String> lines = new ArrayList<>(
                List.of("lanes " + Lanes.LANES, "wide " + Lanes.WIDE_REGISTER_FILE));
        digests.forEach((kernel, all) -> all.forEach(digest -> lines.add("digest " + kernel + " " + digest)));
        Files.write(Path.of(args[3]), lines);
    }

    private static void run(String set, Workers workers, int[][] sizes, int repetitions,
            Map<String, Set<String>> digests) {
        List<List<Snapshot>> bySize = new ArrayList<>();
        for (int[] size : sizes) {
            bySize.add(
                    Kernels.calls(workers, size[0], size[1], size[2], CONTENTS).stream().map(Snapshot::new).toList());
        }
        for (int repetition = 0; repetition < repetitions; repetition++) {
            Map<String, Long> hashes = new LinkedHashMap<>();
            for (List<Snapshot> snapshots : bySize) {
                for (Snapshot snapshot : snapshots) {
                    hashes.merge(snapshot.name, snapshot.runAndHash(), (sofar, next) -> mix(sofar, next));
                }
            }
            hashes.forEach((kernel, hash) -> digests.computeIfAbsent(set + " " + kernel, name -> new TreeSet<>())
                    .add(Long.toHexString(hash)));
        }
    }

    // One step of a multiplicative hash; the rotation brings the well-mixed upper half down.
    private static long mix(long hash, long value) {
        return Long.rotateLeft((hash ^ value) * 0x9E3779B97F4A7C15L, 32);
    }

    /** A call and the first contents of its arrays, so that it can be repeated. */
    private static final class Snapshot {

        private final String name;
        private final KernelCall call;
        private final List<Object> arrays = new ArrayList<>();
        private final List<Object> originals = new ArrayList<>();

        Snapshot(KernelCall call) {
            this.name = call.toString();
            this.call = call;
            for (Object argument : call.arguments()) {
                if (argument.getClass().isArray()) {
                    arrays.add(argument);
                    originals.add(copy(argument));
                }
            }
        }

        long runAndHash() {
            for (int i = 0; i < arrays.size(); i++) {
                System.arraycopy(originals.get(i), 0, arrays.get(i), 0, Array.getLength(arrays.get(i)));
            }
            Allocations.repeat(call.handle(), 1);
            long hash = 0;
            for (Object array : arrays) {
                hash = array instanceof float[] floats ? hash(hash, floats) : hashOfIntegers(hash, array);
            }
            return hash;
        }

        private static long hash(long hash, float[] array) {
            for (float element : array) {
                hash = mix(hash, Float.floatToIntBits(element)); // makes all NaNs one
            }
            return hash;
        }

        private static long hashOfIntegers(long hash, Object array) {
            for (int i = 0; i < Array.getLength(array); i++) {
                hash = mix(hash, Array.getInt(array, i));
            }
            return hash;
        }

        private static Object copy(Object array) {
            Object copy = Array.newInstance(array.getClass().getComponentType(), Array.getLength(array));
            System.arraycopy(array, 0, copy, 0, Array.getLength(array));
            return copy;
        }
    }
}
