package lanewise.kernels.loss;

import java.util.Arrays;
import lanewise.kernels.Workers;

/** The body of {@link NegativeLogLikelihood}: a task is some samples. */
final class NegativeLogLikelihoodJob implements Workers.Job {

    // Elements of a task, about: some microseconds of work.
    private static final int TASK = 16_384;

    private int n;
    private int classes;
    private int spatial;
    private int perTask;
    private int[] label;
    private int labelOffset;
    private int ignored;
    private float[] weight;
    private int weightOffset;
    private float atLabel;
    private float each;
    private float[] logP;
    private int logPOffset;
    private float[] loss;
    private int lossOffset;
    private boolean backward;
    private boolean accumulate;

    NegativeLogLikelihoodJob labels(int[] label, int labelOffset, int ignored, float[] weight, int weightOffset,
            float smoothing) {
        this.label = label;
        this.labelOffset = labelOffset;
        this.ignored = ignored;
        this.weight = weight;
        this.weightOffset = weightOffset;
        atLabel = 1 - smoothing;
        each = smoothing;
        return this;
    }

    void forward(Workers workers, int n, int classes, int spatial, float[] logP, int logPOffset, float[] loss,
            int lossOffset) {
        backward = false;
        run(workers, n, classes, spatial, logP, logPOffset, loss, lossOffset);
    }

    void backward(Workers workers, int n, int classes, int spatial, float[] dLoss, int dLossOffset, float[] dLogP,
            int dLogPOffset, boolean accumulate) {
        backward = true;
        this.accumulate = accumulate;
        run(workers, n, classes, spatial, dLogP, dLogPOffset, dLoss, dLossOffset);
    }

    private void run(Workers workers, int n, int classes, int spatial, float[] logP, int logPOffset, float[] loss,
            int lossOffset) {
        this.n = n;
        this.classes = classes;
        this.spatial = spatial;
        this.logP = logP;
        this.logPOffset = logPOffset;
        this.loss = loss;
        this.lossOffset = lossOffset;
        each /= Math.max(1, classes);
        perTask = Math.max(1, TASK / Math.max(1, classes * spatial));
        try {
            workers.run(this, Math.ceilDiv(n, perTask));
        } finally {
            this.label = null;
            this.weight = null;
            this.logP = null;
            this.loss = null;
        }
    }

    @Override
    public void run(int task, int worker) {
        for (int i = task * perTask; i < Math.min(n, (task + 1) * perTask); i++) {
            if (backward) {
                gradients(i);
            } else {
                losses(i);
            }
        }
    }

    private void losses(int i) {
        int to = lossOffset + i * spatial;
        int from = logPOffset + i * classes * spatial;
        Arrays.fill(loss, to, to + spatial, 0f);
        for (int c = 0; each != 0 && c < classes; c++) {
            float factor = each * weight[weightOffset + c];
            for (int s = 0; s < spatial; s++) {
                loss[to + s] -= factor * logP[from + c * spatial + s];
            }
        }
        for (int s = 0; s < spatial; s++) {
            int t = label[labelOffset + i * spatial + s];
            if (t == ignored) {
                loss[to + s] = 0;
            } else if (each == 0) {
                loss[to + s] = -weight[weightOffset + t] * logP[from + t * spatial + s];
            } else {
                loss[to + s] -= atLabel * weight[weightOffset + t] * logP[from + t * spatial + s];
            }
        }
    }

    private void gradients(int i) {
        int from = lossOffset + i * spatial;
        int to = logPOffset + i * classes * spatial;
        for (int c = 0; c < classes; c++) {
            float w = weight[weightOffset + c];
            for (int s = 0; s < spatial; s++) {
                int t = label[labelOffset + i * spatial + s];
                float d = t == ignored ? 0 : -loss[from + s] * (w * (t == c ? each + atLabel : each));
                int at = to + c * spatial + s;
                logP[at] = accumulate ? logP[at] + d : d;
            }
        }
    }
}
