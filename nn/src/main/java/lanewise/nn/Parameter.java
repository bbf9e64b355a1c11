package lanewise.nn;

import java.util.Objects;

/** A tensor that a module learns: belongs to no step, and requires a gradient until told otherwise. */
public final class Parameter extends Tensor {

    /**
     * A parameter of zeros.
     *
     * @param shape its shape
     */
    public Parameter(Shape shape) {
        super(null, Objects.requireNonNull(shape, "Parameter: shape is null"), new float[shape.size()], 0, false);
        super.requiresGrad(true);
    }

    @Override
    public Parameter requiresGrad(boolean requires) {
        super.requiresGrad(requires);
        return this;
    }
}
