package lanewise.properties.gradient;

import lanewise.kernels.Workers;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What gradient checks of kernels need: a team, and one number of which to take the slopes. */
abstract class KernelGradients {

    static Workers workers;

    @BeforeContainer
    static void open() {
        workers = Workers.of(2);
    }

    @AfterContainer
    static void close() {
        workers.close();
    }

    /** Σ weights[i] · values[i]: its gradient with respect to what the values come from is a backward kernel's, its weights being dy. */
    static double weighted(double[] weights, double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }
}
