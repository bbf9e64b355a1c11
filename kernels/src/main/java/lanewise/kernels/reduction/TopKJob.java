package lanewise.kernels.reduction;

import lanewise.kernels.Workers;

/**
 * The body of {@link TopK}: a heap in the output whose root is the last of the k best so far (Williams 1964), which is sorted at the
 * end. An element that comes after the root, as almost all do, costs one comparison.
 */
final class TopKJob implements Workers.Job {

    // Elements of a task, about: some microseconds of work.
    private static final int TASK = 4096;

    private int rows;
    private int cols;
    private int k;
    private boolean largest;
    private float[] x;
    private int xOffset;
    private float[] y;
    private int yOffset;
    private int[] index;
    private int indexOffset;
    private int rowsPerTask;

    void run(Workers workers, int rows, int cols, int k, boolean largest, float[] x, int xOffset, float[] y,
            int yOffset, int[] index, int indexOffset) {
        this.rows = rows;
        this.cols = cols;
        this.k = k;
        this.largest = largest;
        this.x = x;
        this.xOffset = xOffset;
        this.y = y;
        this.yOffset = yOffset;
        this.index = index;
        this.indexOffset = indexOffset;
        rowsPerTask = Math.max(1, TASK / cols);
        try {
            workers.run(this, Math.ceilDiv(rows, rowsPerTask));
        } finally {
            this.x = null;
            this.y = null;
            this.index = null;
        }
    }

    @Override
    public void run(int task, int worker) {
        int first = task * rowsPerTask;
        for (int row = first; row < Math.min(rows, first + rowsPerTask); row++) {
            row(xOffset + row * cols, yOffset + row * k, indexOffset + row * k);
        }
    }

    private void row(int xo, int yo, int io) {
        for (int i = 0; i < k; i++) {
            y[yo + i] = x[xo + i];
            index[io + i] = i;
        }
        for (int i = k / 2 - 1; i >= 0; i--) {
            sink(i, k, y[yo + i], index[io + i], yo, io);
        }
        for (int i = k; i < cols; i++) {
            // Equal to the root, it would come after it: its column is higher.
            if (isBefore(x[xo + i], i, y[yo], index[io])) {
                sink(0, k, x[xo + i], i, yo, io);
            }
        }
        for (int end = k - 1; end > 0; end--) {
            float value = y[yo + end];
            int column = index[io + end];
            y[yo + end] = y[yo];
            index[io + end] = index[io];
            sink(0, end, value, column, yo, io);
        }
    }

    /** Puts an element where the heap has a place for it, from a place on downwards. */
    private void sink(int from, int size, float value, int column, int yo, int io) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child + 1 < size
                    && isBefore(y[yo + child], index[io + child], y[yo + child + 1], index[io + child + 1])) {
                child++;
            }
            if (child >= size || !isBefore(value, column, y[yo + child], index[io + child])) {
                break;
            }
            y[yo + at] = y[yo + child];
            index[io + at] = index[io + child];
            at = child;
        }
        y[yo + at] = value;
        index[io + at] = column;
    }

    /** Whether one element comes before another in the result. */
    private boolean isBefore(float a, int aColumn, float b, int bColumn) {
        int order = Float.compare(a, b);
        return order == 0 ? aColumn < bColumn : order > 0 == largest;
    }
}
