package lanewise.kernels.layout;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.Rows;
import lanewise.kernels.internal.SumJob;
import lanewise.kernels.internal.gemm.GemmPacking;

/**
 * The body of {@link Strided}. Axes of size 1 are left out, the others sorted by their stride in y, and those that go on where the
 * next one ends are one with it. Then one axis, or two, are the inner loop: rows that are successive in both arrays, a matrix that
 * is transposed, a row that is summed, or else one element after the other. The others are counted through: those over which y
 * moves, which are cut into tasks, and within them those over which it is summed.
 */
final class StridedJob implements Workers.Job {

    private enum Inner {
        ROWS, TRANSPOSE, SUM, PLAIN
    }

    // Elements of a task, about: a microsecond of work.
    private static final int TASK = 8192;
    // From here on Arrays.fill is worth its call.
    private static final int LONG_ROW = 256;
    // Pieces of rows are not shorter, as memory would be read by single lines.
    private static final int PIECE = 256;
    // Of a matrix that is transposed so many rows go together, and a multiple of the other columns.
    private static final int ROWS_AT_ONCE = 256;
    private static final int SQUARE = 16;
    // Fewer columns cost the transposition of squares more than it takes to begin; from this distance on rows of y are far apart.
    private static final int COLUMNS_AT_ONCE = 128;
    private static final int FAR = 512;

    // Two lines of the caches after each worker's counters: the next worker's are neighbours (decision 0014).
    private static final int APART = 32;

    private final int[] size = new int[Layout.MAX_RANK];
    private final int[] xStride = new int[Layout.MAX_RANK];
    private final int[] yStride = new int[Layout.MAX_RANK];
    private int axes;
    private int moving;

    private Workers workers;
    private boolean add;
    private float[] x;
    private int xStart;
    private float[] y;
    private int yStart;

    private Inner inner;
    private int n;
    private int xStep;
    private int yStep;
    // Of a transposition: the axis along which y is successive; x is along n.
    private int rows;
    private int rowStep;
    // How much of n a task takes, and in how many pieces that is.
    private int chunk;
    private int chunks;
    private int places;
    private int placesPerTask;
    private int[][] counters = new int[0][];

    void run(Workers workers, boolean add, Layout from, float[] x, int xOffset, Layout to, float[] y, int yOffset) {
        if (!listAxes(from, to)) {
            return;
        }
        this.workers = workers;
        this.add = add;
        this.x = x;
        xStart = xOffset + from.start();
        this.y = y;
        yStart = yOffset + to.start();
        if (counters.length < workers.threads()) {
            counters = new int[workers.threads()][Layout.MAX_RANK + APART];
        }
        try {
            chooseInner();
            workers.run(this, cut());
        } finally {
            this.workers = null;
            this.x = null;
            this.y = null;
        }
    }

    /** Says whether there are elements. */
    private boolean listAxes(Layout from, Layout to) {
        axes = 0;
        for (int axis = 0; axis < from.rank(); axis++) {
            if (from.size(axis) == 0) {
                return false;
            }
            if (from.size(axis) > 1) {
                insert(from.size(axis), from.stride(axis), to.stride(axis));
            }
        }
        int last = 0;
        for (int axis = 1; axis < axes; axis++) {
            boolean goesOn = xStride[last] == xStride[axis] * size[axis]
                    && yStride[last] == yStride[axis] * size[axis];
            last += goesOn ? 0 : 1;
            set(last, goesOn ? size[last] * size[axis] : size[axis], xStride[axis], yStride[axis]);
        }
        axes = Math.min(axes, last + 1);
        return true;
    }

    /** Keeps the axes in the order of their strides in y, then in x, the greatest first. */
    private void insert(int ofSize, int inX, int inY) {
        int at = axes;
        while (at > 0 && (yStride[at - 1] < inY || (yStride[at - 1] == inY && xStride[at - 1] < inX))) {
            set(at, size[at - 1], xStride[at - 1], yStride[at - 1]);
            at--;
        }
        set(at, ofSize, inX, inY);
        axes++;
    }

    private void set(int axis, int ofSize, int inX, int inY) {
        size[axis] = ofSize;
        xStride[axis] = inX;
        yStride[axis] = inY;
    }

    private void chooseInner() {
        int successive = axes - 1;
        while (successive >= 0 && xStride[successive] != 1) {
            successive--;
        }
        int moved = axes - 1;
        while (moved >= 0 && yStride[moved] == 0) {
            moved--;
        }
        if (axes == 0) {
            inner = Inner.ROWS;
            n = 1;
        } else if (successive >= 0 && yStride[successive] <= 1) {
            inner = yStride[successive] == 1 ? Inner.ROWS : Inner.SUM;
            take(successive);
        } else if (!add && successive >= 0 && yStride[moved] == 1) {
            inner = Inner.TRANSPOSE;
            rows = size[moved];
            rowStep = xStride[moved];
            remove(moved); // the last axis, as its stride is the least
            take(successive);
        } else {
            inner = Inner.PLAIN;
            take(Math.max(moved, 0));
        }
        moving = 0;
        while (moving < axes && yStride[moving] != 0) {
            moving++;
        }
    }

    private void take(int axis) {
        n = size[axis];
        xStep = xStride[axis];
        yStep = yStride[axis];
        remove(axis);
    }

    private void remove(int axis) {
        axes--;
        for (int i = axis; i < axes; i++) {
            set(i, size[i + 1], xStride[i + 1], yStride[i + 1]);
        }
    }

    /** Says how many tasks there are, by shape alone. */
    private int cut() {
        places = product(0, moving);
        int atEachPlace = product(moving, axes) * (inner == Inner.TRANSPOSE ? rows : 1);
        boolean isSum = inner == Inner.SUM || (inner == Inner.PLAIN && yStep == 0);
        if (isSum) {
            chunk = n;
        } else if (inner == Inner.TRANSPOSE) {
            chunk = Math.min(n,
                    Math.max(COLUMNS_AT_ONCE, Math.ceilDiv(TASK / Math.min(rows, ROWS_AT_ONCE), SQUARE) * SQUARE));
        } else {
            chunk = Math.min(n, Math.max(PIECE, TASK / atEachPlace));
        }
        chunks = Math.ceilDiv(n, chunk);
        placesPerTask = chunks > 1 ? 1 : Math.toIntExact(Math.max(1, TASK / ((long) atEachPlace * n)));
        return Math.ceilDiv(places, placesPerTask) * chunks;
    }

    private int product(int from, int to) {
        int product = 1;
        for (int axis = from; axis < to; axis++) {
            product *= size[axis];
        }
        return product;
    }

    @Override
    public void run(int task, int worker) {
        int[] counter = counters[worker];
        int first = task / chunks * placesPerTask;
        int end = Math.min(places, first + placesPerTask);
        int begin = task % chunks * chunk;
        int xIndex = xStart + begin * xStep;
        int yIndex = yStart + begin * yStep;
        for (int axis = moving - 1, rest = first; axis >= 0; axis--) {
            counter[axis] = rest % size[axis];
            rest /= size[axis];
            xIndex += counter[axis] * xStride[axis];
            yIndex += counter[axis] * yStride[axis];
        }
        float[] scratch = switch (inner) {
            case SUM -> workers.scratch(worker, Lanes.SUM_LANES);
            case TRANSPOSE -> workers.scratch(worker, GemmPacking.TRANSPOSE_SCRATCH);
            default -> null;
        };
        for (int place = first; place < end; place++) {
            over(moving, Math.min(chunk, n - begin), xIndex, yIndex, scratch);
            for (int axis = moving - 1; axis >= 0; axis--) {
                xIndex += xStride[axis];
                yIndex += yStride[axis];
                counter[axis]++;
                if (counter[axis] < size[axis]) {
                    break;
                }
                xIndex -= size[axis] * xStride[axis];
                yIndex -= size[axis] * yStride[axis];
                counter[axis] = 0;
            }
        }
    }

    /** Goes over the axes along which y does not move. */
    private void over(int axis, int length, int xIndex, int yIndex, float[] scratch) {
        if (axis < axes) {
            for (int i = 0, at = xIndex; i < size[axis]; i++, at += xStride[axis]) {
                over(axis + 1, length, at, yIndex, scratch);
            }
            return;
        }
        switch (inner) {
            case ROWS -> {
                if (add) {
                    Rows.add(length, x, xIndex, y, yIndex);
                } else {
                    Rows.copy(length, x, xIndex, y, yIndex);
                }
            }
            case TRANSPOSE -> {
                for (int row = 0; row < rows; row += ROWS_AT_ONCE) {
                    int some = Math.min(ROWS_AT_ONCE, rows - row);
                    int from = xIndex + row * rowStep;
                    if (yStep < FAR) {
                        GemmPacking.transpose(some, length, x, from, rowStep, y, yIndex + row, yStep);
                    } else {
                        GemmPacking.transposeFar(some, length, x, from, rowStep, y, yIndex + row, yStep, scratch);
                    }
                }
            }
            case SUM -> {
                for (int i = 0; i < length; i += SumJob.BLOCK) {
                    y[yIndex] += SumJob.sum(Math.min(SumJob.BLOCK, length - i), x, xIndex + i, scratch);
                }
            }
            case PLAIN -> oneByOne(length, xIndex, yIndex);
        }
    }

    private void oneByOne(int length, int xIndex, int yIndex) {
        if (!add && xStep == 0 && yStep == 1 && length >= LONG_ROW) {
            Arrays.fill(y, yIndex, yIndex + length, x[xIndex]);
        } else if (add) {
            for (int i = 0, from = xIndex, to = yIndex; i < length; i++, from += xStep, to += yStep) {
                y[to] += x[from];
            }
        } else {
            for (int i = 0, from = xIndex, to = yIndex; i < length; i++, from += xStep, to += yStep) {
                y[to] = x[from];
            }
        }
    }
}
