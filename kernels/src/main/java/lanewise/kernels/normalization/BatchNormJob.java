package lanewise.kernels.normalization;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.SoftmaxTerms;

/** The body of {@link BatchNorm}: a task is a channel, whose elements then stay in cache for all passes. */
final class BatchNormJob implements Workers.Job {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    // Below this, a second thread costs more than it brings.
    private static final int SMALL = 16_384;

    private Moments[] moments = new Moments[0];

    private Workers workers;
    private int n;
    private int c;
    private int spatial;
    private float epsilon;
    private float[] x;
    private int xo;
    private float[] gamma;
    private int go;
    private float[] beta;
    private int bo;
    private float[] mean;
    private int mo;
    private float[] variance;
    private int vo;
    private float momentum;
    private float[] y;
    private int yo;
    private float[] dy;
    private int dyo;
    private float[] dGamma;
    private int dgo;
    private float[] dBeta;
    private int dbo;
    private float[] statistics;
    private int so;
    private boolean accumulateX;
    private boolean accumulateGamma;
    private boolean accumulateBeta;

    BatchNormJob shape(Workers workers, int n, int c, int spatial, float[] x, int xo, float[] gamma, int go) {
        this.workers = workers;
        this.n = n;
        this.c = c;
        this.spatial = spatial;
        this.x = x;
        this.xo = xo;
        this.gamma = gamma;
        this.go = go;
        moments = Moments.forTeam(workers, moments);
        return this;
    }

    BatchNormJob running(float[] mean, int mo, float[] variance, int vo) {
        this.mean = mean;
        this.mo = mo;
        this.variance = variance;
        this.vo = vo;
        return this;
    }

    BatchNormJob statistics(float[] statistics, int so) {
        this.statistics = statistics;
        this.so = so;
        return this;
    }

    void training(float epsilon, float momentum, float[] beta, int bo, float[] y, int yo) {
        this.momentum = momentum;
        forward(epsilon, beta, bo, y, yo);
    }

    /** With the running statistics, unless there are others to be written. */
    void forward(float epsilon, float[] beta, int bo, float[] y, int yo) {
        this.epsilon = epsilon;
        this.beta = beta;
        this.bo = bo;
        this.y = y;
        this.yo = yo;
        run();
    }

    BatchNormJob epsilon(float added) {
        epsilon = added;
        return this;
    }

    /** Of training, unless there are no statistics of it. */
    void backward(float[] dy, int dyo, float[] dx, int dxo, boolean accumulateX, float[] dGamma, int dgo,
            boolean accumulateGamma, float[] dBeta, int dbo, boolean accumulateBeta) {
        this.dy = dy;
        this.dyo = dyo;
        y = dx;
        yo = dxo;
        this.accumulateX = accumulateX;
        this.dGamma = dGamma;
        this.dgo = dgo;
        this.accumulateGamma = accumulateGamma;
        this.dBeta = dBeta;
        this.dbo = dbo;
        this.accumulateBeta = accumulateBeta;
        run();
    }

    private void run() {
        try {
            if ((long) n * c * spatial <= SMALL) {
                for (int channel = 0; channel < c; channel++) {
                    run(channel, 0);
                }
            } else {
                workers.run(this, c);
            }
        } finally {
            // Without dy a call is a forward pass: it must not stay after a failure.
            workers = null;
            x = null;
            gamma = null;
            beta = null;
            mean = null;
            variance = null;
            y = null;
            dy = null;
            statistics = null;
            dGamma = null;
            dBeta = null;
        }
    }

    @Override
    public void run(int channel, int worker) {
        float[] scratch = workers.scratch(worker, Moments.SCRATCH);
        Moments m = moments[worker];
        if (dy != null) {
            if (statistics == null) {
                m.use(mean[mo + channel], variance[vo + channel], epsilon);
            } else {
                m.recall(statistics, so + channel * Moments.KEPT);
            }
            gradients(channel, m, scratch);
            return;
        }
        if (statistics == null) {
            m.use(mean[mo + channel], variance[vo + channel], epsilon);
        } else {
            measure(channel, m, scratch);
            m.keep(statistics, so + channel * Moments.KEPT);
            remember(channel, m);
        }
        for (int image = 0; image < n; image++) {
            int plane = (image * c + channel) * spatial;
            normalize(spatial, m.shift, m.scale, m.offset, gamma[go + channel], beta[bo + channel], x, xo + plane, y,
                    yo + plane);
        }
    }

    private void measure(int channel, Moments m, float[] scratch) {
        m.start(spatial, x, xo + channel * spatial);
        do {
            for (int image = 0; image < n; image++) {
                m.add(spatial, x, xo + (image * c + channel) * spatial, scratch);
            }
        } while (!m.settle((long) n * spatial));
        m.finish(epsilon);
    }

    private void remember(int channel, Moments m) {
        long count = (long) n * spatial;
        double unbiased = count > 1 ? m.variance * count / (count - 1) : m.variance;
        mean[mo + channel] = mixed(mean[mo + channel], m.mean);
        variance[vo + channel] = mixed(variance[vo + channel], unbiased);
    }

    private float mixed(float old, double now) {
        return (float) ((1.0 - momentum) * old + momentum * now);
    }

    private void gradients(int channel, Moments m, float[] scratch) {
        for (int image = 0; image < n; image++) {
            int plane = (image * c + channel) * spatial;
            m.addPairs(spatial, x, xo + plane, dy, dyo + plane, scratch);
        }
        float g = (float) m.product;
        float b = (float) m.sum;
        double count = (double) n * spatial;
        float factor = gamma[go + channel] * m.scale;
        for (int image = 0; image < n; image++) {
            int plane = (image * c + channel) * spatial;
            if (statistics == null) {
                SoftmaxTerms.scale(spatial, dy, dyo + plane, factor, y, yo + plane, accumulateX);
            } else {
                gradient(spatial, m.shift, m.scale, m.offset, (float) (m.sum / count), (float) (m.product / count),
                        factor, x, xo + plane, dy, dyo + plane, y, yo + plane, accumulateX);
            }
        }
        dGamma[dgo + channel] = accumulateGamma ? g + dGamma[dgo + channel] : g;
        dBeta[dbo + channel] = accumulateBeta ? b + dBeta[dbo + channel] : b;
    }

    private static void normalize(int n, float shift, float scale, float offset, float gamma, float beta, float[] x,
            int xo, float[] y, int yo) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector distance = FloatVector.fromArray(FLOATS, x, xo + j).sub(shift);
            FloatVector z = FMA
                    ? FloatVector.broadcast(FLOATS, scale).fma(distance, FloatVector.broadcast(FLOATS, offset))
                    : FloatVector.broadcast(FLOATS, scale).mul(distance).add(FloatVector.broadcast(FLOATS, offset));
            FloatVector factor = FloatVector.broadcast(FLOATS, gamma);
            FloatVector added = FloatVector.broadcast(FLOATS, beta);
            (FMA ? z.fma(factor, added) : z.mul(factor).add(added)).intoArray(y, yo + j);
        }
        for (int j = main; j < n; j++) {
            y[yo + j] = Lanes.fma(Lanes.fma(scale, x[xo + j] - shift, offset), gamma, beta);
        }
    }

    private static void gradient(int n, float shift, float scale, float offset, float meanG, float meanGz, float factor,
            float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector distance = FloatVector.fromArray(FLOATS, x, xo + j).sub(shift);
            FloatVector z = FMA
                    ? FloatVector.broadcast(FLOATS, scale).fma(distance, FloatVector.broadcast(FLOATS, offset))
                    : FloatVector.broadcast(FLOATS, scale).mul(distance).add(FloatVector.broadcast(FLOATS, offset));
            FloatVector v = FloatVector.fromArray(FLOATS, dy, dyo + j).sub(meanG).sub(z.mul(meanGz)).mul(factor);
            if (accumulate) {
                v = v.add(FloatVector.fromArray(FLOATS, dx, dxo + j));
            }
            v.intoArray(dx, dxo + j);
        }
        for (int j = main; j < n; j++) {
            float z = Lanes.fma(scale, x[xo + j] - shift, offset);
            float v = (dy[dyo + j] - meanG - z * meanGz) * factor;
            dx[dxo + j] = accumulate ? v + dx[dxo + j] : v;
        }
    }
}
