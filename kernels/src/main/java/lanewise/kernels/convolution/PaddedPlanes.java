package lanewise.kernels.convolution;

import java.util.Arrays;
import lanewise.kernels.internal.gemm.GemmPacking;

/**
 * The layout of some channels, copied with their padding, so that every tap of every position is one offset from it: for
 * each channel the phases of the three dimensions ({@link DirectAxis}), each a block of depth x rows x width.
 *
 * <p>
 * Where it is asked for, {@link #SIDE_BY_SIDE} images lie side by side: each element is so many floats, one of each image.
 */
final class PaddedPlanes {

    final DirectAxis depth = new DirectAxis();
    final DirectAxis height = new DirectAxis();
    final DirectAxis width = new DirectAxis();

    /** The images that can lie side by side: what the widest vectors hold. */
    static final int SIDE_BY_SIDE = 16;

    // Decision 0020.
    private static final int NARROW = 28;

    // Elements of the least copy: 16 MiB.
    private static final int MOST_SIDE_BY_SIDE = 1 << 22;

    private int images;
    private int rows;
    private int shared;

    static boolean isNarrow(int positions) {
        return positions <= NARROW;
    }

    /** Whether it pays that images lie side by side, and so many channels of them do not need too much memory. */
    boolean canLieSideBySide(int channels) {
        double least = SIDE_BY_SIDE * rowLength() * channels * (1 + height.reach());
        return areNarrow() && least <= MOST_SIDE_BY_SIDE;
    }

    /** Whether rows are so short that it pays to turn images, so that they lie side by side. */
    private boolean areNarrow() {
        return isNarrow(width.count()) && width.sourceStep() == 1 && width.targetStep() == 1;
    }

    /** Sets the sizes, once the axes are set: {@code bandRows} rows of positions of so many images are copied at a time. */
    void band(int bandRows, int sideBySide) {
        images = sideBySide;
        rows = bandRows + height.reach();
        int length = width.count() + width.reach();
        shared = width.reach(); // more, and positions of a row would be those of the next
        for (int phase = 0; phase < width.sourcePhases(); phase++) {
            int first = firstOfRow(phase, length);
            shared = Math.min(shared, Math.min(first, length - endOfRow(phase, length, first)));
        }
    }

    private int firstOfRow(int phase, int length) {
        return StridedRow.first(length, width.sourceShift(phase), width.sourceStep());
    }

    private int endOfRow(int phase, int length, int first) {
        return StridedRow.end(length, width.sourceShift(phase), width.sourceStep(), width.sourceLength(), first);
    }

    /** Floats of a row of positions. */
    int columns() {
        return images * width.count();
    }

    /** Floats from one row to the next. The zeros after a row are the zeros before the next. */
    int rowDistance() {
        return images * (width.count() + width.reach() - shared);
    }

    /** Floats from one depth to the next. */
    int depthDistance() {
        return rows * rowDistance();
    }

    /** Floats of one phase of one channel. */
    private int phaseLength() {
        return (depth.count() + depth.reach()) * depthDistance();
    }

    /** Floats of one channel. */
    int channelLength() {
        return depth.sourcePhases() * height.sourcePhases() * width.sourcePhases() * phaseLength();
    }

    /** Floats of some channels, with the zeros after the last row, which no next row has before it. */
    int length(int channels) {
        return channels * channelLength() + images * shared;
    }

    /** Elements that one row of positions adds to a channel of an image, about. */
    double rowLength() {
        return (double) depth.sourcePhases() * height.sourcePhases() * width.sourcePhases()
                * (depth.count() + depth.reach()) * (width.count() + width.reach());
    }

    /** From a position in the first channel to what an element of the filter meets there. */
    int offset(int kd, int kh, int kw) {
        int phase = (depth.sourcePhase(kd) * height.sourcePhases() + height.sourcePhase(kh)) * width.sourcePhases()
                + width.sourcePhase(kw);
        return phase * phaseLength() + depth.offset(kd) * depthDistance() + height.offset(kh) * rowDistance()
                + images * width.offset(kw);
    }

    /**
     * Copies one channel, after the channels before it: what {@code positionRows} rows of positions from {@code firstRow} on
     * meet.
     *
     * @param count how many images there are; the places of others are set to zero
     * @param imageDistance from an image to the next
     * @param beside scratch memory: {@link #besideLength} floats from {@code bo} on
     */
    void copy(int count, float[] source, int so, int imageDistance, int firstRow, int positionRows, float[] to, int at,
            float[] beside, int bo) {
        if (images == 1) {
            copyAlone(source, so, firstRow, positionRows, to, at);
        } else {
            copySideBySide(count, source, so, imageDistance, firstRow, positionRows, to, at, beside, bo);
        }
    }

    private void copyAlone(float[] source, int so, int firstRow, int positionRows, float[] to, int at) {
        int phase = at;
        for (int pd = 0; pd < depth.sourcePhases(); pd++) {
            for (int ph = 0; ph < height.sourcePhases(); ph++) {
                for (int pw = 0; pw < width.sourcePhases(); pw++, phase += phaseLength()) {
                    copyPhase(pd, ph, pw, source, so, firstRow, positionRows + height.reach(), to, phase);
                }
            }
        }
    }

    private void copyPhase(int pd, int ph, int pw, float[] source, int so, int firstRow, int count, float[] to,
            int at) {
        int row = width.count() + width.reach();
        int first = firstOfRow(pw, row);
        int end = endOfRow(pw, row, first);
        boolean isShort = width.sourceStep() == 1 && StridedRow.isShort(end - first);
        for (int d = 0; d < depth.count() + depth.reach(); d++) {
            int fromD = depth.source(pd, d);
            for (int r = 0; r < count; r++) {
                int fromH = height.source(ph, firstRow + r);
                int rowAt = at + d * depthDistance() + r * rowDistance();
                if (fromD < 0 || fromH < 0) {
                    Arrays.fill(to, rowAt, rowAt + row, 0f);
                } else {
                    int from = so + (fromD * height.sourceLength() + fromH) * width.sourceLength()
                            + width.sourceShift(pw);
                    if (isShort) {
                        // What it writes behind the row is the next row's, which follows.
                        StridedRow.gatherShort(row, first, end, source, from, to, rowAt);
                    } else {
                        StridedRow.gather(row, first, end, width.sourceStep(), source, from, to, rowAt);
                    }
                }
            }
        }
    }

    /** Floats that {@link #copy} needs besides. */
    int besideLength() {
        if (images == 1) {
            return 0;
        }
        int most = (rows - 1) * height.sourceStep() + height.sourcePhases();
        return images * Math.min(height.sourceLength(), most) * width.sourceLength();
    }

    /** The rows that are met are transposed, at each depth, and then copied. */
    private void copySideBySide(int count, float[] source, int so, int imageDistance, int firstRow, int positionRows,
            float[] to, int at,
            float[] beside, int bo) {
        int metRows = positionRows + height.reach();
        int last = height.sourceShift(height.sourcePhases() - 1) + (firstRow + metRows - 1) * height.sourceStep();
        int first = Math.max(0, height.sourceShift(0) + firstRow * height.sourceStep());
        int met = Math.min(height.sourceLength(), last + 1) - first;
        for (int pd = 0; pd < depth.sourcePhases(); pd++) {
            for (int d = 0; d < depth.count() + depth.reach(); d++) {
                int fromD = depth.source(pd, d);
                if (fromD >= 0 && met > 0) {
                    transpose(count, met * width.sourceLength(), source,
                            so + (fromD * height.sourceLength() + first) * width.sourceLength(), imageDistance, beside,
                            bo);
                }
                for (int phase = 0; phase < height.sourcePhases() * width.sourcePhases(); phase++) {
                    int ph = phase / width.sourcePhases();
                    int rowAt = at + (pd * height.sourcePhases() * width.sourcePhases() + phase) * phaseLength()
                            + d * depthDistance();
                    for (int r = 0; r < metRows; r++, rowAt += rowDistance()) {
                        int fromH = fromD < 0 ? -1 : height.source(ph, firstRow + r);
                        copyBeside(phase % width.sourcePhases(), fromH - first, beside, bo, to, rowAt);
                    }
                }
            }
        }
    }

    /** Turns {@code n} elements of each image, so that the images lie side by side. */
    void transpose(int count, int n, float[] from, int fo, int imageDistance, float[] to, int o) {
        if (count < images) {
            Arrays.fill(to, o, o + n * images, 0f);
        }
        GemmPacking.transpose(count, n, from, fo, imageDistance, to, o, images);
    }

    /** One row of images side by side, zeros if it is negative. */
    private void copyBeside(int pw, int row, float[] beside, int bo, float[] to, int at) {
        int length = width.count() + width.reach();
        int first = row < 0 ? length : firstOfRow(pw, length);
        int end = row < 0 ? length : endOfRow(pw, length, first);
        int step = width.sourceStep();
        Arrays.fill(to, at, at + first * images, 0f);
        int from = bo + (row * width.sourceLength() + width.sourceShift(pw)) * images;
        int run = step == 1 ? end - first : 1;
        for (int j = first; j < end; j += run) {
            System.arraycopy(beside, from + j * step * images, to, at + j * images, run * images);
        }
        Arrays.fill(to, at + end * images, at + length * images, 0f);
    }
}
