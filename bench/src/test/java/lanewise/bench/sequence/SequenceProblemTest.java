package lanewise.bench.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.bench.contest.Computation;
import lanewise.bench.contest.DisagreementException;
import lanewise.bench.contest.Operation;
import lanewise.bench.contest.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceProblemTest {

    @ParameterizedTest
    @ValueSource(strings = {"lstm T3 N2 I4 H5 forward", "lstm T3 N2 I4 H5 both", "gru T3 N2 I4 H5 both",
            "attention N2 H3 T4 D5 causal both", "attention N2 H3 T4 D5 forward"})
    void namesSayEverything(String name) throws Exception {
        Workload workload = SequenceProblem.workload(name);
        assertEquals(name, workload.name());
        try (LanewiseSequence engine = new LanewiseSequence(2)) {
            Operation operation = engine.prepare(name);
            operation.run();
        }
    }

    @Test
    void aWrongResultIsNoticed() {
        SequenceProblem problem = SequenceProblem.of("gru T3 N2 I4 H5 forward");
        try (LanewiseSequence engine = new LanewiseSequence(1)) {
            Computation computation = engine.bind(problem);
            float[] y = computation.result().get();
            assertThrows(DisagreementException.class, () -> problem.verify(y), "nothing was computed yet");
        }
        assertThrows(IllegalArgumentException.class, () -> RecurrentShape.parse("lstm"));
        assertThrows(IllegalArgumentException.class, () -> AttentionShape.parse("attention N2"));
    }

    @Test
    void operationsAreProductsOfWeights() {
        assertEquals(2.0 * 3 * 2 * 20 * 9, RecurrentShape.parse("lstm T3 N2 I4 H5 forward").workload().work());
        assertEquals(2.0 * 2 * 2 * 3 * 10 * 5,
                AttentionShape.parse("attention N2 H3 T4 D5 causal forward").workload().work());
        assertEquals(3 * 2.0 * 3 * 2 * 15 * 9, RecurrentShape.parse("gru T3 N2 I4 H5 both").workload().work());
    }
}
