package lanewise.kernels.reduction;

import java.util.Arrays;
import lanewise.kernels.Workers;

/** The body of {@link CumulativeSum}: a task is some neighbouring rows, whose sums run side by side in scratch memory. */
final class CumulativeSumJob implements Workers.Job {

    private static final int WIDTH = 1024;
    // Elements of a task, about: some microseconds of work.
    private static final int TASK = 8192;

    private Workers workers;
    private int blocks;
    private int n;
    private int inner;
    private boolean exclusive;
    private boolean reverse;
    private boolean accumulate;
    private float[] x;
    private int xOffset;
    private float[] y;
    private int yOffset;
    private int slices;
    private int blocksPerTask;

    void run(Workers workers, int outer, int n, int inner, boolean exclusive, boolean reverse, float[] x, int xOffset,
            float[] y, int yOffset, boolean accumulate) {
        if (outer == 0 || n == 0 || inner == 0) {
            return;
        }
        this.workers = workers;
        this.blocks = outer;
        this.n = n;
        this.inner = inner;
        this.exclusive = exclusive;
        this.reverse = reverse;
        this.accumulate = accumulate;
        this.x = x;
        this.xOffset = xOffset;
        this.y = y;
        this.yOffset = yOffset;
        slices = Math.ceilDiv(inner, WIDTH);
        blocksPerTask = slices > 1 ? 1 : (int) Math.max(1, TASK / ((long) n * inner));
        try {
            workers.run(this, Math.ceilDiv(outer, blocksPerTask) * slices);
        } finally {
            this.workers = null;
            this.x = null;
            this.y = null;
        }
    }

    @Override
    public void run(int task, int worker) {
        int first = task / slices * blocksPerTask;
        int column = task % slices * WIDTH;
        int width = Math.min(WIDTH, inner - column);
        float[] sums = inner == 1 ? null : workers.scratch(worker, WIDTH);
        for (int block = first; block < Math.min(blocks, first + blocksPerTask); block++) {
            int from = block * n * inner + column;
            if (inner == 1) {
                row(from);
            } else {
                rows(from, width, sums);
            }
        }
    }

    private void row(int from) {
        float sum = 0;
        for (int j = 0; j < n; j++) {
            int at = from + (reverse ? n - 1 - j : j);
            float v = x[xOffset + at];
            float next = j == 0 ? v : sum + v;
            float result = exclusive ? sum : next;
            y[yOffset + at] = accumulate ? result + y[yOffset + at] : result;
            sum = next;
        }
    }

    private void rows(int from, int width, float[] sums) {
        Arrays.fill(sums, 0, width, 0f);
        for (int j = 0; j < n; j++) {
            int at = from + (reverse ? n - 1 - j : j) * inner;
            step(j == 0, exclusive, width, x, xOffset + at, sums, y, yOffset + at, accumulate);
        }
    }

    private static void step(boolean isFirst, boolean exclusive, int width, float[] x, int xo, float[] sums, float[] y,
            int yo, boolean accumulate) {
        for (int i = 0; i < width; i++) {
            float v = x[xo + i];
            float next = isFirst ? v : sums[i] + v;
            float result = exclusive ? sums[i] : next;
            y[yo + i] = accumulate ? result + y[yo + i] : result;
            sums[i] = next;
        }
    }
}
