package lanewise.bench.contest;

import lanewise.kernels.Workers;
import lanewise.kernels.diagnostics.Machine;

/**
 * Measures what the machine gives at this moment: the limit that rates are compared with, and the canary that shows when
 * a virtual machine loses half of its cores to a neighbour.
 */
public final class MachineLimits implements LimitMeter {

    private final Workers workers;

    /**
     * Makes the engine.
     *
     * @param threads on how many threads the limits are measured
     */
    public MachineLimits(int threads) {
        workers = Workers.of(threads);
    }

    @Override
    public String description() {
        return Machine.vectorBits() + " bits";
    }

    @Override
    public double measure(String request) {
        if (request.equals(Limit.FMA.request())) {
            return Machine.fmaPeak(workers);
        }
        if (request.startsWith("copy ")) {
            return Machine.copyBandwidth(workers, Long.parseLong(request.substring(5)));
        }
        throw new IllegalArgumentException("not a limit: " + request);
    }

    @Override
    public void close() {
        workers.close();
    }
}
