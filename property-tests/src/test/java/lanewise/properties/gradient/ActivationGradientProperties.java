package lanewise.properties.gradient;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import lanewise.kernels.activation.Celu;
import lanewise.kernels.activation.Clip;
import lanewise.kernels.activation.Elu;
import lanewise.kernels.activation.Gelu;
import lanewise.kernels.activation.GeluTanh;
import lanewise.kernels.activation.HardSigmoid;
import lanewise.kernels.activation.HardSwish;
import lanewise.kernels.activation.LeakyRelu;
import lanewise.kernels.activation.Mish;
import lanewise.kernels.activation.Relu;
import lanewise.kernels.activation.Selu;
import lanewise.kernels.activation.Sigmoid;
import lanewise.kernels.activation.Silu;
import lanewise.kernels.activation.Softplus;
import lanewise.kernels.activation.Softsign;
import lanewise.kernels.activation.Tanh;
import lanewise.kernels.activation.ThresholdedRelu;
import lanewise.testing.GradientCheck;
import lanewise.testing.reference.CeluReference;
import lanewise.testing.reference.ClipReference;
import lanewise.testing.reference.EluReference;
import lanewise.testing.reference.GeluReference;
import lanewise.testing.reference.GeluTanhReference;
import lanewise.testing.reference.HardSigmoidReference;
import lanewise.testing.reference.HardSwishReference;
import lanewise.testing.reference.LeakyReluReference;
import lanewise.testing.reference.MishReference;
import lanewise.testing.reference.ReluReference;
import lanewise.testing.reference.SeluReference;
import lanewise.testing.reference.SigmoidReference;
import lanewise.testing.reference.SiluReference;
import lanewise.testing.reference.SoftplusReference;
import lanewise.testing.reference.SoftsignReference;
import lanewise.testing.reference.TanhReference;
import lanewise.testing.reference.ThresholdedReluReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The backward kernel of each activation computes the gradient of its forward kernel's reference. */
class ActivationGradientProperties extends KernelGradients {

    @FunctionalInterface
    private interface Forward {
        void run(int n, float[] x, float[] y);
    }

    /** Reads x or y, as the kernel does. */
    @FunctionalInterface
    private interface Backward {
        void run(int n, float[] x, float[] y, float[] dy, float[] dx);
    }

    private record Activation(String name, DoubleUnaryOperator value, Forward forward, Backward backward) {

        @Override
        public String toString() {
            return name;
        }
    }

    @Property(tries = 600)
    void gradientsAreThoseOfTheReference(@ForAll("activations") Activation activation,
            @ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        GradientCheck.of(v -> weighted(v[1], Arrays.stream(v[0]).map(activation.value).toArray()), v -> {
            float[] y = new float[n];
            float[] dx = new float[n];
            activation.forward.run(n, v[0], y);
            activation.backward.run(n, v[0], y, v[1], dx);
            return new float[][]{dx, y};
        }).variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }

    @Provide
    Arbitrary<Activation> activations() {
        return Arbitraries.of(
                new Activation("Sigmoid", SigmoidReference::value,
                        (n, x, y) -> Sigmoid.forward(workers, n, x, 0, y, 0),
                        (n, x, y, dy, dx) -> Sigmoid.backward(workers, n, y, 0, dy, 0, dx, 0, false)),
                new Activation("Relu", ReluReference::value,
                        (n, x, y) -> Relu.forward(workers, n, x, 0, y, 0),
                        (n, x, y, dy, dx) -> Relu.backward(workers, n, y, 0, dy, 0, dx, 0, false)),
                new Activation("Tanh", TanhReference::value,
                        (n, x, y) -> Tanh.forward(workers, n, x, 0, y, 0),
                        (n, x, y, dy, dx) -> Tanh.backward(workers, n, y, 0, dy, 0, dx, 0, false)),
                new Activation("Silu", SiluReference::value,
                        (n, x, y) -> Silu.forward(workers, n, x, 0, y, 0),
                        (n, x, y, dy, dx) -> Silu.backward(workers, n, x, 0, dy, 0, dx, 0, false)),
                new Activation("Softplus", SoftplusReference::value,
                        (n, x, y) -> Softplus.forward(workers, n, x, 0, y, 0),
                        (n, x, y, dy, dx) -> Softplus.backward(workers, n, x, 0, dy, 0, dx, 0, false)),
                new Activation("LeakyRelu", x -> LeakyReluReference.value(0.25f, x),
                        (n, x, y) -> LeakyRelu.forward(workers, n, 0.25f, x, 0, y, 0),
                        (n, x, y, dy, dx) -> LeakyRelu.backward(workers, n, 0.25f, x, 0, dy, 0, dx, 0, false)),
                new Activation("Elu", x -> EluReference.value(1.5f, x),
                        (n, x, y) -> Elu.forward(workers, n, 1.5f, x, 0, y, 0),
                        (n, x, y, dy, dx) -> Elu.backward(workers, n, 1.5f, x, 0, dy, 0, dx, 0, false)),
                new Activation("Celu", x -> CeluReference.value(1.5f, x),
                        (n, x, y) -> Celu.forward(workers, n, 1.5f, x, 0, y, 0),
                        (n, x, y, dy, dx) -> Celu.backward(workers, n, 1.5f, x, 0, dy, 0, dx, 0, false)),
                new Activation("Selu", SeluReference::value,
                        (n, x, y) -> Selu.forward(workers, n, x, 0, y, 0),
                        (n, x, y, dy, dx) -> Selu.backward(workers, n, x, 0, dy, 0, dx, 0, false)),
                new Activation("Gelu", GeluReference::value,
                        (n, x, y) -> Gelu.forward(workers, n, x, 0, y, 0),
                        (n, x, y, dy, dx) -> Gelu.backward(workers, n, x, 0, dy, 0, dx, 0, false)),
                new Activation("GeluTanh", GeluTanhReference::value,
                        (n, x, y) -> GeluTanh.forward(workers, n, x, 0, y, 0),
                        (n, x, y, dy, dx) -> GeluTanh.backward(workers, n, x, 0, dy, 0, dx, 0, false)),
                new Activation("Mish", MishReference::value,
                        (n, x, y) -> Mish.forward(workers, n, x, 0, y, 0),
                        (n, x, y, dy, dx) -> Mish.backward(workers, n, x, 0, dy, 0, dx, 0, false)),
                new Activation("Softsign", SoftsignReference::value,
                        (n, x, y) -> Softsign.forward(workers, n, x, 0, y, 0),
                        (n, x, y, dy, dx) -> Softsign.backward(workers, n, x, 0, dy, 0, dx, 0, false)),
                new Activation("HardSigmoid", x -> HardSigmoidReference.value(0.75f, 0.5f, x),
                        (n, x, y) -> HardSigmoid.forward(workers, n, 0.75f, 0.5f, x, 0, y, 0),
                        (n, x, y, dy, dx) -> HardSigmoid.backward(workers, n, 0.75f, 0.5f, x, 0, dy, 0, dx, 0, false)),
                new Activation("HardSwish", HardSwishReference::value,
                        (n, x, y) -> HardSwish.forward(workers, n, x, 0, y, 0),
                        (n, x, y, dy, dx) -> HardSwish.backward(workers, n, x, 0, dy, 0, dx, 0, false)),
                new Activation("Clip", x -> ClipReference.value(-0.5f, 0.75f, x),
                        (n, x, y) -> Clip.forward(workers, n, -0.5f, 0.75f, x, 0, y, 0),
                        (n, x, y, dy, dx) -> Clip.backward(workers, n, -0.5f, 0.75f, x, 0, dy, 0, dx, 0, false)),
                new Activation("ThresholdedRelu", x -> ThresholdedReluReference.value(0.25f, x),
                        (n, x, y) -> ThresholdedRelu.forward(workers, n, 0.25f, x, 0, y, 0),
                        (n, x, y, dy, dx) -> ThresholdedRelu.backward(workers, n, 0.25f, x, 0, dy, 0, dx, 0, false)));
    }
}
