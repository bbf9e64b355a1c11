package lanewise.kernels.normalization;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Logarithm;
import lanewise.kernels.internal.Rows;
import lanewise.kernels.internal.VectorMath;

/** The body of {@link LocalResponseNorm}: a task is a plane, in plain loops of which C2 makes vectors itself. */
final class LocalResponseNormJob implements Workers.Job {

    private Workers workers;
    private int n;
    private int c;
    private int spatial;
    private int before;
    private int after;
    private float mean;
    private float beta;
    private float k;
    private float[] x;
    private int xo;
    private float[] y;
    private int yo;
    private float[] scale;
    private int so;
    private float[] dy;
    private int dyo;
    private float[] dx;
    private int dxo;
    private boolean accumulate;

    LocalResponseNormJob shape(int images, int channels, int places, int size, float alpha, float exponent) {
        n = images;
        c = channels;
        spatial = places;
        before = (size - 1) / 2;
        after = size - 1 - before;
        mean = alpha / size;
        beta = exponent;
        return this;
    }

    void forward(Workers team, float added, float[] arguments, int first, float[] results, int firstResult,
            float[] scales, int firstScale) {
        k = added;
        run(team, arguments, first, results, firstResult, scales, firstScale);
    }

    void backward(Workers team, float[] arguments, int first, float[] results, int firstResult, float[] scales,
            int firstScale, float[] gradient, int firstGradient, float[] dArguments, int firstDArgument,
            boolean add) {
        dy = gradient;
        dyo = firstGradient;
        dx = dArguments;
        dxo = firstDArgument;
        accumulate = add;
        run(team, arguments, first, results, firstResult, scales, firstScale);
    }

    private void run(Workers team, float[] arguments, int first, float[] results, int firstResult, float[] scales,
            int firstScale) {
        workers = team;
        x = arguments;
        xo = first;
        y = results;
        yo = firstResult;
        scale = scales;
        so = firstScale;
        try {
            if (spatial > 0) {
                workers.run(this, n * c);
            }
        } finally {
            workers = null;
            x = null;
            y = null;
            scale = null;
            // Without dy a call is a forward pass: it must not stay after a failure.
            dy = null;
            dx = null;
        }
    }

    @Override
    public void run(int plane, int worker) {
        float[] scratch = workers.scratch(worker, VectorMath.BLOCK);
        int channel = plane % c;
        for (int i = 0; i < spatial; i += VectorMath.BLOCK) {
            int length = Math.min(VectorMath.BLOCK, spatial - i);
            int at = plane * spatial + i;
            if (dy == null) {
                scales(length, at, channel, scratch);
                powers(length, at, scratch);
                Rows.multiply(length, scratch, 0, x, xo + at, y, yo + at);
            } else {
                gradient(length, at, channel, scratch);
            }
        }
    }

    private void scales(int length, int at, int channel, float[] sums) {
        Arrays.fill(sums, 0, length, 0f);
        int last = Math.min(c - 1, channel + after);
        for (int other = Math.max(0, channel - before); other <= last; other++) {
            addSquares(length, x, xo + at + (other - channel) * spatial, sums);
        }
        for (int j = 0; j < length; j++) {
            scale[so + at + j] = k + mean * sums[j];
        }
    }

    private static void addSquares(int n, float[] x, int xo, float[] sums) {
        for (int j = 0; j < n; j++) {
            sums[j] += x[xo + j] * x[xo + j];
        }
    }

    /** scale to the power of −beta. */
    private void powers(int length, int at, float[] to) {
        Logarithm.log(length, scale, so + at, to, 0);
        for (int j = 0; j < length; j++) {
            to[j] *= -beta;
        }
        VectorMath.exp(length, to, 0, to, 0);
    }

    private void gradient(int length, int at, int channel, float[] scratch) {
        powers(length, at, scratch);
        store(length, scratch, dy, dyo + at, dx, dxo + at, accumulate);
        Arrays.fill(scratch, 0, length, 0f);
        int last = Math.min(c - 1, channel + before);
        for (int other = Math.max(0, channel - after); other <= last; other++) {
            int there = at + (other - channel) * spatial;
            addShares(length, dy, dyo + there, y, yo + there, scale, so + there, scratch);
        }
        subtract(length, 2 * mean * beta, x, xo + at, scratch, dx, dxo + at);
    }

    private static void store(int n, float[] factor, float[] dy, int dyo, float[] dx, int dxo, boolean accumulate) {
        for (int j = 0; j < n; j++) {
            float d = factor[j] * dy[dyo + j];
            dx[dxo + j] = accumulate ? d + dx[dxo + j] : d;
        }
    }

    private static void addShares(int n, float[] dy, int dyo, float[] y, int yo, float[] scale, int so, float[] sums) {
        for (int j = 0; j < n; j++) {
            sums[j] += dy[dyo + j] * (y[yo + j] / scale[so + j]);
        }
    }

    private static void subtract(int n, float factor, float[] x, int xo, float[] sums, float[] dx, int dxo) {
        for (int j = 0; j < n; j++) {
            dx[dxo + j] -= factor * x[xo + j] * sums[j];
        }
    }
}
