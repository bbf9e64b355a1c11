package lanewise.kernels.pooling;

import java.util.Arrays;
import lanewise.kernels.Workers;

/**
 * Pooling forward, one dimension after the other, by strips of rows of y that stay in the first-level cache: the rows of x
 * that a row of y sees are combined element by element into a row of the strip, between cells of padding; then all rows of
 * the strip are pooled along the width into y.
 */
abstract class RowPooling extends PlaneJob {

    // Elements of a strip. So few that a core reads the rows of the next one while it still pools this one (decision 0006).
    private static final int STRIP = 1024;

    /** Along the depth. */
    Axis depth;
    /** Along the height. */
    Axis height;
    /** Along the width. */
    Axis width;
    /** The width of y. */
    int outW;
    /** From one row of the strip to the next. */
    int pitch;

    float[] x;
    float[] y;
    private int xOffset;
    private int yOffset;
    private int xPlane;
    private int yPlane;
    private int stripRows;
    // Whether there is no depth, and windows are two or three elements high.
    private boolean isFlat;

    /** What changes nothing: the contents of padding. */
    abstract float identity();

    /** Combines rows of x into a row of the strip. */
    abstract void combineRows(int[] rows, int count, float[] strip, int to);

    /**
     * Combines two or three rows of x, {@code step} apart, into a row of the strip; the same for some rows of the strip that
     * follow each other, and rows of x that are {@code next} apart.
     */
    abstract void combineRows(int xIndex, int step, int next, float[] strip, int to, int rows);

    /** Pools rows of the strip along the width into rows of y. */
    abstract void poolRows(float[] strip, int rows, int yIndex);

    /** Makes results of what is in rows of y; the default is that they are there already. */
    void finishRows(int rows, int yIndex, int od, int oh) {}

    final void run(Workers workers, PoolingGeometry geometry, float[] x, int xOffset, float[] y, int yOffset) {
        Tables tables = geometry.tables();
        depth = tables.depth;
        height = tables.height;
        width = tables.width;
        outW = width.output;
        pitch = Math.max(width.padBegin + width.input, width.start(outW - 1) + width.padBegin
                + width.span);
        stripRows = Math.clamp(STRIP / pitch, 1, height.output);
        isFlat = depth.isNone() && (height.kernel == 2 || height.kernel == 3);
        xPlane = tables.xPlane;
        yPlane = tables.yPlane;
        this.x = x;
        this.xOffset = xOffset;
        this.y = y;
        this.yOffset = yOffset;
        run(workers, geometry.planes(), Math.max(xPlane, yPlane));
    }

    @Override
    void forget() {
        x = null;
        y = null;
    }

    @Override
    final void prepare(int worker) {
        float[] strip = scratch(worker, stripRows * pitch);
        int behind = width.padBegin + width.input;
        for (int row = 0; row < stripRows && pitch > width.input; row++) {
            Arrays.fill(strip, row * pitch, row * pitch + width.padBegin, identity());
            Arrays.fill(strip, row * pitch + behind, (row + 1) * pitch, identity());
        }
    }

    @Override
    final void plane(int plane, int worker) {
        float[] strip = scratch(worker, stripRows * pitch);
        int[] seen = ints(worker, depth.kernel * height.kernel);
        int xIndex = xOffset + plane * xPlane;
        int yIndex = yOffset + plane * yPlane;
        for (int od = 0; od < depth.output; od++) {
            for (int oh = 0; oh < height.output; oh += stripRows) {
                int rows = Math.min(stripRows, height.output - oh);
                int from = Math.clamp(height.interior - oh, 0, rows);
                int end = isFlat ? Math.clamp(height.interiorEnd - oh, from, rows) : from;
                combine(xIndex, od, oh, 0, from, strip, seen);
                if (from < end) {
                    combineRows(xIndex + height.start(oh + from) * width.input, height.dilation * width.input,
                            height.stride * width.input, strip, from * pitch + width.padBegin, end - from);
                }
                combine(xIndex, od, oh, end, rows, strip, seen);
                poolRows(strip, rows, yIndex);
                finishRows(rows, yIndex, od, oh);
                yIndex += rows * outW;
            }
        }
    }

    /** Makes rows of the strip from whatever rows of x their windows see. */
    private void combine(int xIndex, int od, int oh, int from, int end, float[] strip, int[] seen) {
        for (int row = from; row < end; row++) {
            int count = 0;
            int start = height.start(oh + row);
            for (int kd = depth.firstTap[od]; kd < depth.endTap[od]; kd++) {
                int id = depth.start(od) + kd * depth.dilation;
                for (int kh = height.firstTap[oh + row]; kh < height.endTap[oh + row]; kh++) {
                    seen[count++] = xIndex + (id * height.input + start + kh * height.dilation) * width.input;
                }
            }
            combineRows(seen, count, strip, row * pitch + width.padBegin);
        }
    }
}
