package lanewise.properties.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import lanewise.kernels.random.Philox;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Sequential;
import lanewise.nn.Tensor;
import lanewise.nn.layer.BatchNorm1d;
import lanewise.nn.layer.Dropout;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.ReLU;
import lanewise.nn.layer.Sigmoid;
import lanewise.nn.layer.Transformer;
import lanewise.nn.layer.TransformerDecoderLayer;
import lanewise.nn.layer.TransformerEncoderLayer;
import lanewise.testing.GradientCheck;
import lanewise.testing.GradientReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checker itself: it passes what is right and finds what is wrong. */
class GradientCheckTest {

    /** f(a, b) = Σ aᵢ²·bᵢ, whose gradients are 2·a·b and a². */
    private static double squareTimes(double[][] variables) {
        double sum = 0;
        for (int i = 0; i < variables[0].length; i++) {
            sum += variables[0][i] * variables[0][i] * variables[1][i];
        }
        return sum;
    }

    private enum Bug {
        NONE, SIGN, MISSING_FACTOR, MISSING_TERM, SWAPPED, OFF_BY_ONE, SMALL_ERROR, NOT_A_NUMBER;

        float[][] gradient(float[][] v) {
            int n = v[0].length;
            float[][] gradients = new float[2][n];
            for (int i = 0; i < n; i++) {
                gradients[0][i] = 2 * v[0][i] * v[1][i];
                gradients[1][i] = v[0][i] * v[0][i];
            }
            switch (this) {
                case NONE -> {
                }
                case SIGN -> gradients[1][2] = -gradients[1][2];
                case MISSING_FACTOR -> gradients[0][1] /= 2;
                case MISSING_TERM -> gradients[0][n - 1] = 0;
                case SWAPPED -> gradients = new float[][]{gradients[1], gradients[0]};
                case OFF_BY_ONE -> System.arraycopy(gradients[0], 0, gradients[0], 1, n - 1);
                case SMALL_ERROR -> gradients[0][0] *= 1.001f;
                case NOT_A_NUMBER -> gradients[1][0] = Float.NaN;
            }
            return gradients;
        }
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void plantedBugsAreFound(Bug bug) {
        GradientReport report = GradientCheck.of(GradientCheckTest::squareTimes, bug::gradient).variable("a", 7)
                .variable("b", 7).seed(3).report();

        assertEquals(14, report.checked());
        assertEquals(bug == Bug.NONE, report.isCorrect(), report::toString);
    }

    @Test
    void aFailureNamesVariableIndexFiguresAndSeed() {
        GradientCheck check = GradientCheck.of(GradientCheckTest::squareTimes, Bug.SIGN::gradient).variable("a", 7)
                .variable("b", 7).seed(3);

        AssertionError error = assertThrows(AssertionError.class, check::assertCorrect);

        assertTrue(error.getMessage().startsWith("1 of 14 gradients wrong, 0 at kinks; check again with seed(3L)\n"
                + "  wrong   b[2]: analytic -"), error.getMessage());
        assertTrue(error.getMessage().matches("(?s).*numeric [\\d.e-]+, error [\\d.e-]+, bound [\\d.e-]+"),
                error.getMessage());
    }

    @Test
    void aModuleIsCheckedWithItsInputAndAllParameters() {
        Generator random = new Generator(5);
        Module net = new Sequential(new Linear(4, 6, random), new Sigmoid(), new Linear(6, 3, random));

        GradientReport report = GradientCheck.of(net).input(5, 4).seed(7).report();

        assertTrue(report.isCorrect(), report::toString);
        assertEquals(5 * 4 + 4 * 6 + 6 + 6 * 3 + 3, report.checked());
    }

    /** Each pass would drop other elements, and move the running statistics. */
    @Test
    void aModuleThatChangesInEachPassIsCheckedAndLeftAsItWas() {
        BatchNorm1d statistics = new BatchNorm1d(3);
        Module net = new Sequential(new Linear(4, 3, new Generator(5)), statistics, new Dropout(0.5f, 1));
        net.stateDict().get("1.running_mean").data()[0] = 7;
        Map<String, String> counters = net.state().values();

        GradientCheck.of(net).input(4, 4).seed(7).assertCorrect();

        assertEquals(7, net.stateDict().get("1.running_mean").data()[0]);
        assertEquals(counters, net.state().values());
    }

    @Test
    void aFunctionOfTensorsIsCheckedWithAllItsInputs() {
        GradientReport report = GradientCheck.of(x -> x.get(0).matmul(x.get(1)).tanh()).input(3, 4).input(4, 5).seed(2)
                .report();

        assertTrue(report.isCorrect(), report::toString);
        assertEquals(3 * 4 + 4 * 5, report.checked());
        assertFalse(GradientCheck.of(x -> x.get(0).mul(x.get(1).detach())).input(3).input(3).report().isCorrect());
    }

    @Test
    void whatWouldCheckNothingOrTooMuchIsRefused() {
        GradientCheck check = GradientCheck.of(new Linear(4, 3, new Generator(5))).input(2, 4).input(2, 4);

        assertEquals("directions: n = 0, need n >= 1",
                assertThrows(IllegalArgumentException.class, () -> check.directions(0)).getMessage());
        assertEquals("GradientCheck: 2 inputs, a module has one",
                assertThrows(IllegalStateException.class, check::report).getMessage());
    }

    @Test
    void aBigVariableIsCheckedAlongDirections() {
        Linear layer = new Linear(100, 50, new Generator(5));

        GradientReport report = GradientCheck.of(layer).input(2, 100).directions(7).seed(7).report();

        assertTrue(report.isCorrect(), report::toString);
        assertEquals(2 * 100 + 7 + 50, report.checked());
    }

    /** One of 5,000 elements lacks a term. */
    @Test
    void oneWrongElementOfABigVariableIsFound() {
        int n = 5000;
        GradientCheck.Gradient right = v -> {
            float[] gradient = new float[n];
            for (int i = 0; i < n; i++) {
                gradient[i] = 2 * v[0][i];
            }
            return new float[][]{gradient};
        };
        GradientCheck.Gradient wrong = v -> {
            float[][] gradient = right.at(v);
            gradient[0][n / 2] -= 1;
            return gradient;
        };
        GradientCheck.Value squares = v -> Arrays.stream(v[0]).map(x -> x * x).sum();

        for (int seed = 0; seed < 10; seed++) {
            GradientCheck.of(squares, right).variable("x", n).seed(seed).assertCorrect();
            GradientReport report = GradientCheck.of(squares, wrong).variable("x", n).seed(seed).report();
            assertFalse(report.isCorrect(), report::toString);
            assertTrue(report.failures().getFirst().variable().contains("direction"), report::toString);
        }
    }

    @Test
    void parametersKeepTheirValues() {
        Linear layer = new Linear(4, 3, new Generator(5));
        float[] before = layer.weight().toArray();

        GradientCheck.of(layer).input(2, 4).assertCorrect();

        assertEquals(Arrays.toString(before), Arrays.toString(layer.weight().toArray()));
    }

    @Test
    void aModuleWhoseGradientIsWrongIsFound() {
        Module detached = new Module() {

            @Override
            public Tensor forward(Tensor x) {
                return x.mul(x.detach()); // its gradient is 2x, but one x is hidden from the tape
            }
        };

        assertFalse(GradientCheck.of(detached).input(3, 3).seed(1).report().isCorrect());
    }

    @Test
    void aKinkIsReportedAndItsGradientLiesBetweenTheSlopes() {
        GradientReport subgradient = rectifierAtItsKink(0.25f);
        GradientReport outside = rectifierAtItsKink(-0.25f);

        assertTrue(subgradient.isCorrect(), subgradient::toString);
        assertEquals(1, subgradient.kinks().size(), subgradient::toString);
        assertFalse(outside.isCorrect(), outside::toString);
    }

    /** max(x − a, 0), where a is the value that the check draws for x. */
    private static GradientReport rectifierAtItsKink(float gradient) {
        float[] a = new float[1];
        Philox.uniform(9, 0, 1, -1, 1, a, 0);
        return GradientCheck.of(v -> Math.max(v[0][0] - a[0], 0), v -> new float[][]{{gradient}}).variable("x", 1)
                .seed(9)
                .report();
    }

    @Test
    void rectifiersAwayFromTheirKinksAreSmooth() {
        Generator random = new Generator(2);
        Module net = new Sequential(new Linear(6, 16, random), new ReLU(), new Linear(16, 2, random));

        for (int seed = 0; seed < 40; seed++) {
            GradientCheck.of(net).input(3, 6).seed(seed).assertCorrect();
        }
    }

    /** Two products that are nearly each other's negatives. */
    @Test
    void whatIsRoundedMoreThanItsMagnitudeSaysIsNotCalledWrong() {
        GradientCheck.of((List<Tensor> x) -> x.get(0).linear(x.get(1), x.get(2)).add(x.get(0).linear(x.get(1))))
                .input(1, 2).input(1, 2).input(1).seed(-114640).assertCorrect();
    }

    /** Normalized by small deviations, slopes of such a network change by a fifth where a rectifier's kink changes them by 0.01. */
    @Test
    void aKinkBesideAGreatCurvatureIsNotCalledWrong() {
        for (long seed : new long[]{-1353120148397420200L, 8, 62, 2215236, 223792, 2024182508852347522L}) {
            Generator random = new Generator(seed);
            TransformerEncoderLayer encoder = new TransformerEncoderLayer(4, 2, 5, random).dropout(0.2f, seed)
                    .normFirst();
            GradientCheck.of(encoder).input(2, 2, 4).seed(seed).assertCorrect();
            GradientCheck.of(encoder.causal()).input(2, 2, 4).seed(seed).assertCorrect();
            GradientCheck.of(new TransformerDecoderLayer(4, 2, 5, random)).input(2, 3, 4).seed(seed).assertCorrect();
            GradientCheck.of(new Transformer(4, 2, 1, 1, 5, random)).input(2, 3, 4).seed(seed).assertCorrect();
        }
    }

    @Test
    void aFunctionThatGivesTwoValuesIsFound() {
        AtomicInteger calls = new AtomicInteger();
        GradientCheck check = GradientCheck.of(v -> v[0][0] + calls.getAndIncrement(), v -> new float[][]{{1}})
                .variable("x", 1);

        AssertionError error = assertThrows(AssertionError.class, check::report);

        assertTrue(error.getMessage().startsWith("the function is not deterministic"), error.getMessage());
    }
}
