package lanewise.nn;

import java.util.Arrays;
import java.util.Objects;
import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.BinaryFunction;
import lanewise.kernels.elementwise.UnaryFunction;
import lanewise.kernels.reduction.Reduction;
import lanewise.kernels.reduction.ReductionOperator;
import lanewise.nn.autograd.ActivationOperation;
import lanewise.nn.autograd.AddOperation;
import lanewise.nn.autograd.AttentionOperation;
import lanewise.nn.autograd.AxisReductionOperation;
import lanewise.nn.autograd.BinaryOperation;
import lanewise.nn.autograd.ConcatOperation;
import lanewise.nn.autograd.CumulativeSumOperation;
import lanewise.nn.autograd.GatherOperation;
import lanewise.nn.autograd.LinearOperation;
import lanewise.nn.autograd.LpNormOperation;
import lanewise.nn.autograd.MatmulOperation;
import lanewise.nn.autograd.MultiplyOperation;
import lanewise.nn.autograd.OneHotOperation;
import lanewise.nn.autograd.PReluOperation;
import lanewise.nn.autograd.ScaleOperation;
import lanewise.nn.autograd.SoftmaxOperation;
import lanewise.nn.autograd.StridedOperation;
import lanewise.nn.autograd.SumOperation;
import lanewise.nn.autograd.TopKOperation;
import lanewise.nn.autograd.UnaryOperation;
import lanewise.nn.autograd.ViewOperation;
import lanewise.nn.autograd.WhereOperation;

/**
 * Float32 elements in row-major order, their shape, and the gradient if one is asked for.
 *
 * <p>
 * A tensor that is computed belongs to the {@link Step} in which it was computed and lives until that step closes; to use
 * it later is an {@link IllegalStateException}. Parameters, and tensors from {@link #of}, belong to no step and live as
 * any object does.
 *
 * <p>
 * Gradients follow PyTorch: {@link #backward} finds them for every tensor that requires one, adds to what is there, and
 * keeps those of parameters and of other tensors that were not computed; those in between are released at once.
 */
public sealed class Tensor permits Parameter {

    private final Step step;
    private final Shape shape;
    private final float[] data;
    private final int offset;
    private final boolean pooled;
    private boolean requiresGrad;
    private Operation operation;
    private int position;
    private Tensor grad;
    private boolean hasGrad;

    Tensor(Step step, Shape shape, float[] data, int offset, boolean pooled) {
        this.step = step;
        this.shape = shape;
        this.data = data;
        this.offset = offset;
        this.pooled = pooled;
    }

    static Tensor ofStep(Step step, Shape shape, float[] data, int offset, boolean pooled) {
        Tensor tensor = new Tensor(step, shape, data, offset, pooled);
        tensor.position = step.tape().add(tensor);
        return tensor;
    }

    /**
     * A tensor that belongs to no step, over the caller's array, which is not copied.
     *
     * @param data the elements, row-major; may be longer than the shape needs
     * @param sizes the shape
     * @return the tensor
     */
    public static Tensor of(float[] data, int... sizes) {
        return of(data, Shape.of(sizes));
    }

    /**
     * A tensor that belongs to no step, over the caller's array, which is not copied.
     *
     * @param data the elements, row-major; may be longer than the shape needs
     * @param shape the shape
     * @return the tensor
     */
    public static Tensor of(float[] data, Shape shape) {
        requireElements("of", data, shape);
        return new Tensor(null, shape, data, 0, false);
    }

    /**
     * The shape.
     *
     * @return the shape
     */
    public Shape shape() {
        return shape;
    }

    /**
     * The number of elements.
     *
     * @return the number
     */
    public int size() {
        return shape.size();
    }

    /**
     * The array that holds the elements, from {@link #offset} on; not a copy. An array of a step is used again by others
     * once the step is closed.
     *
     * @return the array
     */
    public float[] data() {
        requireAlive("data");
        return data;
    }

    /**
     * Index of the first element in {@link #data}.
     *
     * @return the index
     */
    public int offset() {
        return offset;
    }

    /**
     * A copy of the elements.
     *
     * @return a new array
     */
    public float[] toArray() {
        requireAlive("toArray");
        return Arrays.copyOfRange(data, offset, offset + size());
    }

    /**
     * Copies the elements into an array.
     *
     * @param target receives them
     * @param targetOffset index of the first there
     */
    public void copyTo(float[] target, int targetOffset) {
        requireAlive("copyTo");
        System.arraycopy(data, offset, target, targetOffset, size());
    }

    /**
     * The element of a tensor that has only one.
     *
     * @return the element
     */
    public float item() {
        requireAlive("item");
        requireSingle("item");
        return data[offset];
    }

    /**
     * The position of the largest element of each row; of equal ones the first.
     *
     * @param index receives one position per row
     * @param indexOffset where the first goes
     */
    public void argMaxRows(int[] index, int indexOffset) {
        Step here = Step.of("argMaxRows", this);
        int columns = shape.size(-1);
        Reduction.argMaxRows(here.workers(), shape.rows(), columns, data, offset, columns, index, indexOffset);
    }

    /**
     * Whether {@link #backward} finds a gradient for this tensor.
     *
     * @return true for parameters, for what was asked for, and for what was computed from such
     */
    public boolean requiresGrad() {
        return requiresGrad;
    }

    /**
     * Asks for a gradient, or no longer. Only for tensors that were not computed.
     *
     * @param requires whether {@link #backward} shall find a gradient for this tensor
     * @return this
     */
    public Tensor requiresGrad(boolean requires) {
        requireAlive("requiresGrad");
        if (operation != null) {
            throw new IllegalStateException("requiresGrad: " + this
                    + " was computed; ask before it is used, or detach it");
        }
        requiresGrad = requires;
        return this;
    }

    /**
     * Whether there is a gradient.
     *
     * @return true after {@link #backward}, until {@link #zeroGrad} or until an optimizer has used it
     */
    public boolean hasGrad() {
        return hasGrad;
    }

    /**
     * The gradient of the loss with respect to this tensor; not a copy.
     *
     * @return the gradient
     * @throws IllegalStateException if there is none
     */
    public Tensor grad() {
        requireAlive("grad");
        if (!hasGrad) {
            throw new IllegalStateException("grad: " + this + " has no gradient; "
                    + (operation != null
                            ? "that of a computed tensor is released by backward()"
                            : requiresGrad ? "call backward() on a loss first" : "it requires none"));
        }
        return grad;
    }

    /** Forgets the gradient: the next one overwrites it. Nothing is written. */
    public void zeroGrad() {
        hasGrad = false;
    }

    /**
     * The same elements without their history: no gradient flows through the result.
     *
     * @return a tensor over the same array
     */
    public Tensor detach() {
        requireAlive("detach");
        return step == null ? new Tensor(null, shape, data, offset, false) : ofStep(step, shape, data, offset, false);
    }

    /**
     * Finds the gradient of this tensor with respect to every tensor that requires one and went into it, and adds it to
     * the gradient there. May be called again on this or another tensor of the step.
     *
     * @throws IllegalStateException if this tensor does not require a gradient
     */
    public void backward() {
        Step here = Step.of("backward", this);
        requireSingle("backward");
        if (!requiresGrad) {
            throw new IllegalStateException("backward: " + this + " depends on nothing that requires a gradient"
                    + (here.recording() ? "" : "; this step records nothing (inference)"));
        }
        boolean accumulate = openGrad();
        grad.data[grad.offset] = accumulate ? grad.data[grad.offset] + 1 : 1;
        here.tape().backward(position);
    }

    /**
     * The same elements in another shape; not a copy.
     *
     * @param other the shape, of as many elements
     * @return a tensor over the same array; gradients flow through it
     */
    public Tensor reshape(Shape other) {
        return ViewOperation.apply(Step.of("reshape", this), this, other);
    }

    /**
     * The matrix product.
     *
     * @param right [k, n], where this is [m, k]
     * @return [m, n]
     */
    public Tensor matmul(Tensor right) {
        return MatmulOperation.apply(this, right);
    }

    /**
     * A fully connected layer without bias: x Wᵀ.
     *
     * @param weight [outputs, inputs], where this is [..., inputs]
     * @return [..., outputs]
     */
    public Tensor linear(Tensor weight) {
        return LinearOperation.apply(this, weight, null);
    }

    /**
     * A fully connected layer: x Wᵀ + b, in one pass.
     *
     * @param weight [outputs, inputs], where this is [..., inputs]
     * @param bias [outputs]
     * @return [..., outputs]
     */
    public Tensor linear(Tensor weight, Tensor bias) {
        return LinearOperation.apply(this, weight, Objects.requireNonNull(bias, "linear: bias is null"));
    }

    /**
     * The sum, element by element; axes of size 1, or that one of the two lacks, are repeated as NumPy does it.
     *
     * @param other of a shape that meets this one
     * @return a tensor of the larger sizes
     */
    public Tensor add(Tensor other) {
        return AddOperation.apply(this, other);
    }

    /**
     * The product, element by element; axes of size 1, or that one of the two lacks, are repeated as NumPy does it.
     *
     * @param other of a shape that meets this one
     * @return a tensor of the larger sizes
     */
    public Tensor mul(Tensor other) {
        return MultiplyOperation.apply(this, other);
    }

    /**
     * The product with a number.
     *
     * @param factor the number
     * @return a tensor of this shape
     */
    public Tensor mul(float factor) {
        return ScaleOperation.apply(this, factor);
    }

    /**
     * The axes in another order, as a copy. Axes in an array that is kept cost a step no allocation.
     *
     * @param axes axis i of the result is axis {@code axes[i]} of this; negative ones count from the end
     * @return a tensor
     */
    public Tensor permute(int... axes) {
        return StridedOperation.permute(this, axes);
    }

    /**
     * Some positions along an axis, as a copy.
     *
     * @param axis which; negative ones count from the end
     * @param from the first position
     * @param to the position after the last
     * @return a tensor
     */
    public Tensor slice(int axis, int from, int to) {
        return StridedOperation.slice(this, axis, from, to);
    }

    /**
     * Axes of size 1, and ones that are not there, repeated as NumPy does it; a copy.
     *
     * @param other the shape
     * @return a tensor of that shape
     */
    public Tensor expand(Shape other) {
        return StridedOperation.expand(this, other);
    }

    /**
     * Tensors one after the other along an axis.
     *
     * @param axis which; negative ones count from the end
     * @param parts at least one, of the same shape but for that axis
     * @return a tensor
     */
    public static Tensor concat(int axis, Tensor... parts) {
        return ConcatOperation.apply(axis, Arrays.asList(parts));
    }

    /**
     * The sum of all elements.
     *
     * @return a scalar
     */
    public Tensor sum() {
        return SumOperation.apply(this);
    }

    /**
     * The sums along an axis.
     *
     * @param axis which; negative ones count from the end
     * @return a tensor of this shape without that axis
     */
    public Tensor sum(int axis) {
        return StridedOperation.sum(this, axis);
    }

    /**
     * The means along an axis.
     *
     * @param axis which, of size 1 at least; negative ones count from the end
     * @return a tensor of this shape without that axis
     */
    public Tensor mean(int axis) {
        return sum(axis).mul(1f / shape.size(axis));
    }

    /**
     * 1 / (1 + exp(-x)), element by element.
     *
     * @return a tensor of this shape
     */
    public Tensor sigmoid() {
        return ActivationOperation.apply(ActivationOperation.SIGMOID, this);
    }

    /**
     * max(x, 0), element by element.
     *
     * @return a tensor of this shape
     */
    public Tensor relu() {
        return ActivationOperation.apply(ActivationOperation.RELU, this);
    }

    /**
     * The hyperbolic tangent, element by element.
     *
     * @return a tensor of this shape
     */
    public Tensor tanh() {
        return ActivationOperation.apply(ActivationOperation.TANH, this);
    }

    /**
     * x / (1 + exp(-x)), also known as swish, element by element.
     *
     * @return a tensor of this shape
     */
    public Tensor silu() {
        return ActivationOperation.apply(ActivationOperation.SILU, this);
    }

    /**
     * x times the probability that a normal number is less than x, by the error function, element by element.
     *
     * @return a tensor of this shape
     */
    public Tensor gelu() {
        return ActivationOperation.apply(ActivationOperation.GELU, this);
    }

    /**
     * log(1 + exp(x)), element by element.
     *
     * @return a tensor of this shape
     */
    public Tensor softplus() {
        return ActivationOperation.apply(ActivationOperation.SOFTPLUS, this);
    }

    /**
     * x / (1 + |x|), element by element.
     *
     * @return a tensor of this shape
     */
    public Tensor softsign() {
        return ActivationOperation.apply(ActivationOperation.SOFTSIGN, this);
    }

    /**
     * x / 6 + 1/2, but at least 0 and at most 1, element by element.
     *
     * @return a tensor of this shape
     */
    public Tensor hardSigmoid() {
        return ActivationOperation.apply(ActivationOperation.HARD_SIGMOID, this);
    }

    /**
     * x times {@link #hardSigmoid}, element by element.
     *
     * @return a tensor of this shape
     */
    public Tensor hardSwish() {
        return ActivationOperation.apply(ActivationOperation.HARD_SWISH, this);
    }

    /**
     * x, but at least min and at most max, element by element.
     *
     * @param min the least result
     * @param max the greatest
     * @return a tensor of this shape
     */
    public Tensor clip(float min, float max) {
        return ActivationOperation.apply(ActivationOperation.Kernel.clip(min, max), this);
    }

    /**
     * x, or slope · x where x is negative, element by element.
     *
     * @param slope the slope for negative arguments
     * @return a tensor of this shape
     */
    public Tensor leakyRelu(float slope) {
        return ActivationOperation.apply(ActivationOperation.Kernel.leakyRelu(slope), this);
    }

    /**
     * this - other, element by element, with NumPy's broadcasting.
     *
     * @param other the other operand
     * @return a tensor of the shape in which both meet
     */
    public Tensor sub(Tensor other) {
        return BinaryOperation.apply("sub", BinaryFunction.SUBTRACT, this, other);
    }

    /**
     * this / other, element by element, with NumPy's broadcasting.
     *
     * @param other the other operand
     * @return a tensor of the shape in which both meet
     */
    public Tensor div(Tensor other) {
        return BinaryOperation.apply("div", BinaryFunction.DIVIDE, this, other);
    }

    /**
     * The greater of this and other, NaN where one is, element by element, with NumPy's broadcasting.
     *
     * @param other the other operand
     * @return a tensor of the shape in which both meet
     */
    public Tensor maximum(Tensor other) {
        return BinaryOperation.apply("maximum", BinaryFunction.MAX, this, other);
    }

    /**
     * The lesser of this and other, NaN where one is, element by element, with NumPy's broadcasting.
     *
     * @param other the other operand
     * @return a tensor of the shape in which both meet
     */
    public Tensor minimum(Tensor other) {
        return BinaryOperation.apply("minimum", BinaryFunction.MIN, this, other);
    }

    /**
     * this to the power of other, element by element, with NumPy's broadcasting.
     *
     * @param other the other operand
     * @return a tensor of the shape in which both meet
     */
    public Tensor pow(Tensor other) {
        return BinaryOperation.apply("pow", BinaryFunction.POW, this, other);
    }

    /**
     * 1 where this &lt; other, else 0, with NumPy's broadcasting. Comparisons pass no gradient on.
     *
     * @param other the other operand
     * @return a tensor of the shape in which both meet
     */
    public Tensor lt(Tensor other) {
        return BinaryOperation.apply("lt", BinaryFunction.LESS, this, other);
    }

    /**
     * 1 where this ≤ other, else 0, with NumPy's broadcasting.
     *
     * @param other the other operand
     * @return a tensor of the shape in which both meet
     */
    public Tensor le(Tensor other) {
        return BinaryOperation.apply("le", BinaryFunction.LESS_OR_EQUAL, this, other);
    }

    /**
     * 1 where this &gt; other, else 0, with NumPy's broadcasting.
     *
     * @param other the other operand
     * @return a tensor of the shape in which both meet
     */
    public Tensor gt(Tensor other) {
        return BinaryOperation.apply("gt", BinaryFunction.LESS, other, this);
    }

    /**
     * 1 where this ≥ other, else 0, with NumPy's broadcasting.
     *
     * @param other the other operand
     * @return a tensor of the shape in which both meet
     */
    public Tensor ge(Tensor other) {
        return BinaryOperation.apply("ge", BinaryFunction.LESS_OR_EQUAL, other, this);
    }

    /**
     * 1 where this = other, else 0, with NumPy's broadcasting.
     *
     * @param other the other operand
     * @return a tensor of the shape in which both meet
     */
    public Tensor eq(Tensor other) {
        return BinaryOperation.apply("eq", BinaryFunction.EQUAL, this, other);
    }

    /**
     * This where a condition holds, and another tensor elsewhere, with NumPy's broadcasting.
     *
     * @param condition 0 is false, all else is true; a comparison such as {@link #lt}
     * @param other what is taken where it is false
     * @return a tensor of the shape in which all meet
     */
    public Tensor where(Tensor condition, Tensor other) {
        return WhereOperation.apply(condition, this, other);
    }

    /**
     * Running sums along an axis: of each element and those before it.
     *
     * @param axis which; negative ones count from the end
     * @return a tensor of this shape
     */
    public Tensor cumsum(int axis) {
        return CumulativeSumOperation.apply(this, axis);
    }

    /**
     * Elements of rows along an axis by number: result [i][j] of {@code gather(1, index)} is this [i][index[i][j]].
     *
     * @param axis along which elements are chosen; negative ones count from the end
     * @param index whole numbers from 0 on, of this shape but for that axis
     * @return a tensor of the shape of index
     */
    public Tensor gather(int axis, Tensor index) {
        return GatherOperation.apply(this, axis, index);
    }

    /**
     * The k largest elements of each row along the last axis, the largest first; of equal ones the earlier is first.
     *
     * @param k how many, at most the size of that axis
     * @return them, through which gradients flow, and where they stand
     */
    public TopK topK(int k) {
        return TopKOperation.apply(this, k);
    }

    /**
     * What {@link #topK} finds.
     *
     * @param values the elements
     * @param index their positions along the axis, as {@link #gather} takes them
     */
    public record TopK(Tensor values, Tensor index) {}

    /**
     * Rows of zeros with a one at the class that each element of this is the number of.
     *
     * @param classes how many there are
     * @return a tensor of this shape with one more axis, of size classes, at the end
     */
    public Tensor oneHot(int classes) {
        return OneHotOperation.apply(this, classes);
    }

    /**
     * This with more positions along an axis.
     *
     * @param axis which; negative ones count from the end
     * @param before how many positions come before
     * @param after how many come after
     * @param value what stands there
     * @return the larger tensor
     */
    public Tensor pad(int axis, int before, int after, float value) {
        return StridedOperation.pad(this, axis, before, after, value);
    }

    /**
     * Rows along an axis, divided by their L1 or L2 norm, which is taken to be 1e-12 at least.
     *
     * @param p 1 or 2
     * @param axis which; negative ones count from the end
     * @return a tensor of this shape
     */
    public Tensor normalize(int p, int axis) {
        return LpNormOperation.apply(this, p, axis, 1e-12f);
    }

    /**
     * x, or slope · x where x is negative, element by element.
     *
     * @param slope one slope [1], or one for each channel where this is [batch, channels, ...]
     * @return a tensor of this shape
     */
    public Tensor prelu(Tensor slope) {
        return PReluOperation.apply(this, slope);
    }

    /**
     * A function of each element, such as {@code exp}.
     *
     * @param function which
     * @return a tensor of this shape
     */
    public Tensor apply(UnaryFunction function) {
        return UnaryOperation.apply(this, function);
    }

    /**
     * The greatest elements along an axis, NaN where there is one. The gradient goes to the first of equal ones.
     *
     * @param axis which; negative ones count from the end
     * @return the shape of this without that axis
     */
    public Tensor max(int axis) {
        return AxisReductionOperation.apply("max", this, axis, ReductionOperator.MAX);
    }

    /**
     * The least elements along an axis, NaN where there is one. The gradient goes to the first of equal ones.
     *
     * @param axis which; negative ones count from the end
     * @return the shape of this without that axis
     */
    public Tensor min(int axis) {
        return AxisReductionOperation.apply("min", this, axis, ReductionOperator.MIN);
    }

    /**
     * The means of squared distances to the mean along an axis, without Bessel's correction.
     *
     * @param axis which; negative ones count from the end
     * @return the shape of this without that axis
     */
    public Tensor variance(int axis) {
        return AxisReductionOperation.apply("variance", this, axis, ReductionOperator.VARIANCE);
    }

    /**
     * The roots of sums of squares along an axis.
     *
     * @param axis which; negative ones count from the end
     * @return the shape of this without that axis
     */
    public Tensor norm(int axis) {
        return AxisReductionOperation.apply("norm", this, axis, ReductionOperator.L2);
    }

    /**
     * The products along an axis.
     *
     * @param axis which; negative ones count from the end
     * @return the shape of this without that axis
     */
    public Tensor product(int axis) {
        return AxisReductionOperation.apply("product", this, axis, ReductionOperator.PRODUCT);
    }

    /**
     * GELU by its approximation with a hyperbolic tangent, element by element.
     *
     * @return a tensor of this shape
     */
    public Tensor geluTanh() {
        return ActivationOperation.apply(ActivationOperation.GELU_TANH, this);
    }

    /**
     * x · tanh(log(1 + exp(x))), element by element.
     *
     * @return a tensor of this shape
     */
    public Tensor mish() {
        return ActivationOperation.apply(ActivationOperation.MISH, this);
    }

    /**
     * ELU, scaled so that mean 0 and variance 1 stay, element by element.
     *
     * @return a tensor of this shape
     */
    public Tensor selu() {
        return ActivationOperation.apply(ActivationOperation.SELU, this);
    }

    /**
     * x, or alpha · (exp(x / alpha) - 1) where x is negative, element by element.
     *
     * @param alpha minus the limit for negative arguments, positive
     * @return a tensor of this shape
     */
    public Tensor celu(float alpha) {
        return ActivationOperation.apply(ActivationOperation.Kernel.celu(alpha), this);
    }

    /**
     * x, or alpha · (exp(x) - 1) where x is negative, element by element.
     *
     * @param alpha minus the limit for negative arguments
     * @return a tensor of this shape
     */
    public Tensor elu(float alpha) {
        return ActivationOperation.apply(ActivationOperation.Kernel.elu(alpha), this);
    }

    /**
     * Numbers in proportion to exp(x) that add up to 1 along an axis.
     *
     * @param axis the axis; negative ones count from the end
     * @return a tensor of this shape
     */
    public Tensor softmax(int axis) {
        return SoftmaxOperation.apply(this, axis, false);
    }

    /**
     * The logarithm of {@link #softmax}, computed without it.
     *
     * @param axis the axis; negative ones count from the end
     * @return a tensor of this shape
     */
    public Tensor logSoftmax(int axis) {
        return SoftmaxOperation.apply(this, axis, true);
    }

    /**
     * Scaled dot-product attention of these queries, [n, heads, queries, dim]: for each, the mean of the values with weights
     * softmax(q·k / √dim + bias).
     *
     * @param keys [n, keyHeads, keys, dim], with a number of heads that divides that of the queries
     * @param values [n, keyHeads, keys, valueDim]
     * @param bias is added to the scores: [queries, keys], or [n or 1, heads or 1, queries, keys], a constant; or null; −∞ hides a key
     * @param causal whether query i sees keys 0 to i only
     * @return [n, heads, queries, valueDim]
     */
    public Tensor attention(Tensor keys, Tensor values, Tensor bias, boolean causal) {
        return AttentionOperation.ofHeads(this, keys, values, bias,
                causal ? AttentionOperation.Settings.CAUSAL : AttentionOperation.Settings.ALL);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + shape;
    }

    Step step() {
        return step;
    }

    void recordedAs(Operation how) {
        operation = how;
        requiresGrad = true;
    }

    /** See {@link Operation#accumulates}. */
    boolean openGrad() {
        if (hasGrad) {
            return true;
        }
        if (grad == null) {
            grad = step == null
                    ? new Tensor(null, shape, new float[size()], 0, false)
                    : new Tensor(step, shape, step.tape().take(size()), 0, true);
        }
        hasGrad = true;
        return false;
    }

    /** Passes the gradient on to the operands, if this was computed and has one, and releases it. */
    void runBackward(Workers workers, BufferPool<float[]> pool) {
        if (operation != null && hasGrad) {
            operation.backward(workers, this);
            releaseGrad(pool);
        }
    }

    /** Gives the memory back. */
    void release(BufferPool<float[]> pool) {
        releaseGrad(pool);
        if (pooled) {
            pool.give(data);
        }
    }

    private void releaseGrad(BufferPool<float[]> pool) {
        hasGrad = false;
        if (grad != null) {
            pool.give(grad.data);
            grad = null;
        }
    }

    static void requireElements(String operation, float[] data, Shape shape) {
        if (data.length < shape.size()) {
            throw new IllegalArgumentException(operation + ": data.length = " + data.length + ", need at least "
                    + shape.size() + " for shape " + shape);
        }
    }

    private void requireAlive(String operation) {
        if (step != null) {
            step.requireOpen(operation, this);
        }
    }

    private void requireSingle(String operation) {
        if (size() != 1) {
            throw new IllegalStateException(operation + ": need one element, this is " + this);
        }
    }
}
