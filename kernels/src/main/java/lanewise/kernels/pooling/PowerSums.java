package lanewise.kernels.pooling;

import static lanewise.kernels.pooling.Taps.covers;
import static lanewise.kernels.pooling.Taps.endOutput;
import static lanewise.kernels.pooling.Taps.endTap;
import static lanewise.kernels.pooling.Taps.firstOutput;
import static lanewise.kernels.pooling.Taps.firstTap;

import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Power;

/** Lp norms for any p and their gradient, in double precision and with {@link StrictMath}: the same bits everywhere. */
final class PowerSums extends PlaneJob {

    private PoolingGeometry geometry;
    private double p;
    private boolean accumulate;
    private float[] x;
    private int xOffset;
    private float[] y;
    private int yOffset;
    private float[] dy;
    private int dyOffset;
    private float[] dx;
    private int dxOffset;

    void forward(Workers workers, PoolingGeometry poolingGeometry, float power, float[] x, int xOffset, float[] y,
            int yOffset) {
        run(workers, poolingGeometry, power, x, xOffset, y, yOffset, null, 0, null, 0, false);
    }

    void backward(Workers workers, PoolingGeometry poolingGeometry, float power, float[] x, int xOffset, float[] y,
            int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
        run(workers, poolingGeometry, power, x, xOffset, y, yOffset, dy, dyOffset, dx, dxOffset, add);
    }

    private void run(Workers workers, PoolingGeometry poolingGeometry, float power, float[] x, int xOffset, float[] y,
            int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
        geometry = poolingGeometry;
        p = power;
        accumulate = add;
        this.x = x;
        this.xOffset = xOffset;
        this.y = y;
        this.yOffset = yOffset;
        this.dy = dy;
        this.dyOffset = dyOffset;
        this.dx = dx;
        this.dxOffset = dxOffset;
        run(workers, geometry.planes(), Math.max(geometry.planeLength(), geometry.outputPlaneLength()));
    }

    @Override
    void forget() {
        x = null;
        y = null;
        dy = null;
        dx = null;
    }

    @Override
    void plane(int plane, int worker) {
        int from = plane * geometry.planeLength();
        int to = plane * geometry.outputPlaneLength();
        if (dx == null) {
            norms(from, to);
        } else {
            gradients(from, to);
        }
    }

    private void norms(int from, int to) {
        int at = yOffset + to;
        for (int od = 0; od < geometry.outD(); od++) {
            for (int oh = 0; oh < geometry.outH(); oh++) {
                for (int ow = 0; ow < geometry.outW(); ow++, at++) {
                    y[at] = (float) Power.ofMagnitude(sum(xOffset + from, od, oh, ow), 1 / p);
                }
            }
        }
    }

    private double sum(int from, int od, int oh, int ow) {
        Window depth = geometry.depth();
        Window height = geometry.height();
        Window width = geometry.width();
        double sum = 0;
        for (int kd = firstTap(depth, od); kd < endTap(depth, od); kd++) {
            int id = od * depth.stride() - depth.padBegin() + kd * depth.dilation();
            for (int kh = firstTap(height, oh); kh < endTap(height, oh); kh++) {
                int ih = oh * height.stride() - height.padBegin() + kh * height.dilation();
                int row = from + (id * height.input() + ih) * width.input() + ow * width.stride() - width.padBegin();
                for (int kw = firstTap(width, ow); kw < endTap(width, ow); kw++) {
                    sum += Power.ofMagnitude(Math.abs(x[row + kw * width.dilation()]), p);
                }
            }
        }
        return sum;
    }

    private void gradients(int from, int to) {
        int i = from;
        for (int id = 0; id < geometry.depth().input(); id++) {
            for (int ih = 0; ih < geometry.height().input(); ih++) {
                for (int iw = 0; iw < geometry.width().input(); iw++, i++) {
                    float gradient = (float) gradient(to, x[xOffset + i], id, ih, iw);
                    dx[dxOffset + i] = accumulate ? dx[dxOffset + i] + gradient : gradient;
                }
            }
        }
    }

    private double gradient(int to, float value, int id, int ih, int iw) {
        Window depth = geometry.depth();
        Window height = geometry.height();
        Window width = geometry.width();
        double sum = 0;
        for (int od = firstOutput(depth, id); od < endOutput(depth, id); od++) {
            for (int oh = firstOutput(height, ih); oh < endOutput(height, ih); oh++) {
                for (int ow = firstOutput(width, iw); ow < endOutput(width, iw); ow++) {
                    if (covers(depth, od, id) && covers(height, oh, ih) && covers(width, ow, iw)) {
                        int output = to + (od * height.output() + oh) * width.output() + ow;
                        float norm = y[yOffset + output];
                        if (norm != 0) {
                            sum += dy[dyOffset + output] * Power.ofMagnitude(Math.abs((double) value) / norm, p - 1);
                        }
                    }
                }
            }
        }
        return Math.signum(value) * sum;
    }
}
