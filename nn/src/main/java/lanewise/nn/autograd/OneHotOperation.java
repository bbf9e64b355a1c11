package lanewise.nn.autograd;

import lanewise.kernels.layout.OneHot;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Numbers of classes as rows of zeros with a one; there is no gradient. */
public final class OneHotOperation {

    private OneHotOperation() {}

    /**
     * The rows.
     *
     * @param x any shape; whole numbers from 0 to classes − 1
     * @param classes how many there are, at least 1
     * @return [..., classes]
     */
    public static Tensor apply(Tensor x, int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("oneHot: classes = " + classes + ", need classes >= 1");
        }
        Step step = Step.of("oneHot", x);
        int[] index = Indices.of("oneHot", "this", step, x, classes, ", as there are " + classes + " classes");
        Tensor y = step.result(step.remembered(new Indices.Appended(x.shape(), classes), Indices.Appended::shape));
        OneHot.forward(step.workers(), x.size(), classes, 1, 0, 1, index, 0, y.data(), y.offset());
        return y;
    }
}
