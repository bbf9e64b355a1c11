package lanewise.kernels.pooling;

import static lanewise.kernels.pooling.Taps.endTap;
import static lanewise.kernels.pooling.Taps.firstTap;

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
 * what was found is replaced unless it is at least as great as the next element or is itself NaN.
 */
final class ArgmaxRows extends RowPooling {

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

    private int[] argmax;
    // From an index into y to one into argmax.
    private int toArgmax;
    private int[][] places = new int[0][];

    void run(Workers workers, PoolingGeometry poolingGeometry, float[] x, int xOffset, float[] y, int yOffset,
            int[] argmaxes, int argmaxOffset) {
        argmax = argmaxes;
        toArgmax = argmaxOffset - yOffset;
        if (places.length < workers.threads()) {
            places = new int[workers.threads()][0];
        }
        run(workers, poolingGeometry, x, xOffset, y, yOffset);
    }

    @Override
    void forget() {
        super.forget();
        argmax = null;
    }

    @Override
    void poolRow(int xIndex, int row, float[] ring, int to, int worker) {
        int[] ringPlaces = places(worker);
        edge(xIndex, row, ring, ringPlaces, to, 0, interior);
        int first = interior * width.stride() - width.padBegin();
        interior(xIndex + first, row + first, ring, ringPlaces, to + interior, interiorEnd - interior);
        edge(xIndex, row, ring, ringPlaces, to, interiorEnd, outW);
    }

    @Override
    void combineRows(float[] ring, int[] rows, int count, int yIndex, int worker) {
        int[] ringPlaces = places(worker);
        int place = yIndex + toArgmax;
        switch (count) {
            case 0 -> {
                Arrays.fill(y, yIndex, yIndex + outW, Float.NEGATIVE_INFINITY);
                Arrays.fill(argmax, place, place + outW, -1);
            }
            case 1 -> {
                System.arraycopy(ring, rows[0], y, yIndex, outW);
                System.arraycopy(ringPlaces, rows[0], argmax, place, outW);
            }
            default -> {
                combine(ring, rows[0], ringPlaces, rows[0], ring, ringPlaces, rows[1], rows[Math.min(2, count - 1)],
                        count > 2, y, yIndex, argmax, place, outW);
                for (int i = 3; i < count; i += 2) {
                    combine(y, yIndex, argmax, place, ring, ringPlaces, rows[i], rows[Math.min(i + 1, count - 1)],
                            i + 1 < count, y, yIndex, argmax, place, outW);
                }
            }
        }
    }

    private int[] places(int worker) {
        int length = ringLength();
        return places[worker].length >= length ? places[worker] : (places[worker] = new int[length]);
    }

    /** Outputs whose windows may reach into padding. */
    private void edge(int xIndex, int row, float[] ring, int[] ringPlaces, int to, int from, int end) {
        for (int o = from; o < end; o++) {
            int start = o * width.stride() - width.padBegin();
            int endTap = endTap(width, o);
            float max = Float.NEGATIVE_INFINITY;
            int place = -1;
            for (int k = firstTap(width, o); k < endTap; k++) {
                int at = start + k * width.dilation();
                float next = x[xIndex + at];
                if (place < 0 || replaces(next, max)) {
                    max = next;
                    place = row + at;
                }
            }
            ring[to + o] = max;
            ringPlaces[to + o] = place;
        }
    }

    /** Outputs whose windows lie within x, from its element {@code at}, which is number {@code place} of the plane. */
    private void interior(int at, int place, float[] ring, int[] ringPlaces, int to, int n) {
        int kernel = width.kernel();
        int stride = width.stride();
        int step = width.dilation();
        int done;
        if (n == 0) {
            return;
        }
        if (stride == 1 && kernel > 1) {
            done = Math.min(kernel, 3);
            slide(x, at, place, step, done == 3, ring, ringPlaces, to, n);
        } else if (stride == 2 && step == 1 && kernel > 1) {
            done = Math.min(kernel, 3);
            halve(x, at, place, done == 3, ring, ringPlaces, to, n);
        } else {
            done = 1;
            for (int i = 0; i < n; i++) {
                ring[to + i] = x[at + i * stride];
                ringPlaces[to + i] = place + i * stride;
            }
        }
        for (int k = done; k < kernel; k++) {
            for (int i = 0; i < n; i++) {
                float next = x[at + i * stride + k * step];
                if (replaces(next, ring[to + i])) {
                    ring[to + i] = next;
                    ringPlaces[to + i] = place + i * stride + k * step;
                }
            }
        }
    }

    static boolean replaces(float next, float max) {
        return !(max >= next) && !Float.isNaN(max);
    }

    /** The greater of rows a and b, or of a, b and c where c lies in the same arrays as b; and its place. */
    private static void combine(float[] a, int aOffset, int[] aPlaces, int aPlacesOffset, float[] b, int[] bPlaces,
            int bOffset, int cOffset, boolean three, float[] y, int yOffset, int[] yPlaces, int yPlacesOffset, int n) {
        int last = n - LANES;
        if (last < 0) {
            for (int i = 0; i < n; i++) {
                float max = a[aOffset + i];
                int place = aPlaces[aPlacesOffset + i];
                if (replaces(b[bOffset + i], max)) {
                    max = b[bOffset + i];
                    place = bPlaces[bOffset + i];
                }
                if (three && replaces(b[cOffset + i], max)) {
                    max = b[cOffset + i];
                    place = bPlaces[cOffset + i];
                }
                y[yOffset + i] = max;
                yPlaces[yPlacesOffset + i] = place;
            }
            return;
        }
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
        int last = n - LANES;
        if (last < 0) {
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

    /** The greatest of x[2i], x[2i + 1], and x[2i + 2] if there are three; and its place. */
    private static void halve(float[] x, int xOffset, int place, boolean three, float[] y, int[] places, int yOffset,
            int n) {
        int last = n - LANES;
        if (last < 0) {
            for (int i = 0; i < n; i++) {
                first(x, xOffset + 2 * i, place + 2 * i, 1, three ? 3 : 2, y, places, yOffset + i);
            }
            return;
        }
        for (int i = 0;; i = Math.min(i + LANES, last)) {
            int from = xOffset + 2 * i;
            FloatVector low = FloatVector.fromArray(FLOATS, x, from);
            FloatVector high = FloatVector.fromArray(FLOATS, x, from + LANES);
            FloatVector max = low.blend(
                    high.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(), ODD);
            FloatVector next = low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats()
                    .blend(high, ODD);
            IntVector at = IntVector.fromArray(INTS, TWICE_OUTPUT, 0).add(place + 2 * i);
            VectorMask<Float> keep = max.compare(VectorOperators.GE, next).or(max.compare(VectorOperators.NE, max));
            max = next.blend(max, keep);
            IntVector found = at.add(1).blend(at, keep.cast(INTS));
            if (three) {
                low = FloatVector.fromArray(FLOATS, x, from + 1);
                high = FloatVector.fromArray(FLOATS, x, from + 1 + LANES);
                next = low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(high,
                        ODD);
                keep = max.compare(VectorOperators.GE, next).or(max.compare(VectorOperators.NE, max));
                max = next.blend(max, keep);
                found = at.add(2).blend(found, keep.cast(INTS));
            }
            max.rearrange(IN_ORDER).intoArray(y, yOffset + i);
            found.rearrange(PLACES_IN_ORDER).intoArray(places, yOffset + i);
            if (i >= last) {
                return;
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
