package lanewise.kernels.attention;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/** Turns pairs of elements, one way or the other. A task is some tokens of all sequences. */
final class RotaryJob implements Workers.Job {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final int L = Lanes.LANES;
    // Elements of a task: less is not worth a second thread.
    private static final int TASK = 1 << 15;

    private int all;
    private int taskTokens;
    private int tokens;
    private int heads;
    private int dim;
    private int half;
    private boolean interleaved;
    private float direction;
    private float[] x;
    private int xOffset;
    private float[] cos;
    private int cosOffset;
    private float[] sin;
    private int sinOffset;
    private float[] y;
    private int yOffset;
    private boolean accumulate;

    private RotaryJob() {}

    /** @param direction 1, or -1 to turn back */
    static void run(Workers workers, int n, int tokens, int heads, int dim, int rotated, boolean interleaved,
            float direction, float[] x, int xOffset, float[] cos, int cosOffset, float[] sin, int sinOffset, float[] y,
            int yOffset, boolean accumulate) {
        if (heads * dim == 0) {
            return;
        }
        RotaryJob job = workers.reusable(RotaryJob.class, RotaryJob::new);
        job.all = n * tokens;
        job.taskTokens = Math.max(1, TASK / (heads * dim));
        job.tokens = tokens;
        job.heads = heads;
        job.dim = dim;
        job.half = rotated / 2;
        job.interleaved = interleaved;
        job.direction = direction;
        job.x = x;
        job.xOffset = xOffset;
        job.cos = cos;
        job.cosOffset = cosOffset;
        job.sin = sin;
        job.sinOffset = sinOffset;
        job.y = y;
        job.yOffset = yOffset;
        job.accumulate = accumulate;
        try {
            workers.run(job, Math.ceilDiv(job.all, job.taskTokens));
        } finally {
            job.x = null;
            job.cos = null;
            job.sin = null;
            job.y = null;
        }
    }

    @Override
    public void run(int task, int worker) {
        int end = Math.min(all, (task + 1) * taskTokens);
        for (int row = task * taskTokens; row < end; row++) {
            int angles = row % tokens * half;
            for (int head = 0; head < heads; head++) {
                int at = (row * heads + head) * dim;
                int done = interleaved ? 0 : halves(xOffset + at, cosOffset + angles, sinOffset + angles, yOffset + at);
                int step = interleaved ? 2 : 1;
                for (int i = done; i < half; i++) {
                    pair(at + i * step, at + (interleaved ? i * step + 1 : half + i), angles + i);
                }
                for (int i = 2 * half; i < dim; i++) {
                    put(at + i, x[xOffset + at + i]);
                }
            }
        }
    }

    /** Vectors of pairs whose elements are half of the turned ones apart. Says how many pairs it turned. */
    private int halves(int xa, int ca, int sa, int ya) {
        int main = S.loopBound(half);
        for (int i = 0; i < main; i += L) {
            FloatVector c = FloatVector.fromArray(S, cos, ca + i);
            FloatVector s = FloatVector.fromArray(S, sin, sa + i).mul(direction);
            FloatVector a = FloatVector.fromArray(S, x, xa + i);
            FloatVector b = FloatVector.fromArray(S, x, xa + half + i);
            FloatVector first = VectorMath.mulAdd(a, c, b.mul(s).neg());
            FloatVector second = VectorMath.mulAdd(b, c, a.mul(s));
            if (accumulate) {
                first = first.add(FloatVector.fromArray(S, y, ya + i));
                second = second.add(FloatVector.fromArray(S, y, ya + half + i));
            }
            first.intoArray(y, ya + i);
            second.intoArray(y, ya + half + i);
        }
        return main;
    }

    private void pair(int first, int second, int angle) {
        float c = cos[cosOffset + angle];
        float s = sin[sinOffset + angle] * direction;
        float a = x[xOffset + first];
        float b = x[xOffset + second];
        put(first, Lanes.fma(a, c, -(b * s)));
        put(second, Lanes.fma(b, c, a * s));
    }

    private void put(int at, float value) {
        y[yOffset + at] = accumulate ? value + y[yOffset + at] : value;
    }
}
