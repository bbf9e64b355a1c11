package lanewise.bench.training;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.Workers;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What the tape costs: operations on single elements, recorded and undone, in a step of a thousand. */
public class TapeBenchmark extends KernelBenchmark {

    private static final int OPERATIONS = 1000;

    private final Parameter w = new Parameter(Shape.of(1));
    private Tape tape;

    /** For JMH. */
    public TapeBenchmark() {}

    /** Opens the tape. */
    @Setup
    public void prepare() {
        Workers workers = workers();
        tape = new Tape(workers);
        w.data()[0] = 1;
    }

    /** Closes the tape. */
    @TearDown
    public void end() {
        tape.close();
    }

    /**
     * Forward only.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public float forward() {
        try (Step step = tape.inference()) {
            return chain(step).item();
        }
    }

    /**
     * Forward and backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public float forwardAndBackward() {
        try (Step step = tape.step()) {
            chain(step).backward();
            w.zeroGrad();
            return w.data()[0];
        }
    }

    private Tensor chain(Step step) {
        Tensor x = step.tensor(w);
        for (int i = 0; i < OPERATIONS; i++) {
            x = x.mul(x);
        }
        return x;
    }
}
