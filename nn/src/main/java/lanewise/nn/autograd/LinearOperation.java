package lanewise.nn.autograd;

import static lanewise.kernels.gemm.Transpose.NO_TRANS;
import static lanewise.kernels.gemm.Transpose.TRANS;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.gemm.Epilogue;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.reduction.Reduction;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = x Wᵀ + b over the rows of x: one product, its bias added while the results are in registers. */
public final class LinearOperation extends Operation {

    private final Tensor x;
    private final Tensor weight;
    private final Tensor bias;

    private LinearOperation(Tensor x, Tensor weight, Tensor bias) {
        this.x = x;
        this.weight = weight;
        this.bias = bias;
    }

    /**
     * x Wᵀ + b.
     *
     * @param x [..., inputs]
     * @param weight [outputs, inputs]
     * @param bias [outputs], or null for none
     * @return [..., outputs]
     */
    public static Tensor apply(Tensor x, Tensor weight, Tensor bias) {
        if (x.shape().rank() < 1 || weight.shape().rank() != 2) {
            throw refused(x, weight, "need [..., inputs] and [outputs, inputs]");
        }
        int outputs = weight.shape().size(0);
        int inputs = weight.shape().size(1);
        if (x.shape().size(-1) != inputs) {
            throw refused(x, weight, "inner sizes " + x.shape().size(-1) + " and " + inputs + " differ");
        }
        if (bias != null && (bias.shape().rank() != 1 || bias.size() != outputs)) {
            throw new IllegalArgumentException("linear: weight is " + weight.shape() + ", bias is " + bias.shape()
                    + ": need a bias of [" + outputs + "]");
        }
        return bias == null ? withoutBias(x, weight) : withBias(x, weight, bias);
    }

    private static Tensor withoutBias(Tensor x, Tensor weight) {
        Step step = Step.of("linear", x, weight);
        Tensor y = product(step, x, weight, Epilogue.NONE);
        return step.records(x, weight) ? step.record(y, new LinearOperation(x, weight, null)) : y;
    }

    private static Tensor withBias(Tensor x, Tensor weight, Tensor bias) {
        Step step = Step.of("linear", x, weight, bias);
        Tensor y = product(step, x, weight,
                Epilogue.biasPerColumn(bias.data(), bias.offset(), Activation.IDENTITY));
        return step.records(x, weight, bias) ? step.record(y, new LinearOperation(x, weight, bias)) : y;
    }

    private static Tensor product(Step step, Tensor x, Tensor weight, Epilogue epilogue) {
        int outputs = weight.shape().size(0);
        int inputs = weight.shape().size(1);
        Tensor y = step.result(x.shape(), outputs);
        Gemm.sgemm(step.workers(), NO_TRANS, TRANS, x.shape().rows(), outputs, inputs, 1, x.data(), x.offset(), inputs,
                weight.data(), weight.offset(), inputs, 0, y.data(), y.offset(), outputs, epilogue);
        return y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        int rows = x.shape().rows();
        int outputs = weight.shape().size(0);
        int inputs = weight.shape().size(1);
        Tensor dy = y.grad();
        if (bias != null && bias.requiresGrad()) {
            boolean accumulate = accumulates(bias);
            Tensor db = bias.grad();
            Reduction.columnSums(workers, rows, outputs, dy.data(), dy.offset(), outputs, db.data(), db.offset(),
                    accumulate);
        }
        if (weight.requiresGrad()) {
            float beta = accumulates(weight) ? 1 : 0;
            Tensor dw = weight.grad();
            Gemm.sgemm(workers, TRANS, NO_TRANS, outputs, inputs, rows, 1, dy.data(), dy.offset(), outputs, x.data(),
                    x.offset(), inputs, beta, dw.data(), dw.offset(), inputs);
        }
        if (x.requiresGrad()) {
            float beta = accumulates(x) ? 1 : 0;
            Tensor dx = x.grad();
            Gemm.sgemm(workers, NO_TRANS, NO_TRANS, rows, inputs, outputs, 1, dy.data(), dy.offset(), outputs,
                    weight.data(), weight.offset(), inputs, beta, dx.data(), dx.offset(), inputs);
        }
    }

    private static IllegalArgumentException refused(Tensor x, Tensor weight, String why) {
        return new IllegalArgumentException("linear: input is " + x.shape() + ", weight is " + weight.shape() + ": "
                + why);
    }
}
