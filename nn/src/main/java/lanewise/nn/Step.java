package lanewise.nn;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import lanewise.kernels.Workers;
import lanewise.nn.autograd.ViewOperation;

/**
 * One training step, or one evaluation: the scope in which tensors are computed. Everything computed in a step lives
 * until it closes; what must outlive it is copied out ({@link Tensor#toArray}). Steps come from a {@link Tape}.
 *
 * <p>
 * The methods {@link #of(String, Tensor)}, {@link #result}, {@link #indices}, {@link #records(Tensor)} and {@link #record} serve authors of
 * operations; see {@link Operation}.
 */
public final class Step implements AutoCloseable {

    private final Tape tape;
    private final boolean recording;
    private boolean closed;

    Step(Tape tape, boolean recording) {
        this.tape = tape;
        this.recording = recording;
    }

    /**
     * A tensor over the caller's array, which is not copied: it must stay unchanged until the step closes. The array may
     * be longer than the shape needs.
     *
     * @param data the elements, row-major
     * @param sizes the shape
     * @return the tensor
     */
    public Tensor tensor(float[] data, int... sizes) {
        return wrap(data, Shape.of(sizes));
    }

    /**
     * A tensor over the caller's array, as {@link #tensor(float[], int...)}; allocates no array.
     *
     * @param data the elements, row-major
     * @param shape the shape
     * @return the tensor
     */
    public Tensor tensor(float[] data, Shape shape) {
        return wrap(data, Objects.requireNonNull(shape, "tensor: shape is null"));
    }

    /**
     * A matrix over the caller's array, as {@link #tensor(float[], int...)}; allocates no array.
     *
     * @param data the elements, row-major
     * @param rows number of rows, for example the samples of a batch
     * @param columns number of columns, for example the features of a sample
     * @return the tensor
     */
    public Tensor tensor(float[] data, int rows, int columns) {
        return wrap(data, tape.shapes().matrix(rows, columns));
    }

    /**
     * A tensor of this step with the elements of one that belongs to no step, such as a parameter. Needed where an
     * operation has no other operand, as in {@code step.tensor(weight).sum()}.
     *
     * @param outside a tensor that belongs to no step
     * @return the tensor; gradients flow through it
     */
    public Tensor tensor(Tensor outside) {
        if (outside.step() != null) {
            throw new IllegalArgumentException("tensor: " + outside + " belongs to a step already");
        }
        requireOpen("tensor");
        return ViewOperation.apply(this, outside, outside.shape());
    }

    /**
     * Whether this step records for backward.
     *
     * @return false for a step of {@link Tape#inference}
     */
    public boolean recording() {
        return recording;
    }

    /**
     * The team that computes this step.
     *
     * @return the team
     */
    public Workers workers() {
        return tape.workers();
    }

    /** Ends the step: its memory goes back to the tape and its tensors can no longer be used. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            tape.endStep();
            closed = true;
        }
    }

    /**
     * The step in which an operation on this operand takes place.
     *
     * @param operation name of the operation, for messages
     * @param x the operand
     * @return its step
     * @throws IllegalStateException if the operand belongs to no step, or to one that is closed
     */
    public static Step of(String operation, Tensor x) {
        return required(operation, common(operation, null, x));
    }

    /**
     * The step in which an operation on these operands takes place. Some of them may belong to no step, as parameters do.
     *
     * @param operation name of the operation, for messages
     * @param a one operand
     * @param b the other
     * @return their step
     * @throws IllegalStateException if none belongs to a step, one to a step that is closed, or two to different steps
     */
    public static Step of(String operation, Tensor a, Tensor b) {
        return required(operation, common(operation, common(operation, null, a), b));
    }

    /**
     * The step in which an operation on these operands takes place. Some of them may belong to no step, as parameters do.
     *
     * @param operation name of the operation, for messages
     * @param a one operand
     * @param b another
     * @param c the third
     * @return their step
     * @throws IllegalStateException if none belongs to a step, one to a step that is closed, or two to different steps
     */
    public static Step of(String operation, Tensor a, Tensor b, Tensor c) {
        return required(operation, common(operation, common(operation, common(operation, null, a), b), c));
    }

    /**
     * The step in which an operation on these operands takes place. Some of them may belong to no step, as parameters do.
     *
     * @param operation name of the operation, for messages
     * @param operands any number of them
     * @return their step
     * @throws IllegalStateException if none belongs to a step, one to a step that is closed, or two to different steps
     */
    public static Step of(String operation, List<Tensor> operands) {
        Step step = null;
        for (Tensor x : operands) {
            step = common(operation, step, x);
        }
        return required(operation, step);
    }

    /**
     * A new tensor of this step to hold a result. Its elements are undefined until they are written.
     *
     * @param shape its shape
     * @return the tensor
     */
    public Tensor result(Shape shape) {
        return Tensor.ofStep(this, shape, tape.take(shape.size()), 0, true);
    }

    /**
     * A new tensor of this step to hold a result, with the shape of another but for the innermost size.
     *
     * @param like the shape
     * @param last the innermost size
     * @return the tensor
     */
    public Tensor result(Shape like, int last) {
        return result(tape.shapes().withLast(like, last));
    }

    /**
     * A new tensor of this step that shares the elements of another.
     *
     * @param x the other
     * @param shape the shape, of as many elements as the other
     * @return the tensor
     */
    public Tensor resultSharing(Tensor x, Shape shape) {
        if (shape.size() != x.size()) {
            throw new IllegalArgumentException("reshape: " + x + " has " + x.size() + " elements, " + shape + " has "
                    + shape.size() + ": need as many");
        }
        return Tensor.ofStep(this, shape, x.data(), x.offset(), false);
    }

    /**
     * An array of ints in which an operation keeps what its backward needs, such as positions of maxima. Its values are
     * undefined; it is used again by others once the step is closed.
     *
     * @param elements how many at least
     * @return the array
     */
    public int[] indices(int elements) {
        requireOpen("indices");
        return tape.takeIndices(elements);
    }

    /**
     * What an operation has worked out once for operands like these, such as the shape of its result or views of its operands:
     * made anew only for a key that the tape has not met, so that a step in steady state allocates no arrays.
     *
     * @param key what the value depends on; two keys of different meaning must be of different classes
     * @param make makes the value from the key; must not capture anything
     * @param <K> the class of the key
     * @param <V> the class of the value
     * @return the value, always the same for equal keys
     */
    @SuppressWarnings("unchecked") // the class of the key decides that of the value
    public <K, V> V remembered(K key, Function<K, V> make) {
        requireOpen("remembered");
        V known = (V) tape.remembered().get(key);
        if (known == null) {
            known = make.apply(key);
            tape.remembered().put(key, known);
        }
        return known;
    }

    /**
     * Whether an operation on this operand must be recorded.
     *
     * @param x the operand
     * @return true if the step records and the operand requires a gradient
     */
    public boolean records(Tensor x) {
        return recording && x.requiresGrad();
    }

    /**
     * Whether an operation on these operands must be recorded.
     *
     * @param a one operand
     * @param b the other
     * @return true if the step records and one of them requires a gradient
     */
    public boolean records(Tensor a, Tensor b) {
        return recording && (a.requiresGrad() || b.requiresGrad());
    }

    /**
     * Whether an operation on these operands must be recorded.
     *
     * @param a one operand
     * @param b another
     * @param c the third
     * @return true if the step records and one of them requires a gradient
     */
    public boolean records(Tensor a, Tensor b, Tensor c) {
        return recording && (a.requiresGrad() || b.requiresGrad() || c.requiresGrad());
    }

    /**
     * Records how a result was computed; from then on it requires a gradient.
     *
     * @param y the result
     * @param operation what computed it
     * @return the result
     */
    public Tensor record(Tensor y, Operation operation) {
        y.recordedAs(Objects.requireNonNull(operation, "record: operation is null"));
        return y;
    }

    Tape tape() {
        return tape;
    }

    void requireOpen(String operation, Tensor x) {
        if (closed) {
            throw new IllegalStateException(operation + ": the step of " + x
                    + " is closed; copy what must outlive a step before it closes (toArray, item)");
        }
    }

    private Tensor wrap(float[] data, Shape shape) {
        requireOpen("tensor");
        Tensor.requireElements("tensor", data, shape);
        return Tensor.ofStep(this, shape, data, 0, false);
    }

    private void requireOpen(String operation) {
        if (closed) {
            throw new IllegalStateException(operation + ": this step is closed");
        }
    }

    private static Step common(String operation, Step step, Tensor x) {
        Step other = x.step();
        if (other == null) {
            return step;
        }
        other.requireOpen(operation, x);
        if (step != null && step != other) {
            throw new IllegalStateException(
                    operation + ": " + x + " belongs to a step of another tape than the operands before it");
        }
        return other;
    }

    private static Step required(String operation, Step step) {
        if (step == null) {
            throw new IllegalStateException(
                    operation + ": no operand belongs to a step; bring one in with step.tensor(...)");
        }
        return step;
    }
}
