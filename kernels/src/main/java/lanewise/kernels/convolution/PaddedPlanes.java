package lanewise.kernels.convolution;

import java.util.Arrays;

/**
 * The layout of some channels, copied with their padding, so that every tap of every position is one offset from it: for
 * each channel the phases of the three dimensions ({@link DirectAxis}), each a block of depth x rows x width.
 */
final class PaddedPlanes {

    final DirectAxis depth = new DirectAxis();
    final DirectAxis height = new DirectAxis();
    final DirectAxis width = new DirectAxis();

    private int rows;
    private int shared;

    /** Sets the sizes, once the axes are set: {@code bandRows} rows of positions are copied at a time. */
    void band(int bandRows) {
        rows = bandRows + height.reach();
        int length = width.count() + width.reach();
        shared = length;
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

    /** Elements from one row to the next. The zeros after a row are the zeros before the next. */
    int rowDistance() {
        return width.count() + width.reach() - shared;
    }

    /** Elements from one depth to the next. */
    int depthDistance() {
        return rows * rowDistance();
    }

    /** Elements of one phase of one channel. */
    private int phaseLength() {
        return (depth.count() + depth.reach()) * depthDistance();
    }

    /** Elements of one channel. */
    int channelLength() {
        return depth.sourcePhases() * height.sourcePhases() * width.sourcePhases() * phaseLength();
    }

    /** Elements of some channels, with the zeros after the last row, which no next row has before it. */
    int length(int channels) {
        return channels * channelLength() + shared;
    }

    /** Elements that one row of positions adds to a channel, about. */
    double rowLength() {
        return (double) depth.sourcePhases() * height.sourcePhases() * width.sourcePhases()
                * (depth.count() + depth.reach()) * (width.count() + width.reach());
    }

    /** From a position in the first channel to what an element of the filter meets there. */
    int offset(int kd, int kh, int kw) {
        int phase = (depth.sourcePhase(kd) * height.sourcePhases() + height.sourcePhase(kh)) * width.sourcePhases()
                + width.sourcePhase(kw);
        return phase * phaseLength() + depth.offset(kd) * depthDistance() + height.offset(kh) * rowDistance()
                + width.offset(kw);
    }

    /** Copies one channel, after the channels before it: what {@code positionRows} rows of positions from {@code firstRow} on meet. */
    void copy(float[] source, int so, int firstRow, int positionRows, float[] to, int at) {
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
}
