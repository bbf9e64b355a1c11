package lanewise.examples.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import lanewise.examples.data.SyntheticDigits;
import lanewise.examples.systems.Mlp;
import lanewise.kernels.Workers;
import lanewise.nn.Module;
import lanewise.nn.Tape;
import lanewise.nn.data.Dataset;
import org.junit.jupiter.api.Test;

class ClassifierTrainingTest {

    private static final Dataset TRAIN = new SyntheticDigits(5, 0, 1000);
    private static final Dataset TEST = new SyntheticDigits(5, 1000, 500);

    @Test
    void twoEpochsOnAThousandDigitsTeachMostOfThem() throws IOException {
        List<Epoch> epochs = train(2, epoch -> {
        });

        assertEquals(2, epochs.size());
        assertEquals(1, epochs.getFirst().number());
        assertTrue(epochs.getLast().testAccuracy() >= 0.8, epochs.toString());
        assertTrue(epochs.getLast().trainLoss() < epochs.getFirst().trainLoss(), epochs.toString());
    }

    @Test
    void anInterruptStopsTheTraining() {
        assertThrows(CancellationException.class, () -> train(1000, epoch -> Thread.currentThread().interrupt()));
        assertTrue(Thread.interrupted(), "the thread stays interrupted");
    }

    private static List<Epoch> train(int epochs, TrainingListener then) throws IOException {
        Mlp.Cost cost = Mlp.Cost.CROSS_ENTROPY;
        Module network = Mlp.network(cost, Mlp.Start.SCALED, 1);
        List<Epoch> seen = new ArrayList<>();
        try (Workers workers = Workers.single(); Tape tape = new Tape(workers)) {
            new ClassifierTraining(network, cost::loss, Mlp.optimizer(workers, network, 0.5f, 0, TRAIN.size()), TRAIN,
                    TEST, 10, 1).run(tape, epochs, epoch -> {
                        seen.add(epoch);
                        then.ended(epoch);
                    });
        }
        return seen;
    }
}
