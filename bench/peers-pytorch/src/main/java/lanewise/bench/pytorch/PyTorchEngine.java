package lanewise.bench.pytorch;

import java.util.function.Function;
import java.util.function.Supplier;
import lanewise.bench.contest.CheckedEngine;
import lanewise.bench.contest.Computation;
import lanewise.bench.contest.Problem;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's C++ interface. */
abstract class PyTorchEngine<P extends Problem> extends CheckedEngine<P> {

    private final AutoGradMode gradients;

    /** An engine that records nothing. */
    PyTorchEngine(int threads, Function<String, P> problems) {
        this(threads, false, problems);
    }

    PyTorchEngine(int threads, boolean records, Function<String, P> problems) {
        super(problems);
        gradients = new AutoGradMode(records);
        torch.set_num_threads(threads);
    }

    @Override
    public final String description() {
        return "libtorch " + torch.TORCH_VERSION + ", threads " + torch.get_num_threads() + ", "
                + torch.get_mkl_version().getString();
    }

    static Tensor tensor(float[] values, long... sizes) {
        Tensor tensor = torch.zeros(sizes);
        new FloatPointer(tensor.data_ptr_float()).put(values, 0, values.length);
        return tensor;
    }

    static float[] values(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        new FloatPointer(tensor.data_ptr_float()).get(values, 0, values.length);
        return values;
    }

    /** An operation that makes a new tensor, freed at once. */
    static Computation returning(Supplier<Tensor> operation) {
        return new Computation(() -> {
            try (var scope = new PointerScope()) {
                operation.get().close();
            }
        }, () -> {
            try (var scope = new PointerScope()) {
                return values(operation.get());
            }
        });
    }

    @Override
    public final void close() {
        gradients.close();
    }
}
