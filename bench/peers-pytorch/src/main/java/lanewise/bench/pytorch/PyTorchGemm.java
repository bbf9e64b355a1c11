package lanewise.bench.pytorch;

import lanewise.bench.contest.Computation;
import lanewise.bench.gemm.GemmOperands;
import lanewise.bench.gemm.GemmShape;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** {@code mm_out} of PyTorch, into a tensor that stands ready. */
public final class PyTorchGemm extends PyTorchEngine<GemmOperands> {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public PyTorchGemm(int threads) {
        super(threads, GemmOperands::of);
    }

    @Override
    protected Computation bind(GemmOperands operands) {
        GemmShape shape = operands.shape();
        Tensor a = matrix(operands.a(), shape.m(), shape.k(), shape.transA());
        Tensor b = matrix(operands.b(), shape.k(), shape.n(), shape.transB());
        Tensor c = torch.zeros(shape.m(), shape.n());
        return new Computation(() -> torch.mm_out(c, a, b).close(), () -> values(c));
    }

    private static Tensor matrix(float[] values, int rows, int columns, boolean transposed) {
        return transposed ? tensor(values, columns, rows).transpose(0, 1) : tensor(values, rows, columns);
    }
}
