package lanewise.nn.layer;

import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.init.Init;

/**
 * What convolutions and transposed convolutions in any dimension share: their parameters, and settings that are checked when
 * they are made.
 *
 * @param <L> the layer
 * @param <P> what is worked out from the shape of an input
 */
abstract class FilterLayer<L extends FilterLayer<L, P>, P> extends Module {

    final int inChannels;
    final int outChannels;
    final int[] kernel;
    final int groups;
    private final Parameter weight;
    private final Parameter bias;
    private int[] strides = {1};
    private int[] paddings = {0};
    private int[] dilations = {1};
    private PerShape<P> plans = new PerShape<>(this::plan);

    /** A layer whose weight is [filters, shared / groups, kernel...], filled as PyTorch does. */
    FilterLayer(int inChannels, int outChannels, int[] kernel, int groups, boolean withBias, boolean outputsFirst,
            Generator random) {
        this.inChannels = inChannels;
        this.outChannels = outChannels;
        this.kernel = kernel;
        this.groups = groups;
        check(strides, paddings, dilations); // refuses wrong numbers
        int[] sizes = new int[2 + kernel.length];
        sizes[0] = outputsFirst ? outChannels : inChannels;
        sizes[1] = (outputsFirst ? inChannels : outChannels) / groups;
        System.arraycopy(kernel, 0, sizes, 2, kernel.length);
        weight = register("weight", new Parameter(Shape.of(sizes)));
        bias = withBias ? register("bias", new Parameter(Shape.of(outChannels))) : null;
        Init init = Init.uniformByInputs(weight.size() / sizes[0]);
        init.fill(weight, random);
        if (withBias) {
            init.fill(bias, random);
        }
    }

    /** Refuses settings that no input could make right. */
    abstract void check(int[] strides, int[] paddings, int[] dilations);

    /** Works out what an input of this shape needs, with the settings as they are. */
    abstract P plan(Shape x);

    abstract L self();

    /** What an input of this shape needs. */
    final P planOf(Shape x) {
        return plans.of(x);
    }

    /** Forgets what was worked out with other settings. */
    final L changed() {
        plans = new PerShape<>(this::plan);
        return self();
    }

    /**
     * Sets how far the filter moves from one element to the next: of the output, or of the input if the convolution is transposed.
     *
     * @param stride one for all dimensions, or one for each; at least 1
     * @return this
     */
    public final L stride(int... stride) {
        check(stride, paddings, dilations);
        strides = stride.clone();
        return changed();
    }

    /**
     * Sets how many zeros are put around the input, on each side; a transposed convolution leaves out so many elements of its
     * output instead.
     *
     * @param padding one for all dimensions, or one for each; not negative
     * @return this
     */
    public final L padding(int... padding) {
        check(strides, padding, dilations);
        paddings = padding.clone();
        return changed();
    }

    /**
     * Sets the distance between neighbouring elements of the filter.
     *
     * @param dilation one for all dimensions, or one for each; at least 1
     * @return this
     */
    public final L dilation(int... dilation) {
        check(strides, paddings, dilation);
        dilations = dilation.clone();
        return changed();
    }

    /**
     * The weight.
     *
     * @return [outChannels, inChannels / groups, kernel...], transposed [inChannels, outChannels / groups, kernel...]
     */
    public final Parameter weight() {
        return weight;
    }

    /**
     * The bias.
     *
     * @return [outChannels], or null if there is none
     */
    public final Parameter bias() {
        return bias;
    }

    final int[] strides() {
        return strides;
    }

    final int[] paddings() {
        return paddings;
    }

    final int[] dilations() {
        return dilations;
    }
}
