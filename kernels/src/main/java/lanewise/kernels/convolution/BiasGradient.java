package lanewise.kernels.convolution;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.SumJob;

/** The sum of each channel of dy over images and positions: one channel is one task. */
final class BiasGradient implements Workers.Job {

    private static final int SMALL = 1 << 14;

    private Workers workers;
    private int n;
    private int channels;
    private int plane;
    private float[] dy;
    private int dyOffset;
    private float[] dBias;
    private int dBiasOffset;
    private boolean accumulate;

    void run(Workers workers, int n, int channels, int plane, float[] dy, int dyo, float[] dBias, int dbo,
            boolean accumulate) {
        this.workers = workers;
        this.n = n;
        this.channels = channels;
        this.plane = plane;
        this.dy = dy;
        this.dyOffset = dyo;
        this.dBias = dBias;
        this.dBiasOffset = dbo;
        this.accumulate = accumulate;
        if ((long) n * channels * plane <= SMALL) {
            for (int channel = 0; channel < channels; channel++) {
                run(channel, 0);
            }
        } else {
            workers.run(this, channels);
        }
        this.workers = null;
        this.dy = null;
        this.dBias = null;
    }

    @Override
    public void run(int channel, int worker) {
        float[] sums = workers.scratch(worker, Lanes.SUM_LANES);
        double total = 0;
        for (int image = 0; image < n; image++) {
            int at = dyOffset + (image * channels + channel) * plane;
            for (int i = 0; i < plane; i += SumJob.BLOCK) {
                total += SumJob.sum(Math.min(SumJob.BLOCK, plane - i), dy, at + i, sums);
            }
        }
        int at = dBiasOffset + channel;
        dBias[at] = accumulate ? dBias[at] + (float) total : (float) total;
    }
}
