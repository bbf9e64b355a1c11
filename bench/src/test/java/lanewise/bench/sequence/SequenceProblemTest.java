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
    @ValueSource(strings = {"lstm T3 N2 I4 H5 forward", "lstm T3 N2 I4 H5 both", "gru T3 N2 I4 H5 both"})
    void namesSayEverything(String name) throws Exception {
        Workload workload = SequenceShape.parse(name).workload();
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
        assertThrows(IllegalArgumentException.class, () -> SequenceShape.parse("lstm"));
    }

    @Test
    void operationsAreProductsOfWeights() {
        assertEquals(2.0 * 3 * 2 * 20 * 9, SequenceShape.parse("lstm T3 N2 I4 H5 forward").workload().work());
        assertEquals(3 * 2.0 * 3 * 2 * 15 * 9, SequenceShape.parse("gru T3 N2 I4 H5 both").workload().work());
    }
}
