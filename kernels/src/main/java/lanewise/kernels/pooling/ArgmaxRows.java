package lanewise.kernels.pooling;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;

/**
 * The greatest element of each window and its place in the plane. The first of equal elements, and the first NaN, is kept:
 * what was found is replaced unless it is at least as great as the next element or is itself NaN. For that elements must
 * come in their order, so rows are pooled along the width first, all those that a strip of y sees, and combined then.
 */
final class ArgmaxRows extends PlaneJob {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, Lanes.FLOATS.vectorShape());
    private static final int LANES = Lanes.LANES;
    private static final VectorMask<Float> ODD = Stride2.ODD;
    private static final VectorShuffle<Float> IN_ORDER = Stride2.inOrder(FLOATS);
    private static final VectorShuffle<Integer> PLACES_IN_ORDER = Stride2.inOrder(INTS);
    // Twice the number of the output that a lane holds before the shuffle puts them in order.
    private static final int[] TWICE_OUTPUT = new int[LANES];

    static {
        for (int lane = 0; lane < LANES; lane++) {
            TWICE_OUTPUT[lane] = lane % 2 == 0 ? lane : LANES + lane - 1;
        }
    }

    // Elements of a strip, and as many places. As few as in RowPooling, for its reason.
    private static final int STRIP = 1024;

    private Axis depth;
    private Axis height;
    private Axis width;
    private int w;
    private int outW;
    private float[] x;
    private int xOffset;
    private int xPlane;
    private float[] y;
    private int yOffset;
    private int yPlane;
    private int[] argmax;
    private int argmaxOffset;
    // Rows of y in a strip, and rows of x that they see.
    private int stripRows;
    private int seenRows;
    private int[][] places = new int[0][];

    void run(Workers workers, PoolingGeometry geometry, float[] x, int xOffset, float[] y, int yOffset, int[] argmax,
            int argmaxOffset) {
        Tables tables = geometry.tables();
        depth = tables.depth;
        height = tables.height;
        width = tables.width;
        w = width.input;
        outW = width.output;
        xPlane = tables.xPlane;
        yPlane = tables.yPlane;
        stripRows = Math.clamp((STRIP / (depth.kernel * outW) - height.span) / height.stride + 1, 1, height.output);
        seenRows = Math.min(height.input, (stripRows - 1) * height.stride + height.span);
        this.x = x;
        this.xOffset = xOffset;
        this.y = y;
        this.yOffset = yOffset;
        this.argmax = argmax;
        this.argmaxOffset = argmaxOffset;
        if (places.length < workers.threads()) {
            places = new int[workers.threads()][0];
        }
        run(workers, geometry.planes(), Math.max(xPlane, yPlane));
    }

    @Override
    void forget() {
        x = null;
        y = null;
        argmax = null;
    }

    @Override
    void plane(int plane, int worker) {
        int slice = seenRows * outW;
        // Two vectors more: rows shorter than one are stored as whole ones, what is too much before the next row comes, and the
        // last of them where no other follows; and they are combined in the second.
        float[] strip = scratch(worker, depth.kernel * slice + 2 * LANES);
        int[] stripPlaces = places(worker, depth.kernel * slice + 2 * LANES);
        int[] seen = ints(worker, depth.kernel * height.kernel);
        int to = plane * yPlane;
        for (int od = 0; od < depth.output; od++) {
            for (int oh = 0; oh < height.output; oh += stripRows) {
                int end = Math.min(oh + stripRows, height.output);
                int first = Math.clamp(height.start(oh), 0, height.input);
                int rows = Math.clamp(height.start(end - 1) + (height.kernel - 1) * height.dilation + 1, first,
                        height.input) - first;
                for (int kd = depth.firstTap[od]; kd < depth.endTap[od]; kd++) {
                    int at = ((depth.start(od) + kd * depth.dilation) * height.input + first) * w;
                    poolRows(xOffset + plane * xPlane + at, at, rows, strip, stripPlaces, kd * slice);
                }
                for (int row = oh; row < end; row++, to += outW) {
                    int count = 0;
                    for (int kd = depth.firstTap[od]; kd < depth.endTap[od]; kd++) {
                        for (int kh = height.firstTap[row]; kh < height.endTap[row]; kh++) {
                            seen[count++] = kd * slice
                                    + (height.start(row) + kh * height.dilation - first) * outW;
                        }
                    }
                    combineRows(strip, stripPlaces, seen, count, depth.kernel * slice + LANES, yOffset + to,
                            argmaxOffset + to);
                }
            }
        }
    }

    /** Pools rows of x along the width into rows of a strip. */
    private void poolRows(int xIndex, int place, int rows, float[] strip, int[] stripPlaces, int to) {
        int inside = width.interiorEnd - width.interior;
        int first = width.start(width.interior);
        int taps = Math.min(width.kernel, 3);
        if (inside > 0 && width.kernel > 1 && width.stride == 2 && width.dilation == 1) {
            halve(x, xIndex + first, place + first, w, taps == 3, strip, stripPlaces, to + width.interior, outW, inside,
                    rows);
        } else if (inside > 0 && width.kernel > 1 && width.stride == 1) {
            for (int row = 0; row < rows; row++) {
                slide(x, xIndex + row * w + first, place + row * w + first, width.dilation, taps == 3, strip,
                        stripPlaces, to + row * outW + width.interior, inside);
            }
        } else {
            taps = 0;
        }
        for (int row = 0; row < rows; row++) {
            int at = xIndex + row * w;
            int rowPlace = place + row * w;
            int rowTo = to + row * outW;
            search(at, rowPlace, strip, stripPlaces, rowTo, 0, width.interior, 0);
            if (taps < width.kernel) {
                search(at, rowPlace, strip, stripPlaces, rowTo, width.interior, width.interiorEnd, taps);
            }
            search(at, rowPlace, strip, stripPlaces, rowTo, width.interiorEnd, outW, 0);
        }
    }

    /** Goes on where the first elements of each window have been searched. */
    private void search(int xIndex, int row, float[] strip, int[] stripPlaces, int to, int from, int end, int taps) {
        for (int o = from; o < end; o++) {
            int start = width.start(o);
            int endTap = width.endTap[o];
            float max = taps == 0 ? Float.NEGATIVE_INFINITY : strip[to + o];
            int place = taps == 0 ? -1 : stripPlaces[to + o];
            for (int k = Math.max(taps, width.firstTap[o]); k < endTap; k++) {
                int at = start + k * width.dilation;
                float next = x[xIndex + at];
                if (place < 0 || replaces(next, max)) {
                    max = next;
                    place = row + at;
                }
            }
            strip[to + o] = max;
            stripPlaces[to + o] = place;
        }
    }

    /** Combines rows of a strip into a row of y; a row shorter than a vector at a free place of the strip first. */
    private void combineRows(float[] strip, int[] stripPlaces, int[] seen, int count, int free, int yIndex,
            int place) {
        if (count == 0) {
            Arrays.fill(y, yIndex, yIndex + outW, Float.NEGATIVE_INFINITY);
            Arrays.fill(argmax, place, place + outW, -1);
        } else if (count == 1) {
            copyRow(strip, stripPlaces, seen[0], yIndex, place);
        } else if (outW < LANES) {
            combineRows(strip, stripPlaces, seen, count, strip, free, stripPlaces, free, LANES);
            copyRow(strip, stripPlaces, free, yIndex, place);
        } else {
            combineRows(strip, stripPlaces, seen, count, y, yIndex, argmax, place, outW);
        }
    }

    private static void combineRows(float[] strip, int[] stripPlaces, int[] seen, int count, float[] y, int yIndex,
            int[] argmax, int place, int n) {
        combine(strip, seen[0], stripPlaces, seen[0], strip, stripPlaces, seen[1], seen[Math.min(2, count - 1)],
                count > 2, y, yIndex, argmax, place, n);
        for (int i = 3; i < count; i += 2) {
            combine(y, yIndex, argmax, place, strip, stripPlaces, seen[i], seen[Math.min(i + 1, count - 1)],
                    i + 1 < count, y, yIndex, argmax, place, n);
        }
    }

    private void copyRow(float[] strip, int[] stripPlaces, int from, int yIndex, int place) {
        System.arraycopy(strip, from, y, yIndex, outW);
        System.arraycopy(stripPlaces, from, argmax, place, outW);
    }

    private int[] places(int worker, int length) {
        return places[worker].length >= length ? places[worker] : (places[worker] = new int[length]);
    }

    static boolean replaces(float next, float max) {
        return !(max >= next) && !Float.isNaN(max);
    }

    /** The greater of rows a and b, or of a, b and c where c lies in the same arrays as b; and its place. n is at least LANES. */
    private static void combine(float[] a, int aOffset, int[] aPlaces, int aPlacesOffset, float[] b, int[] bPlaces,
            int bOffset, int cOffset, boolean three, float[] y, int yOffset, int[] yPlaces, int yPlacesOffset, int n) {
        int last = n - LANES;
        for (int i = 0;; i = Math.min(i + LANES, last)) {
            FloatVector max = FloatVector.fromArray(FLOATS, a, aOffset + i);
            IntVector place = IntVector.fromArray(INTS, aPlaces, aPlacesOffset + i);
            FloatVector next = FloatVector.fromArray(FLOATS, b, bOffset + i);
            VectorMask<Float> keep = max.compare(VectorOperators.GE, next).or(max.compare(VectorOperators.NE, max));
            max = next.blend(max, keep);
            place = IntVector.fromArray(INTS, bPlaces, bOffset + i).blend(place, keep.cast(INTS));
            if (three) {
                next = FloatVector.fromArray(FLOATS, b, cOffset + i);
                keep = max.compare(VectorOperators.GE, next).or(max.compare(VectorOperators.NE, max));
                max = next.blend(max, keep);
                place = IntVector.fromArray(INTS, bPlaces, cOffset + i).blend(place, keep.cast(INTS));
            }
            max.intoArray(y, yOffset + i);
            place.intoArray(yPlaces, yPlacesOffset + i);
            if (i >= last) {
                return;
            }
        }
    }

    /** The greatest of x[i], x[i + step], and x[i + 2 step] if there are three; and its place. */
    private static void slide(float[] x, int xOffset, int place, int step, boolean three, float[] y, int[] places,
            int yOffset, int n) {
        int last = Math.max(0, n - LANES);
        if (n < LANES && xOffset + 2 * step + LANES > x.length) {
            for (int i = 0; i < n; i++) {
                first(x, xOffset + i, place + i, step, three ? 3 : 2, y, places, yOffset + i);
            }
            return;
        }
        for (int i = 0;; i = Math.min(i + LANES, last)) {
            FloatVector max = FloatVector.fromArray(FLOATS, x, xOffset + i);
            IntVector at = IntVector.broadcast(INTS, place + i).addIndex(1);
            FloatVector next = FloatVector.fromArray(FLOATS, x, xOffset + step + i);
            VectorMask<Float> keep = max.compare(VectorOperators.GE, next).or(max.compare(VectorOperators.NE, max));
            max = next.blend(max, keep);
            IntVector found = at.add(step).blend(at, keep.cast(INTS));
            if (three) {
                next = FloatVector.fromArray(FLOATS, x, xOffset + 2 * step + i);
                keep = max.compare(VectorOperators.GE, next).or(max.compare(VectorOperators.NE, max));
                max = next.blend(max, keep);
                found = at.add(2 * step).blend(found, keep.cast(INTS));
            }
            max.intoArray(y, yOffset + i);
            found.intoArray(places, yOffset + i);
            if (i >= last) {
                return;
            }
        }
    }

    /** In each row the greatest of x[2i], x[2i + 1], and x[2i + 2] if there are three; and its place. */
    private static void halve(float[] x, int xOffset, int place, int w, boolean three, float[] y, int[] places,
            int yOffset, int outW, int n, int rows) {
        int last = Math.max(0, n - LANES);
        for (int row = 0; row < rows; row++) {
            int xRow = xOffset + row * w;
            int yRow = yOffset + row * outW;
            int rowPlace = place + row * w;
            if (n < LANES && xRow + 2 * LANES + 1 > x.length) {
                for (int i = 0; i < n; i++) {
                    first(x, xRow + 2 * i, rowPlace + 2 * i, 1, three ? 3 : 2, y, places, yRow + i);
                }
                continue;
            }
            for (int i = 0;; i = Math.min(i + LANES, last)) {
                int from = xRow + 2 * i;
                FloatVector low = FloatVector.fromArray(FLOATS, x, from);
                FloatVector high = FloatVector.fromArray(FLOATS, x, from + LANES);
                FloatVector max = low.blend(
                        high.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(), ODD);
                FloatVector next = low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats()
                        .blend(high, ODD);
                IntVector at = IntVector.fromArray(INTS, TWICE_OUTPUT, 0).add(rowPlace + 2 * i);
                VectorMask<Float> keep = max.compare(VectorOperators.GE, next)
                        .or(max.compare(VectorOperators.NE, max));
                max = next.blend(max, keep);
                IntVector found = at.add(1).blend(at, keep.cast(INTS));
                if (three) {
                    low = FloatVector.fromArray(FLOATS, x, from + 1);
                    high = FloatVector.fromArray(FLOATS, x, from + 1 + LANES);
                    next = low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats()
                            .blend(high, ODD);
                    keep = max.compare(VectorOperators.GE, next).or(max.compare(VectorOperators.NE, max));
                    max = next.blend(max, keep);
                    found = at.add(2).blend(found, keep.cast(INTS));
                }
                max.rearrange(IN_ORDER).intoArray(y, yRow + i);
                found.rearrange(PLACES_IN_ORDER).intoArray(places, yRow + i);
                if (i >= last) {
                    break;
                }
            }
        }
    }

    /** The first greatest of some elements. */
    private static void first(float[] x, int from, int place, int step, int count, float[] y, int[] places, int to) {
        int best = 0;
        for (int k = 1; k < count; k++) {
            if (replaces(x[from + k * step], x[from + best * step])) {
                best = k;
            }
        }
        y[to] = x[from + best * step];
        places[to] = place + best * step;
    }
}
