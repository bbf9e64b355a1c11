package lanewise.nn.autograd;

import static lanewise.kernels.gemm.Transpose.NO_TRANS;
import static lanewise.kernels.gemm.Transpose.TRANS;

import lanewise.kernels.Workers;
import lanewise.kernels.gemm.Gemm;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = a b, the product of two matrices. */
public final class MatmulOperation extends Operation {

    private final Tensor a;
    private final Tensor b;

    private MatmulOperation(Tensor a, Tensor b) {
        this.a = a;
        this.b = b;
    }

    /**
     * The product a b.
     *
     * @param a [m, k]
     * @param b [k, n]
     * @return [m, n]
     */
    public static Tensor apply(Tensor a, Tensor b) {
        if (a.shape().rank() != 2 || b.shape().rank() != 2) {
            throw refused(a, b, "need two matrices");
        }
        int m = a.shape().size(0);
        int k = a.shape().size(1);
        int n = b.shape().size(1);
        if (b.shape().size(0) != k) {
            throw refused(a, b, "inner sizes " + k + " and " + b.shape().size(0) + " differ");
        }
        Step step = Step.of("matmul", a, b);
        Tensor y = step.result(a.shape(), n);
        Gemm.sgemm(step.workers(), NO_TRANS, NO_TRANS, m, n, k, 1, a.data(), a.offset(), k, b.data(), b.offset(), n, 0,
                y.data(), y.offset(), n);
        return step.records(a, b) ? step.record(y, new MatmulOperation(a, b)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        int m = a.shape().size(0);
        int k = a.shape().size(1);
        int n = b.shape().size(1);
        Tensor dy = y.grad();
        if (a.requiresGrad()) {
            float beta = accumulates(a) ? 1 : 0;
            Tensor da = a.grad();
            Gemm.sgemm(workers, NO_TRANS, TRANS, m, k, n, 1, dy.data(), dy.offset(), n, b.data(), b.offset(), n, beta,
                    da.data(), da.offset(), k);
        }
        if (b.requiresGrad()) {
            float beta = accumulates(b) ? 1 : 0;
            Tensor db = b.grad();
            Gemm.sgemm(workers, TRANS, NO_TRANS, k, n, m, 1, a.data(), a.offset(), k, dy.data(), dy.offset(), n, beta,
                    db.data(), db.offset(), n);
        }
    }

    private static IllegalArgumentException refused(Tensor a, Tensor b, String why) {
        return new IllegalArgumentException("matmul: left is " + a.shape() + ", right is " + b.shape() + ": " + why);
    }
}
