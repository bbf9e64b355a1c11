package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.random.Dropout;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Random zeros, and the rest scaled up. */
public final class DropoutOperation extends Operation {

    private final Tensor x;
    private final float probability;
    private final long seed;
    private final long stream;

    private DropoutOperation(Tensor x, float probability, long seed, long stream) {
        this.x = x;
        this.probability = probability;
        this.seed = seed;
        this.stream = stream;
    }

    /**
     * Random zeros.
     *
     * @param x any shape
     * @param probability of an element to be dropped
     * @param seed the key of the random numbers
     * @param stream which of the seed's streams
     * @return the same shape
     */
    public static Tensor apply(Tensor x, float probability, long seed, long stream) {
        Step step = Step.of("dropout", x);
        Tensor y = step.result(x.shape());
        Dropout.forward(step.workers(), x.size(), seed, stream, probability, x.data(),
                x.offset(), y.data(), y.offset());
        return step.records(x) ? step.record(y, new DropoutOperation(x, probability, seed, stream)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        Dropout.backward(workers, x.size(), seed, stream, probability, dy.data(), dy.offset(),
                dx.data(), dx.offset(), accumulate);
    }
}
