package lanewise.kernels.pooling;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;

/**
 * The gradient of means and of L2 norms, the adjoint of {@link RowPooling}, by strips of rows of dx: what each window gives
 * to its elements, its share, is spread along the width into a row of the strip, and a row of dx is the sum of those rows
 * whose windows cover it. An element of dx is computed in one go, so nothing is filled with zeros first, and the order of
 * the additions depends on nothing but the shape.
 */
final class RowSpreading extends PlaneJob {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final VectorMask<Float> ODD = Stride2.ODD;
    private static final VectorShuffle<Float> APART = Stride2.apart(FLOATS);
    // Elements of a strip: 16 KiB, half of a small first-level cache.
    private static final int STRIP = 512;

    private Axis depth;
    private Axis height;
    private Axis width;
    private int w;
    private int outW;
    private int xPlane;
    private int yPlane;
    private boolean accumulate;
    // The share of an element in the mean of each window of a plane.
    private float[] weights;
    // The operands of a norm; null for a mean.
    private float[] x;
    private int xOffset;
    private float[] y;
    private int toY;
    private float[] dy;
    private int dyOffset;
    private float[] dx;
    private int dxOffset;
    // Rows of dx in a strip; rows and slices of dy whose windows may cover them.
    private int stripRows;
    private int dyRows;
    private int slices;
    // Whether a row of dx is the sum of at most three rows of the strip that follow each other.
    private boolean isFlat;
    // Where rows of shares lie in the scratch memory, with zeros around them, and how far apart; a row of sums after them.
    private int guard;
    private int shares;
    private int pitch;
    private int sum;

    void means(Workers workers, PoolingGeometry geometry, boolean includePad, float[] dy, int dyOffset,
            float[] dx, int dxOffset, boolean add) {
        weights = geometry.tables().means(includePad).weights;
        run(workers, geometry, dy, dyOffset, dx, dxOffset, add);
    }

    void norms(Workers workers, PoolingGeometry geometry, float[] x, int xOffset, float[] y, int yOffset,
            float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
        this.x = x;
        this.xOffset = xOffset;
        this.y = y;
        toY = yOffset - dyOffset;
        run(workers, geometry, dy, dyOffset, dx, dxOffset, add);
    }

    private void run(Workers workers, PoolingGeometry geometry, float[] dy, int dyOffset, float[] dx, int dxOffset,
            boolean add) {
        Tables tables = geometry.tables();
        depth = tables.depth;
        height = tables.height;
        width = tables.width;
        w = width.input;
        outW = width.output;
        xPlane = tables.xPlane;
        yPlane = tables.yPlane;
        accumulate = add;
        this.dy = dy;
        this.dyOffset = dyOffset;
        this.dx = dx;
        this.dxOffset = dxOffset;
        int span = height.span;
        slices = Math.min(depth.output, (depth.span - 1) / depth.stride + 1);
        stripRows = Math.clamp((long) (STRIP / (slices * w) - 1) * height.stride - span + 2, 1, height.input);
        dyRows = Math.min(height.output, (stripRows + span - 2) / height.stride + 1);
        isFlat = depth.isNone() && height.dilation == 1 && Math.ceilDiv(height.kernel, height.stride) <= 3;
        guard = width.span;
        pitch = Math.max(outW, (w + width.padBegin) / width.stride + 1) + guard;
        shares = slices * dyRows * w + guard;
        sum = shares + dyRows * pitch;
        run(workers, geometry.planes(), Math.max(xPlane, yPlane));
    }

    @Override
    void forget() {
        x = null;
        y = null;
        dy = null;
        dx = null;
    }

    @Override
    void prepare(int worker) {
        Arrays.fill(scratch(worker, sum + w), shares - guard, sum, 0f);
    }

    @Override
    void plane(int plane, int worker) {
        float[] scratch = scratch(worker, sum + w);
        int[] rows = ints(worker, slices * dyRows);
        int dyIndex = dyOffset + plane * yPlane;
        int row = plane * xPlane;
        for (int id = 0; id < depth.input; id++) {
            int firstD = depth.firstOutput[id];
            int endD = depth.endOutput[id];
            for (int ih = 0; ih < height.input; ih += stripRows) {
                int end = Math.min(ih + stripRows, height.input);
                int first = height.firstOutput[ih];
                int count = Math.max(0, height.endOutput[end - 1] - first);
                for (int od = firstD; od < endD; od++) {
                    if (depth.covers(od, id)) {
                        share(dyIndex + (od * height.output + first) * outW, od, first, count, scratch);
                        spread(scratch, (od - firstD) * dyRows * w, count);
                    }
                }
                if (isFlat && !accumulate) {
                    int to = dxOffset + row;
                    gather(scratch, height.firstOutput, height.endOutput, ih, end, dx, to, w);
                    if (x != null) {
                        multiply(x, xOffset + row, dx, to, false, dx, to, (end - ih) * w);
                    }
                    row += (end - ih) * w;
                    continue;
                }
                for (int to = ih; to < end; to++, row += w) {
                    int covering = 0;
                    for (int od = firstD; od < endD; od++) {
                        for (int oh = height.firstOutput[to]; oh < height.endOutput[to]; oh++) {
                            if (depth.covers(od, id) && height.covers(oh, to)) {
                                rows[covering++] = ((od - firstD) * dyRows + oh - first) * w;
                            }
                        }
                    }
                    finish(scratch, rows, covering, row);
                }
            }
        }
    }

    /** Rows of dx that are the sum of up to three rows of a strip that follow each other. */
    private static void gather(float[] strip, int[] first, int[] end, int from, int to, float[] dx, int dxOffset,
            int w) {
        int start = first[from];
        for (int row = from; row < to; row++) {
            int a = (first[row] - start) * w;
            int at = dxOffset + (row - from) * w;
            switch (end[row] - first[row]) {
                case 1 -> copy(strip, a, dx, at, w);
                case 2 -> RowSums.add(strip, a, 0, strip, a + w, a, 0, false, dx, at, 0, w, 1);
                case 3 -> RowSums.add(strip, a, 0, strip, a + w, a + 2 * w, 0, true, dx, at, 0, w, 1);
                default -> Arrays.fill(dx, at, at + w, 0f);
            }
        }
    }

    // A row is short: System.arraycopy would cost more in finding out how to copy it.
    private static void copy(float[] a, int aOffset, float[] b, int bOffset, int n) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, a, aOffset + i).intoArray(b, bOffset + i);
        }
        for (int i = main; i < n; i++) {
            b[bOffset + i] = a[aOffset + i];
        }
    }

    /** What the windows of some rows give to each of their elements. */
    private void share(int dyIndex, int od, int oh, int count, float[] scratch) {
        if (y == null) {
            multiply(dy, dyIndex, weights, (od * height.output + oh) * outW, scratch, shares, pitch, outW, count);
        } else {
            divide(dy, dyIndex, y, dyIndex + toY, scratch, shares, pitch, outW, count);
        }
    }

    /** Gives the shares of some rows to the elements of their windows along the width. */
    private void spread(float[] scratch, int to, int count) {
        int kernel = width.kernel;
        int stride = width.stride;
        int step = width.dilation;
        if (stride == 2 && step == 1 && (kernel == 2 || kernel == 3)) {
            spreadPairs(scratch, kernel == 3, to, count);
        } else if (stride == 1 && (kernel == 2 || kernel == 3)) {
            int first = shares + width.padBegin;
            RowSums.add(scratch, first, pitch, scratch, first - step, first - 2 * step, pitch, kernel == 3, scratch, to,
                    w, w, count);
        } else {
            Arrays.fill(scratch, to, to + count * w, 0f);
            for (int row = 0; row < count; row++) {
                for (int o = 0; o < outW; o++) {
                    float share = scratch[shares + row * pitch + o];
                    int start = to + row * w + width.start(o);
                    for (int k = width.firstTap[o]; k < width.endTap[o]; k++) {
                        scratch[start + k * step] += share;
                    }
                }
            }
        }
    }

    /** With a stride of 2, an even and an odd element at a time; the first odd one may stand alone, and the last even. */
    private void spreadPairs(float[] scratch, boolean overlap, int to, int count) {
        int from = shares + Math.ceilDiv(width.padBegin, 2);
        int alone = width.padBegin % 2;
        int pairs = (w - alone) / 2;
        for (int row = 0; row < count; row++) {
            if (alone == 1) {
                scratch[to + row * w] = scratch[from - 1 + row * pitch];
            }
            if (alone + 2 * pairs < w) {
                int last = from + pairs + row * pitch;
                scratch[to + row * w + w - 1] = overlap ? scratch[last] + scratch[last - 1] : scratch[last];
            }
        }
        zip(scratch, from, pitch, overlap, to + alone, w, pairs, count);
    }

    /** Adds rows of the strip up to a row of dx; where the gradient is that of a norm, times x. */
    private void finish(float[] scratch, int[] rows, int count, int row) {
        int to = dxOffset + row;
        if (count == 0) {
            if (!accumulate) {
                Arrays.fill(dx, to, to + w, 0f);
            }
            return;
        }
        boolean direct = x == null && !accumulate;
        int from = rows[0];
        if (count > 1) {
            float[] target = direct ? dx : scratch;
            from = direct ? to : sum;
            RowSums.add(scratch, rows[0], 0, scratch, rows[1], rows[Math.min(2, count - 1)], 0, count > 2, target, from,
                    0, w, 1);
            for (int i = 3; i < count; i += 2) {
                RowSums.add(target, from, 0, scratch, rows[i], rows[Math.min(i + 1, count - 1)], 0, i + 1 < count,
                        target, from, 0, w, 1);
            }
        }
        if (x != null) {
            multiply(x, xOffset + row, scratch, from, accumulate, dx, to, w);
        } else if (accumulate) {
            RowSums.add(dx, to, 0, scratch, from, from, 0, false, dx, to, 0, w, 1);
        } else if (count == 1) {
            System.arraycopy(scratch, from, dx, to, w);
        }
    }

    /** In each row share[i] ← dy[i] · weights[i]. */
    private static void multiply(float[] dy, int dyOffset, float[] weights, int weightsOffset, float[] share,
            int shareOffset, int shareNext, int n, int rows) {
        int main = FLOATS.loopBound(n);
        for (int row = 0; row < rows; row++) {
            int at = row * n;
            int to = shareOffset + row * shareNext;
            for (int i = 0; i < main; i += LANES) {
                multiply(dy, dyOffset + at + i, weights, weightsOffset + at + i, share, to + i);
            }
            if (main < n && main > 0) {
                int i = n - LANES;
                multiply(dy, dyOffset + at + i, weights, weightsOffset + at + i, share, to + i);
            } else {
                for (int i = main; i < n; i++) {
                    share[to + i] = dy[dyOffset + at + i] * weights[weightsOffset + at + i];
                }
            }
        }
    }

    private static void multiply(float[] a, int aIndex, float[] b, int bIndex, float[] product, int to) {
        FloatVector.fromArray(FLOATS, a, aIndex).mul(FloatVector.fromArray(FLOATS, b, bIndex)).intoArray(product, to);
    }

    private static void divide(float[] dy, int dyIndex, float[] y, int yIndex, float[] share, int shareIndex) {
        FloatVector norm = FloatVector.fromArray(FLOATS, y, yIndex);
        FloatVector.fromArray(FLOATS, dy, dyIndex).div(norm).blend(0f, norm.eq(0f)).intoArray(share, shareIndex);
    }

    /** In each row share[i] ← dy[i] / y[i], 0 where y is 0. */
    private static void divide(float[] dy, int dyOffset, float[] y, int yOffset, float[] share, int shareOffset,
            int shareNext, int n, int rows) {
        int main = FLOATS.loopBound(n);
        for (int row = 0; row < rows; row++) {
            int at = row * n;
            int to = shareOffset + row * shareNext;
            for (int i = 0; i < main; i += LANES) {
                divide(dy, dyOffset + at + i, y, yOffset + at + i, share, to + i);
            }
            if (main < n && main > 0) {
                int i = n - LANES;
                divide(dy, dyOffset + at + i, y, yOffset + at + i, share, to + i);
            } else {
                for (int i = main; i < n; i++) {
                    float norm = y[yOffset + at + i];
                    share[to + i] = norm == 0 ? 0 : dy[dyOffset + at + i] / norm;
                }
            }
        }
    }

    /** In each row a[to + 2i] ← a[from + i], plus a[from + i - 1] if windows overlap, and a[to + 2i + 1] ← a[from + i]. */
    private static void zip(float[] a, int from, int fromNext, boolean overlap, int to, int toNext, int n, int rows) {
        int main = FLOATS.loopBound(n);
        for (int row = 0; row < rows; row++) {
            int fromRow = from + row * fromNext;
            int toRow = to + row * toNext;
            for (int i = 0; i < main; i += LANES) {
                zip(a, fromRow + i, overlap, toRow + 2 * i);
            }
            if (main < n && main > 0) {
                zip(a, fromRow + n - LANES, overlap, toRow + 2 * (n - LANES));
            } else {
                for (int i = main; i < n; i++) {
                    float odd = a[fromRow + i];
                    a[toRow + 2 * i] = overlap ? odd + a[fromRow + i - 1] : odd;
                    a[toRow + 2 * i + 1] = odd;
                }
            }
        }
    }

    private static void zip(float[] a, int from, boolean overlap, int to) {
        FloatVector share = FloatVector.fromArray(FLOATS, a, from);
        FloatVector odd = share.rearrange(APART);
        FloatVector even = overlap ? share.add(FloatVector.fromArray(FLOATS, a, from - 1)).rearrange(APART) : odd;
        even.blend(odd.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(), ODD)
                .intoArray(a, to);
        even.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(odd, ODD)
                .intoArray(a, to + LANES);
    }

    /** dx ← x · sum, or dx plus that. */
    private static void multiply(float[] x, int xOffset, float[] sum, int sumOffset, boolean accumulate, float[] dx,
            int dxOffset, int n) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector d = FloatVector.fromArray(FLOATS, x, xOffset + i)
                    .mul(FloatVector.fromArray(FLOATS, sum, sumOffset + i));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float d = x[xOffset + i] * sum[sumOffset + i];
            dx[dxOffset + i] = accumulate ? d + dx[dxOffset + i] : d;
        }
    }
}
