package lanewise.kernels.layout;

import lanewise.kernels.Workers;

/** The body of {@link GatherElements}. A task is some rows, which share no element of either array with others. */
final class GatherElementsJob implements Workers.Job {

    // Elements of a task, about: some microseconds of work.
    private static final int TASK = 8192;
    // Rows of a block that go together: some cache lines, of which two tasks share one at most.
    private static final int WIDTH = 1024;

    private boolean add;
    private int outer;
    private int n;
    private int inner;
    private int count;
    private float[] from;
    private int fromOffset;
    private int[] index;
    private int indexOffset;
    private float[] to;
    private int toOffset;
    private int blocksPerTask;
    private int slices;

    void run(Workers workers, boolean add, int outer, int n, int inner, int count, float[] from, int fromOffset,
            int[] index, int indexOffset, float[] to, int toOffset) {
        if (outer == 0 || inner == 0 || count == 0) {
            return;
        }
        this.add = add;
        this.outer = outer;
        this.n = n;
        this.inner = inner;
        this.count = count;
        this.from = from;
        this.fromOffset = fromOffset;
        this.index = index;
        this.indexOffset = indexOffset;
        this.to = to;
        this.toOffset = toOffset;
        slices = Math.ceilDiv(inner, WIDTH);
        blocksPerTask = slices > 1 ? 1 : (int) Math.max(1, TASK / ((long) count * inner));
        try {
            workers.run(this, Math.ceilDiv(outer, blocksPerTask) * slices);
        } finally {
            this.from = null;
            this.index = null;
            this.to = null;
        }
    }

    @Override
    public void run(int task, int worker) {
        int first = task / slices * blocksPerTask;
        int column = task % slices * WIDTH;
        int width = Math.min(WIDTH, inner - column);
        for (int block = first; block < Math.min(outer, first + blocksPerTask); block++) {
            int whole = block * n * inner + column;
            int chosen = block * count * inner + column;
            for (int j = 0; j < count; j++, chosen += inner) {
                if (add) {
                    scatter(width, inner, from, fromOffset + chosen, index, indexOffset + chosen, to, toOffset + whole);
                } else {
                    gather(width, inner, from, fromOffset + whole, index, indexOffset + chosen, to, toOffset + chosen);
                }
            }
        }
    }

    private static void gather(int width, int inner, float[] x, int xo, int[] index, int io, float[] y, int yo) {
        for (int i = 0; i < width; i++) {
            y[yo + i] = x[xo + index[io + i] * inner + i];
        }
    }

    private static void scatter(int width, int inner, float[] dy, int dyo, int[] index, int io, float[] dx, int dxo) {
        for (int i = 0; i < width; i++) {
            dx[dxo + index[io + i] * inner + i] += dy[dyo + i];
        }
    }
}
