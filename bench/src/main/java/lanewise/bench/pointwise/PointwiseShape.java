package lanewise.bench.pointwise;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import lanewise.bench.contest.Limit;
import lanewise.bench.contest.Unit;
import lanewise.bench.contest.Workload;

/**
 * One pass of a memory-bound operation.
 *
 * @param kind the operation
 * @param sizes of its tensor: n; rows x columns; or n x c x h x w
 * @param pass which of its functions
 */
public record PointwiseShape(Kind kind, List<Integer> sizes, Pass pass) {

    /** Which function of an operation is computed. */
    public enum Pass {
        /** The result. */
        FORWARD,
        /** The gradient of the first operand. */
        BACKWARD,
        /** New weights. */
        UPDATE
    }

    /** An operation, with the tensors of full size that its passes read or write. */
    public enum Kind {
        /** max(x, 0). */
        RELU(1, 2, 3),
        /** 1 / (1 + exp(-x)). */
        SIGMOID(1, 2, 3),
        /** tanh. */
        TANH(1, 2, 3),
        /** exp, whose gradient is a product with the result. */
        EXP(1, 2, 0),
        /** x Φ(x). */
        GELU(1, 2, 3),
        /** x sigmoid(x). */
        SILU(1, 2, 3),
        /** a + b, whose gradients need no computation. */
        ADD(1, 3, 0),
        /** a b. */
        MUL(1, 3, 5),
        /** Softmax of each row. */
        SOFTMAX(2, 2, 3),
        /** Its logarithm. */
        LOG_SOFTMAX(2, 2, 3),
        /** Mean of -log softmax at the labels. */
        CROSS_ENTROPY(2, 1, 2),
        /** Layer normalization of each row. */
        LAYER_NORM(2, 2, 3),
        /** Batch normalization of images, with the statistics of the batch. */
        BATCH_NORM(4, 2, 3),
        /** An update of weights by Adam, without decay. */
        ADAM(1, 7, 0);

        private final int rank;
        private final int forwardTensors;
        private final int backwardTensors;

        Kind(int rank, int forwardTensors, int backwardTensors) {
            this.rank = rank;
            this.forwardTensors = forwardTensors;
            this.backwardTensors = backwardTensors;
        }

        String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private boolean has(Pass pass) {
            return switch (pass) {
                case FORWARD -> this != ADAM;
                case BACKWARD -> backwardTensors > 0;
                case UPDATE -> this == ADAM;
            };
        }
    }

    /**
     * Reads a name such as {@code relu 1048576 forward}, {@code softmax 4096x1000 backward} or {@code adam 1048576 update}.
     *
     * @param name the name
     * @return the shape
     */
    public static PointwiseShape parse(String name) {
        String[] parts = name.split(" ", -1);
        Kind kind = Arrays.stream(Kind.values()).filter(k -> k.title().equals(parts[0])).findAny().orElse(null);
        Pass pass = Arrays.stream(Pass.values()).filter(p -> parts.length == 3 && title(p).equals(parts[2])).findAny()
                .orElse(null);
        if (kind == null || pass == null || !kind.has(pass)
                || !parts[1].matches("[1-9]\\d*(x[1-9]\\d*){" + (kind.rank - 1) + "}")) {
            throw new IllegalArgumentException(
                    "workload = " + name
                            + ", need an operation, its sizes and its pass, such as \"relu 1048576 forward\"");
        }
        return new PointwiseShape(kind, Arrays.stream(parts[1].split("x")).map(Integer::valueOf).toList(), pass);
    }

    private static String title(Pass pass) {
        return pass.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The name of the row.
     *
     * @return what {@link #parse} reads
     */
    public String name() {
        return kind.title() + " " + sizes.stream().map(String::valueOf).collect(Collectors.joining("x")) + " "
                + title(pass);
    }

    /**
     * Elements of the tensor.
     *
     * @return their number
     */
    public int length() {
        return sizes.stream().reduce(1, Math::multiplyExact);
    }

    /**
     * The size of the dimension that is normalized, classified or has weights: columns, or channels.
     *
     * @return the size
     */
    public int features() {
        return sizes.get(sizes.size() > 1 ? 1 : 0);
    }

    /**
     * The size of the first dimension: rows, or images.
     *
     * @return the size
     */
    public int rows() {
        return sizes.size() > 1 ? sizes.getFirst() : 1;
    }

    /**
     * Elements of a channel in an image; 1 where there are no images.
     *
     * @return their number
     */
    public int spatial() {
        return length() / (rows() * features());
    }

    /**
     * The sizes as PyTorch and others want them.
     *
     * @return a new array
     */
    public long[] dimensions() {
        return sizes.stream().mapToLong(Integer::longValue).toArray();
    }

    /**
     * Whether the pass is the forward one.
     *
     * @return whether it is
     */
    public boolean isForward() {
        return pass == Pass.FORWARD;
    }

    // Nominal: each tensor once, however often it is read.
    Workload workload() {
        long bytes = (long) Float.BYTES * length();
        int tensors = pass == Pass.BACKWARD ? kind.backwardTensors : kind.forwardTensors;
        return new Workload(name(), (double) bytes * tensors, Unit.GIGABYTES, Limit.copy(bytes));
    }
}
