package lanewise.kernels.pooling;

import static lanewise.kernels.pooling.Taps.endTap;
import static lanewise.kernels.pooling.Taps.firstTap;

import lanewise.kernels.Window;
import lanewise.kernels.Workers;

/**
 * Pooling forward, one dimension after the other: each row of x is pooled along the width into a row of a ring, and a row
 * of y combines the rows of the ring that its windows cover. The ring holds as many rows as a window spans, so it stays in
 * the first-level cache, and a row that several windows cover is pooled once. With three dimensions there is a ring for
 * each element of a window along the depth.
 *
 * <p>
 * Elements come in the order of their places, in a row and among rows: so the first of equal maxima is found, and the bits
 * of a sum depend on nothing but the shape.
 */
abstract class RowPooling extends PlaneJob {

    /** The pooling. */
    PoolingGeometry geometry;
    /** The window along the width. */
    Window width;
    /** The width of y. */
    int outW;
    /** The first output whose window lies wholly within x, along the width. */
    int interior;
    /** The output after the last such. */
    int interiorEnd;

    float[] x;
    float[] y;
    private int xOffset;
    private int yOffset;
    private int ringRows;

    /** Pools a row of x along the width into a row of the ring. */
    abstract void poolRow(int xIndex, int row, float[] ring, int to, int worker);

    /** Combines rows of the ring into a row of y. */
    abstract void combineRows(float[] ring, int[] rows, int count, int yIndex, int worker);

    /** Makes the result of a row of y; the default is that it is there already. */
    void finishRow(int yIndex, int od, int oh, int worker) {}

    final void run(Workers workers, PoolingGeometry poolingGeometry, float[] x, int xOffset, float[] y, int yOffset) {
        geometry = poolingGeometry;
        width = geometry.width();
        outW = width.output();
        interior = Math.min(outW, Math.ceilDiv(width.padBegin(), width.stride()));
        interiorEnd = Math.max(interior, Math.min(outW,
                Math.floorDiv(width.input() + width.padBegin() - width.span(), width.stride()) + 1));
        ringRows = Math.min(geometry.height().span(), geometry.height().input());
        this.x = x;
        this.xOffset = xOffset;
        this.y = y;
        this.yOffset = yOffset;
        run(workers, geometry.planes(), Math.max(geometry.planeLength(), geometry.outputPlaneLength()));
    }

    @Override
    void forget() {
        x = null;
        y = null;
    }

    /** Elements of a worker's rings. */
    final int ringLength() {
        return geometry.depth().kernel() * ringRows * outW;
    }

    @Override
    final void plane(int plane, int worker) {
        Window depth = geometry.depth();
        Window height = geometry.height();
        float[] ring = scratch(worker, ringLength());
        int[] rows = rows(worker);
        int yIndex = yOffset + plane * geometry.outputPlaneLength();
        int outD = depth.output();
        int outH = height.output();
        for (int od = 0; od < outD; od++) {
            int firstD = firstTap(depth, od);
            int endD = endTap(depth, od);
            int z = od * depth.stride() - depth.padBegin();
            int pooled = 0;
            for (int oh = 0; oh < outH; oh++, yIndex += outW) {
                int start = oh * height.stride() - height.padBegin();
                int firstH = firstTap(height, oh);
                int endH = endTap(height, oh);
                int needed = Math.min(height.input(), start + (endH - 1) * height.dilation() + 1);
                for (int row = Math.max(pooled, start); row < needed; row++) {
                    for (int kd = firstD; kd < endD; kd++) {
                        int inPlane = (z + kd * depth.dilation()) * height.input() + row;
                        poolRow(xOffset + plane * geometry.planeLength() + inPlane * width.input(),
                                inPlane * width.input(), ring, slot(kd, row), worker);
                    }
                }
                pooled = Math.max(pooled, needed);
                int count = 0;
                for (int kd = firstD; kd < endD; kd++) {
                    for (int kh = firstH; kh < endH; kh++) {
                        rows[count++] = slot(kd, start + kh * height.dilation());
                    }
                }
                combineRows(ring, rows, count, yIndex, worker);
                finishRow(yIndex, od, oh, worker);
            }
        }
    }

    /** Where the ring's rows are noted. */
    int[] rows(int worker) {
        return ints(worker, geometry.depth().kernel() * geometry.height().kernel());
    }

    private int slot(int kd, int row) {
        return (kd * ringRows + row % ringRows) * outW;
    }
}
