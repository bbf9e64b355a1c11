package lanewise.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A whole contest of processes that compute next to nothing. */
final class ContestTest {

    private static final Workload GOOD = new Workload(FakeEngine.GOOD, 1, Unit.ITEMS, Limit.FMA);
    private static final Workload WRONG = new Workload(FakeEngine.WRONG, 1, Unit.ITEMS, Limit.FMA);

    private static final class TwoOfThem implements Family {

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public List<Workload> workloads() {
            return List.of(GOOD, WRONG);
        }

        @Override
        public List<Contestant> contestants(int threads) {
            return List.of(ContestantProcessTest.FAKE, ContestantProcessTest.contestant("no.such.Engine"));
        }
    }

    private static Contestant meter() {
        Contestant any = ContestantProcessTest.contestant(MachineLimits.class.getName());
        return new Contestant("limits", "", any.engine(), any.classPath(),
                List.of("--add-modules", "jdk.incubator.vector"),
                Map.of());
    }

    @Test
    void everyRoundOfEveryPassIsASampleAndWhatFailsIsNamed() throws InterruptedException {
        var progress = new StringWriter();
        var schedule = new Schedule(List.of(1), 2, 3, 0.001, 0, 0);
        Measurements measurements = new Contest(new TwoOfThem(), meter(), schedule, new PrintWriter(progress))
                .run(List.of(GOOD, WRONG));

        List<Measurements.Series> series = measurements.series(GOOD, 1);
        assertEquals(1, series.size());
        assertEquals(List.of(3, 3), series.getFirst().passes().stream().map(List::size).toList());
        assertTrue(measurements.limit(Limit.FMA, 1) > 0);
        assertEquals(List.of(), measurements.series(WRONG, 1));
        assertEquals(List.of("fake, 1 thread, wrong: DisagreementException: C[0][0] = 1, reference 2"),
                List.copyOf(measurements.failures()));
        assertEquals(Map.of("fake", "ClassNotFoundException: no.such.Engine"), measurements.absent());
        assertEquals(4, progress.toString().lines().count());
        assertTrue(measurements.canary().startsWith("4 windows; "), measurements.canary());
    }

    @Test
    void aWindowOfADisturbedMachineIsMeasuredAgainAndThenKeptAsDisturbed() throws InterruptedException {
        var schedule = new Schedule(List.of(2), 1, 1, 0.001, 0, 1);
        Contestant meter = ContestantProcessTest.contestant(FakeMeter.class.getName());
        Measurements measurements = new Contest(new TwoOfThem(), meter, schedule, new PrintWriter(new StringWriter()))
                .run(List.of(GOOD));

        assertEquals(1, measurements.series(GOOD, 2).getFirst().samples().size());
        assertEquals(100, measurements.limit(Limit.FMA, 2));
        assertEquals(List.of("good, 2 threads"), List.copyOf(measurements.disturbedRows()));
        assertTrue(measurements.canary().startsWith("1 windows; 1 times one was measured again "),
                measurements.canary());
    }
}
