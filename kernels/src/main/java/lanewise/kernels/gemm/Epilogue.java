package lanewise.kernels.gemm;

import java.util.Objects;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.gemm.Finish;

/**
 * What a product does to its finished elements while they are in cache: add a bias, then apply an activation.
 *
 * <p>
 * An epilogue is immutable, but it refers to the caller's bias array and sees its changes: make it once and keep it.
 */
public final class Epilogue {

    /** Leaves the product as it is. */
    public static final Epilogue NONE = new Epilogue(null, 0, false, Activation.IDENTITY);

    private final float[] bias;
    private final int biasOffset;
    private final boolean perRow;
    private final Activation activation;

    private Epilogue(float[] bias, int biasOffset, boolean perRow, Activation activation) {
        this.bias = bias;
        this.biasOffset = biasOffset;
        this.perRow = perRow;
        this.activation = Objects.requireNonNull(activation, "Epilogue: activation is null");
    }

    /**
     * Only an activation.
     *
     * @param activation the activation
     * @return the epilogue
     */
    public static Epilogue of(Activation activation) {
        return new Epilogue(null, 0, false, activation);
    }

    /**
     * c[i][j] becomes activation(c[i][j] + bias[j]): the bias of a fully connected layer.
     *
     * @param bias n elements from the offset, one for each column of C
     * @param biasOffset index of the first
     * @param activation applied after the bias
     * @return the epilogue
     */
    public static Epilogue biasPerColumn(float[] bias, int biasOffset, Activation activation) {
        return new Epilogue(Objects.requireNonNull(bias, "Epilogue: bias is null"), biasOffset, false, activation);
    }

    /**
     * c[i][j] becomes activation(c[i][j] + bias[i]): the bias of a convolution, whose channels are rows.
     *
     * @param bias m elements from the offset, one for each row of C
     * @param biasOffset index of the first
     * @param activation applied after the bias
     * @return the epilogue
     */
    public static Epilogue biasPerRow(float[] bias, int biasOffset, Activation activation) {
        return new Epilogue(Objects.requireNonNull(bias, "Epilogue: bias is null"), biasOffset, true, activation);
    }

    /** Requires a bias of the size that C needs. */
    void check(String operation, int m, int n) {
        if (bias != null) {
            Checks.vector(operation, "bias", bias, biasOffset, perRow ? m : n);
        }
    }

    /** Finishes a block of C whose first element is in this row and column of C. */
    void apply(int m, int n, float[] c, int co, int ldc, int row, int column) {
        if (bias == null && activation == Activation.IDENTITY) {
            return;
        }
        for (int i = 0; i < m; i++) {
            int ct = co + i * ldc;
            if (bias != null && perRow) {
                Finish.add(n, bias[biasOffset + row + i], c, ct);
            } else if (bias != null) {
                Finish.add(n, bias, biasOffset + column, c, ct);
            }
            Finish.activate(activation, n, c, ct);
        }
    }
}
