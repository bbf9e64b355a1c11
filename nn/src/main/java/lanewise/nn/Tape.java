package lanewise.nn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import lanewise.kernels.Workers;

/**
 * Records what a training step computes so that gradients can be found, and owns the memory in which it is computed.
 *
 * <p>
 * A tape opens one {@link Step} at a time. The arrays of a step come from the tape's pool and go back to it when the step
 * closes: after the first steps none is allocated. The pool keeps what the largest steps needed until the tape closes. A
 * tape and all that belongs to it serve one thread.
 */
public final class Tape implements AutoCloseable {

    private final Workers workers;
    private final BufferPool<float[]> pool = new BufferPool<>(float[]::new);
    private final BufferPool<int[]> indexPool = new BufferPool<>(int[]::new);
    private final ShapeCache shapes = new ShapeCache();
    private final Map<Object, Object> remembered = new HashMap<>();
    private Tensor[] tensors = new Tensor[64];
    private int count;
    private int[][] indices = new int[8][];
    private int indexCount;
    private Step open;
    private StepEvent event;
    private boolean closed;

    /**
     * A new tape.
     *
     * @param workers the team that computes; stays the caller's to close
     */
    public Tape(Workers workers) {
        this.workers = Objects.requireNonNull(workers, "Tape: workers is null");
    }

    /**
     * Opens a step that records, for training.
     *
     * @return the step, to be closed by the caller
     * @throws IllegalStateException if a step is open, or the tape is closed
     */
    public Step step() {
        return open(true);
    }

    /**
     * Opens a step that records nothing, for evaluation: its results never require a gradient.
     *
     * @return the step, to be closed by the caller
     * @throws IllegalStateException if a step is open, or the tape is closed
     */
    public Step inference() {
        return open(false);
    }

    /** Closes the open step, if there is one, and lets go of the memory. A second call does nothing. */
    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
        closed = true;
        pool.clear();
        indexPool.clear();
    }

    Workers workers() {
        return workers;
    }

    ShapeCache shapes() {
        return shapes;
    }

    /** See {@link Step#remembered}. */
    Map<Object, Object> remembered() {
        return remembered;
    }

    float[] take(int elements) {
        return pool.take(elements);
    }

    /** An array of ints for the open step. */
    int[] takeIndices(int elements) {
        if (indexCount == indices.length) {
            indices = Arrays.copyOf(indices, 2 * indexCount);
        }
        return indices[indexCount++] = indexPool.take(elements);
    }

    /** Adds a tensor to the open step and says at which position. */
    int add(Tensor tensor) {
        if (count == tensors.length) {
            tensors = Arrays.copyOf(tensors, 2 * count);
        }
        tensors[count] = tensor;
        return count++;
    }

    /** Runs the operations from a position on backwards; iterative, so a graph may be of any depth. */
    void backward(int from) {
        for (int i = from; i >= 0; i--) {
            tensors[i].runBackward(workers, pool);
        }
    }

    void endStep() {
        if (event != null) {
            event.ended(count);
            event = null;
        }
        for (int i = 0; i < count; i++) {
            tensors[i].release(pool);
            tensors[i] = null;
        }
        count = 0;
        while (indexCount > 0) {
            indexPool.give(indices[--indexCount]);
            indices[indexCount] = null;
        }
        open = null;
    }

    private Step open(boolean recording) {
        if (closed) {
            throw new IllegalStateException("Tape: this tape is closed");
        }
        if (open != null) {
            throw new IllegalStateException("Tape: a step is open already; close it before opening the next");
        }
        event = StepEvent.begun(recording);
        open = new Step(this, recording);
        return open;
    }
}
