package lanewise.kernels.convolution;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.gemm.GemmBlocking;

/**
 * How a filter goes over the planes of an image: the convolution as the product of a matrix of filters and a matrix of
 * columns, one for each position, without that matrix being written.
 *
 * <p>
 * Planes are read from a copy with the zeros around them, in which the elements that neighbouring positions meet are
 * neighbours: with a step of s along the width, every row is stored as s rows, of the elements 0, s, 2s, …; of 1, s + 1, …;
 * and so on. Where there are no zeros and no steps, the source itself serves. An element of the matrix of columns, for a
 * channel, a tap of the filter and a position, is then at the sum of two numbers, one that depends on channel and tap,
 * {@link #offset}, and one that depends on the position.
 */
final class Walk {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    /** Rows that are copied piece by piece: streams that the hardware can follow. */
    private static final int ROWS = 16;

    private final Axis depth;
    private final Axis height;
    private final Axis width;
    private final boolean inPlace;
    private final int rowPositions;
    private final int rowLength;
    private final int phaseLength;
    private final int paddedDepth;
    private final int paddedHeight;
    private final int plane;
    private final int[] offset;
    private final int lastOffset;
    private final int[] tap;

    Walk(int channels, Axis depth, Axis height, Axis width) {
        this.depth = depth;
        this.height = height;
        this.width = width;
        inPlace = depth.isInside() && height.isInside() && width.isInside() && width.step() == 1;
        // The rows of a 1x1 convolution follow one another without a gap: they are one.
        boolean pointwise = inPlace && depth.isIdentity() && height.isIdentity() && width.isIdentity();
        rowPositions = pointwise ? depth.positions() * height.positions() * width.positions() : width.positions();
        phaseLength = inPlace ? width.source() : Math.ceilDiv(width.padded(), width.step());
        rowLength = phaseLength * width.step();
        paddedDepth = inPlace ? depth.source() : depth.padded();
        paddedHeight = inPlace ? height.source() : height.padded();
        long elements = (long) paddedDepth * paddedHeight * rowLength;
        if (elements * channels > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("Convolution: one image with its padding has " + elements * channels
                    + " elements, need at most " + Integer.MAX_VALUE / 2);
        }
        plane = (int) elements;
        tap = new int[depth.taps() * height.taps() * width.taps()];
        offset = new int[channels * tap.length];
        for (int i = 0; i < tap.length; i++) {
            int d = i / (height.taps() * width.taps());
            int h = i / width.taps() % height.taps();
            int w = i % width.taps();
            tap[i] = (depth.tap(d) * height.kernel() + height.tap(h)) * width.kernel() + width.tap(w);
            int row = (depth.zerosBefore() + depth.offset(d)) * paddedHeight + height.zerosBefore() + height.offset(h);
            int column = width.zerosBefore() + width.offset(w);
            for (int c = 0; c < channels; c++) {
                offset[c * tap.length + i] = c * plane + row * rowLength + column % width.step() * phaseLength
                        + column / width.step();
            }
        }
        lastOffset = Arrays.stream(offset).max().orElse(0);
    }

    /** Rows of the matrix of columns. */
    int length() {
        return offset.length;
    }

    /** The elements of a kernel that take part, by their places in it. */
    int[] taps() {
        return tap;
    }

    /** Positions in an image. */
    int positions() {
        return depth.positions() * height.positions() * width.positions();
    }

    /** Whether the planes are read where they are. */
    boolean isInPlace() {
        return inPlace;
    }

    /** Elements of a padded plane. */
    int plane() {
        return plane;
    }

    /** Elements of a plane of the source. */
    int sourcePlane() {
        return depth.source() * height.source() * width.source();
    }

    /** Elements of a plane of the target. */
    int targetPlane() {
        return depth.target() * height.target() * width.target();
    }

    /** Whether results lie in the target in the order of the positions. */
    boolean writesInOrder() {
        return targetPlane() == positions();
    }

    /** Copies a plane, with its zeros. */
    void pad(float[] source, int so, float[] to, int o) {
        for (int d = 0; d < paddedDepth; d++) {
            int fromD = d - depth.zerosBefore();
            for (int h = 0; h < paddedHeight; h++) {
                int fromH = h - height.zerosBefore();
                int at = o + (d * paddedHeight + h) * rowLength;
                if (fromD < 0 || fromD >= depth.source() || fromH < 0 || fromH >= height.source()) {
                    Arrays.fill(to, at, at + rowLength, 0);
                } else {
                    int from = so + (fromD * height.source() + fromH) * width.source();
                    for (int phase = 0; phase < width.step(); phase++) {
                        int shift = phase - width.zerosBefore();
                        int first = StridedRow.first(phaseLength, shift, width.step());
                        int end = StridedRow.end(phaseLength, shift, width.step(), width.source(), first);
                        StridedRow.gather(phaseLength, first, end, width.step(), source, from + shift, to,
                                at + phase * phaseLength);
                    }
                }
            }
        }
    }

    /**
     * Describes pieces, of at most a vector of neighbours, of the positions {@code [from, to)}, counted over the images: for
     * each its place in a copy that begins at {@code at}, its place in the source, and its length.
     *
     * @return how many numbers there are now, three for each piece
     */
    int pieces(int from, int to, int imageStride, int at, int[] pieces, int count) {
        int positions = positions();
        int image = from / positions;
        int row = from % positions / rowPositions;
        int w = from % positions % rowPositions;
        for (int j = from; j < to;) {
            int source = image * imageStride + (row / height.positions() * depth.step() * paddedHeight
                    + row % height.positions() * height.step()) * rowLength + w;
            int end = j + Math.min(to - j, rowPositions - w);
            for (; j < end; j += LANES, source += LANES) {
                pieces[count++] = at + j - from;
                pieces[count++] = source;
                pieces[count++] = Math.min(LANES, end - j);
            }
            j = end;
            w = 0;
            if (++row * rowPositions == positions) {
                row = 0;
                image++;
            }
        }
        return count;
    }

    /** Numbers that {@link #pieces} writes at most for so many positions. */
    int maxPieces(int positions) {
        return 3 * (positions / LANES + positions / rowPositions + 3);
    }

    /**
     * Copies rows {@code [k0, k1)} of the matrix of columns, at the positions of some pieces, to rows that are {@code ld}
     * apart. Up to a vector of what follows a row is overwritten with anything.
     */
    void copy(int k0, int k1, int[] pieces, int count, float[] source, int base, float[] to, int o, int ld) {
        if (k0 == k1 || count == 0) {
            return;
        }
        long last = (long) base + lastOffset + pieces[count - 2] + LANES;
        if (inPlace && last > source.length) {
            copyWithinBounds(k0, k1, pieces, count, source, base, to, o, ld);
        } else if (areWhole(pieces, count) && last <= GemmBlocking.MAX_INDEX) {
            copyWhole(k0, k1, pieces, count, source, base, to, o, ld);
        } else {
            copyAll(k0, k1, pieces, count, source, base, to, o, ld);
        }
    }

    private void copyAll(int k0, int k1, int[] pieces, int count, float[] source, int base, float[] to, int o, int ld) {
        for (int k = k0; k < k1; k++) {
            int from = base + offset[k];
            int at = o + (k - k0) * ld;
            for (int i = 0; i < count; i += 3) {
                FloatVector.fromArray(FLOATS, source, from + pieces[i + 1]).intoArray(to, at + pieces[i]);
            }
        }
    }

    /** Whole vectors overwrite nothing of each other, and may be copied piece by piece, which is faster. */
    private void copyWhole(int k0, int k1, int[] pieces, int count, float[] source, int base, float[] to, int o,
            int ld) {
        for (int k = k0; k < k1; k += ROWS) {
            int end = Math.min(k1, k + ROWS);
            for (int i = 0; i < count; i += 3) {
                copyPiece(offset, k, end, source, base + pieces[i + 1], to, o + (k - k0) * ld + pieces[i], ld);
            }
        }
    }

    private static void copyPiece(int[] offset, int k0, int k1, float[] source, int from, float[] to, int o, int ld) {
        int first = from & GemmBlocking.MAX_INDEX;
        int at = o;
        for (int k = k0; k < k1; k++) {
            FloatVector.fromArray(FLOATS, source, first + (offset[k] & GemmBlocking.MAX_INDEX)).intoArray(to, at);
            at += ld;
        }
    }

    private static boolean areWhole(int[] pieces, int count) {
        for (int i = 2; i < count; i += 3) {
            if (pieces[i] != LANES) {
                return false;
            }
        }
        return true;
    }

    private void copyWithinBounds(int k0, int k1, int[] pieces, int count, float[] source, int base, float[] to, int o,
            int ld) {
        for (int k = k0; k < k1; k++) {
            for (int i = 0; i < count; i += 3) {
                System.arraycopy(source, base + offset[k] + pieces[i + 1], to, o + (k - k0) * ld + pieces[i],
                        pieces[i + 2]);
            }
        }
    }

    /**
     * Writes the results of the positions {@code [from, to)}, counted over the images, to one plane of each image, or adds
     * them.
     */
    void write(int from, int to, float[] results, int at, boolean accumulate, float[] target, int o, int imageStride) {
        int across = width.positions();
        int positions = positions();
        int image = from / positions;
        int row = from % positions / across;
        int w = from % positions % across;
        int step = width.targetStep();
        for (int j = from; j < to;) {
            int length = Math.min(to - j, across - w);
            int d = depth.targetBegin() + row / height.positions() * depth.targetStep();
            int h = height.targetBegin() + row % height.positions() * height.targetStep();
            int t = o + image * imageStride + (d * height.target() + h) * width.target() + width.targetBegin()
                    + w * step;
            if (accumulate) {
                StridedRow.add(0, length, step, results, at + j - from, target, t);
            } else {
                StridedRow.scatter(0, length, step, results, at + j - from, target, t);
            }
            j += length;
            w = 0;
            if (++row * across == positions) {
                row = 0;
                image++;
            }
        }
    }
}
