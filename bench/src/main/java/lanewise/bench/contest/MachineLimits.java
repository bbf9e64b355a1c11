package lanewise.bench.contest;

import java.util.ArrayList;
import java.util.stream.Stream;
import lanewise.kernels.Workers;
import lanewise.kernels.diagnostics.Machine;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.Transpose;

/**
 * Measures what the machine gives at this moment: the limit that rates are compared with, and the canary that shows when
 * a virtual machine loses half of its cores to a neighbour.
 */
public final class MachineLimits implements LimitMeter {

    private static final int ORDER = 32;
    private static final int PRODUCTS = 2000;
    private static final int PRODUCT_WINDOWS = 15;
    private static final int FIRST_PRODUCT_WINDOWS = 200;

    private final Workers workers;
    private final Workers[] alone;
    private final float[][] operands;
    private boolean compiled;

    /**
     * Makes the engine.
     *
     * @param threads on how many threads the limits are measured
     */
    public MachineLimits(int threads) {
        workers = Workers.of(threads);
        alone = Stream.generate(Workers::single).limit(threads).toArray(Workers[]::new);
        operands = new float[threads][2 * ORDER * ORDER];
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
        if (request.equals(Limit.SMALL_PRODUCT.request())) {
            return smallProduct();
        }
        if (request.startsWith("copy ")) {
            return Machine.copyBandwidth(workers, Long.parseLong(request.substring(5)));
        }
        throw new IllegalArgumentException("not a limit: " + request);
    }

    private double smallProduct() {
        int windows = compiled ? PRODUCT_WINDOWS : FIRST_PRODUCT_WINDOWS;
        compiled = true;
        var nanos = new ArrayList<Double>();
        for (int window = 0; window < windows; window++) {
            long start = System.nanoTime();
            workers.run(this::multiply, operands.length);
            nanos.add((double) (System.nanoTime() - start));
        }
        double flops = 2.0 * ORDER * ORDER * ORDER * PRODUCTS * operands.length;
        return flops / Statistics.median(nanos.subList(windows - PRODUCT_WINDOWS, windows));
    }

    private void multiply(int task, int worker) {
        float[] matrices = operands[task];
        for (int i = 0; i < PRODUCTS; i++) {
            Gemm.sgemm(alone[task], Transpose.NO_TRANS, Transpose.NO_TRANS, ORDER, ORDER, ORDER, 1, matrices, 0,
                    ORDER, matrices, 0, ORDER, 0, matrices, ORDER * ORDER, ORDER);
        }
    }

    @Override
    public void close() {
        Stream.of(alone).forEach(Workers::close);
        workers.close();
    }
}
