package lanewise.kernels.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.SumJob;

/**
 * The bodies of {@link PRelu}. A channel of an image is cut into blocks, which are the tasks; each leaves its part of the gradient of
 * the slope in shared memory, and those are added in their order.
 */
final class PReluJob implements Workers.Job {

    private static final int BLOCK = SumJob.BLOCK;
    // Tasks of few elements are taken together.
    private static final int TASK = 8192;

    private Workers workers;
    private boolean backward;
    private int c;
    private int inner;
    private float[] x;
    private int xOffset;
    private float[] slope;
    private int slopeOffset;
    private float[] dy;
    private int dyOffset;
    private float[] to;
    private int toOffset;
    private boolean accumulate;
    private float[] partials;
    private int blocksPerPlane;
    private int blocks;
    private int blocksPerTask;

    void forward(Workers workers, int outer, int c, int inner, float[] x, int xOffset, float[] slope, int slopeOffset,
            float[] y, int yOffset) {
        backward = false;
        run(workers, outer, c, inner, x, xOffset, slope, slopeOffset, null, 0, y, yOffset, false, null, 0, false);
    }

    void backward(Workers workers, int outer, int c, int inner, float[] x, int xOffset, float[] slope, int slopeOffset,
            float[] dy, int dyOffset, float[] dx, int dxOffset, boolean accumulateX, float[] dSlope, int dSlopeOffset,
            boolean accumulateSlope) {
        backward = true;
        run(workers, outer, c, inner, x, xOffset, slope, slopeOffset, dy, dyOffset, dx, dxOffset, accumulateX, dSlope,
                dSlopeOffset, accumulateSlope);
    }

    private void run(Workers workers, int outer, int c, int inner, float[] x, int xOffset, float[] slope,
            int slopeOffset, float[] dy, int dyOffset, float[] to, int toOffset, boolean accumulateX, float[] dSlope,
            int dSlopeOffset, boolean accumulateSlope) {
        if (c == 1 && outer > 1) {
            run(workers, 1, 1, outer * inner, x, xOffset, slope, slopeOffset, dy, dyOffset, to, toOffset, accumulateX,
                    dSlope, dSlopeOffset, accumulateSlope);
            return;
        }
        this.workers = workers;
        this.c = c;
        this.inner = inner;
        this.x = x;
        this.xOffset = xOffset;
        this.slope = slope;
        this.slopeOffset = slopeOffset;
        this.dy = dy;
        this.dyOffset = dyOffset;
        this.to = to;
        this.toOffset = toOffset;
        this.accumulate = accumulateX;
        blocksPerPlane = Math.ceilDiv(inner, BLOCK);
        blocks = outer * c * blocksPerPlane;
        blocksPerTask = Math.max(1, TASK / Math.clamp(inner, 1, BLOCK));
        try {
            partials = backward ? workers.sharedScratch(blocks) : null;
            workers.run(this, Math.ceilDiv(blocks, blocksPerTask));
            if (backward) {
                sumSlopes(outer, dSlope, dSlopeOffset, accumulateSlope);
            }
        } finally {
            this.workers = null;
            this.x = null;
            this.slope = null;
            this.dy = null;
            this.to = null;
            partials = null;
        }
    }

    private void sumSlopes(int outer, float[] dSlope, int dSlopeOffset, boolean accumulateSlope) {
        for (int channel = 0; channel < c; channel++) {
            double sum = 0;
            for (int image = 0; image < outer; image++) {
                for (int i = 0; i < blocksPerPlane; i++) {
                    sum += partials[(image * c + channel) * blocksPerPlane + i];
                }
            }
            int at = dSlopeOffset + channel;
            dSlope[at] = accumulateSlope ? dSlope[at] + (float) sum : (float) sum;
        }
    }

    @Override
    public void run(int task, int worker) {
        int first = task * blocksPerTask;
        float[] scratch = backward ? workers.scratch(worker, Lanes.SUM_LANES + BLOCK) : null;
        for (int block = first; block < Math.min(blocks, first + blocksPerTask); block++) {
            int plane = block / blocksPerPlane;
            int begin = block % blocksPerPlane * BLOCK;
            int n = Math.min(BLOCK, inner - begin);
            int at = plane * inner + begin;
            float alpha = slope[slopeOffset + plane % c];
            if (backward) {
                terms(n, x, xOffset + at, dy, dyOffset + at, scratch);
                gradients(n, alpha, x, xOffset + at, dy, dyOffset + at, to, toOffset + at, accumulate);
                partials[block] = SumJob.sum(n, scratch, Lanes.SUM_LANES, scratch);
            } else {
                values(n, alpha, x, xOffset + at, to, toOffset + at);
            }
        }
    }

    private static void values(int n, float alpha, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            y[yo + i] = v < 0 ? v * alpha : v;
        }
    }

    private static void terms(int n, float[] x, int xo, float[] dy, int dyo, float[] scratch) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            scratch[Lanes.SUM_LANES + i] = v < 0 ? v * dy[dyo + i] : 0f;
        }
    }

    private static void gradients(int n, float alpha, float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo,
            boolean accumulate) {
        for (int i = 0; i < n; i++) {
            float g = dy[dyo + i];
            float d = x[xo + i] > 0 ? g : g * alpha;
            dx[dxo + i] = accumulate ? d + dx[dxo + i] : d;
        }
    }
}
