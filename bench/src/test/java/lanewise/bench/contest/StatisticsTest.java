package lanewise.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StatisticsTest {

    @Test
    void medianIsTheValueInTheMiddleWhateverTheOrder() {
        assertEquals(3.0, Statistics.median(List.of(9.0, 1.0, 3.0)));
    }

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertEquals(2.5, Statistics.median(List.of(4.0, 2.0, 3.0, 1.0)));
    }

    @Test
    void quantilesReachTheExtremesAndInterpolate() {
        List<Double> values = List.of(10.0, 20.0, 30.0);
        assertEquals(10.0, Statistics.quantile(values, 0));
        assertEquals(15.0, Statistics.quantile(values, 0.25));
        assertEquals(30.0, Statistics.quantile(values, 1));
    }

    @Test
    void spreadIsTheDistanceOfTheQuartilesRelativeToTheMedian() {
        assertEquals(0.5, Statistics.spread(List.of(10.0, 20.0, 30.0)));
        assertEquals(0.0, Statistics.spread(List.of(7.0)));
    }

    @Test
    void geometricMeanOfARatioAndItsInverseIsOne() {
        assertEquals(1.0, Statistics.geometricMean(4.0, 0.25), 1e-12);
        assertEquals(2.0, Statistics.geometricMean(1.0, 2.0, 4.0), 1e-12);
    }

    @Test
    void nothingHasNoMedian() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.median(List.of()));
    }
}
