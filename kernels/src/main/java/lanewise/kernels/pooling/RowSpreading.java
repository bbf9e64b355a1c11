package lanewise.kernels.pooling;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;

/**
 * The gradient of means and of L2 norms, the adjoint of {@link RowPooling}: what a row of dy gives to each element of its
 * windows is spread along the width into a row of a ring, and a row of dx is the sum of the rows of the ring whose windows
 * cover it. An element of dx is computed in one go, so nothing is filled with zeros first, and the order of the additions
 * depends on nothing but the shape.
 */
final class RowSpreading extends PlaneJob {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final VectorShuffle<Float> LOWER = Stride2.twiceLower(FLOATS);
    private static final VectorShuffle<Float> UPPER = Stride2.twiceUpper(FLOATS);

    private final Axis depth = new Axis();
    private final Axis height = new Axis();
    private final Axis width = new Axis();
    private int w;
    private int outW;
    private int xPlane;
    private int yPlane;
    private boolean accumulate;
    // The operands of a norm; null for a mean.
    private float[] x;
    private int xOffset;
    private float[] y;
    private int toY;
    private float[] dy;
    private int dyOffset;
    private float[] dx;
    private int dxOffset;
    // Rows and slices of dy whose windows may cover the same row of dx.
    private int ringRows;
    private int ringSlices;
    // A row of shares of dy with zeros around it, where it lies in the scratch memory, and a row of sums after it.
    private int guard;
    private int shares;
    private int sum;
    private int scratchLength;

    void means(Workers workers, PoolingGeometry geometry, boolean includePad, float[] dy, int dyOffset,
            float[] dx, int dxOffset, boolean add) {
        run(workers, geometry, includePad, dy, dyOffset, dx, dxOffset, add);
    }

    void norms(Workers workers, PoolingGeometry geometry, float[] x, int xOffset, float[] y, int yOffset,
            float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
        this.x = x;
        this.xOffset = xOffset;
        this.y = y;
        toY = yOffset - dyOffset;
        run(workers, geometry, false, dy, dyOffset, dx, dxOffset, add);
    }

    private void run(Workers workers, PoolingGeometry geometry, boolean includePad, float[] dy, int dyOffset,
            float[] dx, int dxOffset, boolean add) {
        depth.ofOutputsAndElements(geometry.depth(), includePad);
        height.ofOutputsAndElements(geometry.height(), includePad);
        width.ofOutputs(geometry.width(), includePad);
        w = width.input;
        outW = width.output;
        xPlane = geometry.planeLength();
        yPlane = geometry.outputPlaneLength();
        accumulate = add;
        this.dy = dy;
        this.dyOffset = dyOffset;
        this.dx = dx;
        this.dxOffset = dxOffset;
        ringRows = windows(geometry.height());
        ringSlices = windows(geometry.depth());
        guard = geometry.width().span();
        shares = ringRows * ringSlices * w + guard;
        sum = shares + Math.max(outW, (w + width.padBegin) / width.stride + 1) + guard;
        scratchLength = sum + w;
        run(workers, geometry.planes(), Math.max(xPlane, yPlane));
    }

    /** The greatest number of windows, one after the other, that reach one element; rounded up to a power of two. */
    private static int windows(Window window) {
        return powerOfTwo(Math.min(window.output(), (window.span() - 1) / window.stride() + 1));
    }

    /** The least power of two that is not less. */
    private static int powerOfTwo(int n) {
        return n == 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
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
        Arrays.fill(scratch(worker, scratchLength), shares - guard, sum, 0f);
    }

    @Override
    void plane(int plane, int worker) {
        float[] scratch = scratch(worker, scratchLength);
        int[] rows = ints(worker, ringRows * ringSlices);
        int dyIndex = dyOffset + plane * yPlane;
        int row = plane * xPlane;
        for (int id = 0; id < depth.input; id++) {
            int ready = 0;
            for (int ih = 0; ih < height.input; ih++, row += w) {
                int firstH = height.firstOutput[ih];
                int endH = height.endOutput[ih];
                for (int oh = Math.max(ready, firstH); oh < endH; oh++) {
                    for (int od = depth.firstOutput[id]; od < depth.endOutput[id]; od++) {
                        share(dyIndex + (od * height.output + oh) * outW, od, oh, scratch);
                        spread(scratch, slot(od, oh));
                    }
                }
                ready = Math.max(ready, endH);
                int count = 0;
                for (int od = depth.firstOutput[id]; od < depth.endOutput[id]; od++) {
                    for (int oh = firstH; oh < endH; oh++) {
                        if (depth.covers(od, id) && height.covers(oh, ih)) {
                            rows[count++] = slot(od, oh);
                        }
                    }
                }
                finish(scratch, rows, count, row);
            }
        }
    }

    private int slot(int od, int oh) {
        return ((od & ringSlices - 1) * ringRows + (oh & ringRows - 1)) * w;
    }

    /** What each window of a row gives to its elements. */
    private void share(int dyIndex, int od, int oh, float[] scratch) {
        if (y == null) {
            divide(dy, dyIndex, depth.count[od] * height.count[oh], width.count, scratch, shares, outW);
        } else {
            divide(dy, dyIndex, y, dyIndex + toY, scratch, shares, outW);
        }
    }

    /** Gives the shares of a row to the elements of its windows along the width. */
    private void spread(float[] scratch, int to) {
        int kernel = width.kernel;
        int stride = width.stride;
        int step = width.dilation;
        if (stride == 2 && step == 1 && (kernel == 2 || kernel == 3)) {
            // The first window that starts at an element of dx, or before the first by one.
            int output = width.padBegin / 2;
            int at = 2 * output - width.padBegin;
            if (at < 0) {
                scratch[to] = scratch[shares + output];
                output++;
                at += 2;
            }
            int pairs = (w - at) / 2;
            zip(scratch, shares + output, kernel == 3, to + at, pairs);
            if (at + 2 * pairs < w) {
                float last = scratch[shares + output + pairs];
                scratch[to + w - 1] = kernel == 3 ? last + scratch[shares + output + pairs - 1] : last;
            }
        } else if (stride == 1 && (kernel == 2 || kernel == 3)) {
            int first = shares + width.padBegin;
            RowSums.add(scratch, first, 0, scratch, first - step, first - 2 * step, 0, kernel == 3, scratch, to, 0, w,
                    1);
        } else {
            Arrays.fill(scratch, to, to + w, 0f);
            for (int o = 0; o < outW; o++) {
                int start = to + o * stride - width.padBegin;
                int end = width.endTap[o];
                for (int k = width.firstTap[o]; k < end; k++) {
                    scratch[start + k * step] += scratch[shares + o];
                }
            }
        }
    }

    /** Adds rows of the ring up to a row of dx; where the norm is of x, times x. */
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

    /** scratch[shares + i] ← dy[i] / (across · counts[i]). */
    private static void divide(float[] dy, int dyOffset, float across, float[] counts, float[] scratch, int shares,
            int n) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, dy, dyOffset + i)
                    .div(FloatVector.fromArray(FLOATS, counts, i).mul(across))
                    .intoArray(scratch, shares + i);
        }
        for (int i = main; i < n; i++) {
            scratch[shares + i] = dy[dyOffset + i] / (across * counts[i]);
        }
    }

    /** scratch[shares + i] ← dy[i] / y[i], 0 where y is 0. */
    private static void divide(float[] dy, int dyOffset, float[] y, int yOffset, float[] scratch, int shares, int n) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector norm = FloatVector.fromArray(FLOATS, y, yOffset + i);
            FloatVector.fromArray(FLOATS, dy, dyOffset + i).div(norm).blend(0f, norm.eq(0f)).intoArray(scratch,
                    shares + i);
        }
        for (int i = main; i < n; i++) {
            float norm = y[yOffset + i];
            scratch[shares + i] = norm == 0 ? 0 : dy[dyOffset + i] / norm;
        }
    }

    /** a[to + 2i] ← a[from + i], plus a[from + i - 1] if windows overlap; a[to + 2i + 1] ← a[from + i]. */
    private static void zip(float[] a, int from, boolean overlap, int to, int n) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector odd = FloatVector.fromArray(FLOATS, a, from + i);
            FloatVector even = overlap ? odd.add(FloatVector.fromArray(FLOATS, a, from + i - 1)) : odd;
            even.rearrange(LOWER).blend(odd.rearrange(LOWER), Stride2.ODD).intoArray(a, to + 2 * i);
            even.rearrange(UPPER).blend(odd.rearrange(UPPER), Stride2.ODD).intoArray(a, to + 2 * i + LANES);
        }
        for (int i = main; i < n; i++) {
            float odd = a[from + i];
            a[to + 2 * i] = overlap ? odd + a[from + i - 1] : odd;
            a[to + 2 * i + 1] = odd;
        }
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
