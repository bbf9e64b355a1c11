package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.LocalResponseNormOperation;

/**
 * y = x / (k + alpha · mean of x² in a window of channels)<sup>beta</sup>, at each place: what AlexNet has after its first
 * convolutions.
 */
public final class LocalResponseNorm extends Module {

    private final int size;
    private final float alpha;
    private final float beta;
    private final float k;

    /**
     * The layer as PyTorch makes it: alpha = 0.0001, beta = 0.75, k = 1.
     *
     * @param size channels of a window
     */
    public LocalResponseNorm(int size) {
        this(size, 1e-4f, 0.75f, 1);
    }

    /**
     * The layer with other settings; the means are over all channels of a window, also where some of them do not exist.
     *
     * @param size channels of a window
     * @param alpha factor of the mean of squares
     * @param beta the exponent
     * @param k what is added, positive
     */
    public LocalResponseNorm(int size, float alpha, float beta, float k) {
        if (size < 1) {
            throw new IllegalArgumentException("LocalResponseNorm: size = " + size + ", need size >= 1");
        }
        this.size = size;
        this.alpha = alpha;
        this.beta = beta;
        this.k = k;
    }

    @Override
    public Tensor forward(Tensor x) {
        return LocalResponseNormOperation.apply(x, size, alpha, beta, k);
    }
}
