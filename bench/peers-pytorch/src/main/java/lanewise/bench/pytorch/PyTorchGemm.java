package lanewise.bench.pytorch;

import lanewise.bench.gemm.GemmEngine;
import lanewise.bench.gemm.GemmShape;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** {@code mm_out} of PyTorch's C++ interface, without gradients, into a tensor that stands ready. */
public final class PyTorchGemm extends GemmEngine {

    private final AutoGradMode noGradients = new AutoGradMode(false);

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public PyTorchGemm(int threads) {
        torch.set_num_threads(threads);
    }

    @Override
    public String description() {
        return "libtorch " + torch.TORCH_VERSION + ", threads " + torch.get_num_threads() + ", "
                + torch.get_mkl_version().getString();
    }

    @Override
    protected Product bind(GemmShape shape, float[] a, float[] b) {
        Tensor tensorA = tensor(a, shape.m(), shape.k(), shape.transA());
        Tensor tensorB = tensor(b, shape.k(), shape.n(), shape.transB());
        Tensor tensorC = torch.zeros(shape.m(), shape.n());
        return new Product() {
            @Override
            public void run() {
                torch.mm_out(tensorC, tensorA, tensorB).close();
            }

            @Override
            public float[] result() {
                float[] c = new float[shape.m() * shape.n()];
                new FloatPointer(tensorC.data_ptr_float()).get(c, 0, c.length);
                return c;
            }
        };
    }

    private static Tensor tensor(float[] values, int rows, int columns, boolean transposed) {
        Tensor stored = transposed ? torch.zeros(columns, rows) : torch.zeros(rows, columns);
        new FloatPointer(stored.data_ptr_float()).put(values, 0, values.length);
        return transposed ? stored.transpose(0, 1) : stored;
    }

    @Override
    public void close() {
        noGradients.close();
    }
}
