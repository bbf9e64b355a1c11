package lanewise.bench.sequence;

import lanewise.kernels.Workers;
import lanewise.kernels.attention.Attention;
import lanewise.kernels.attention.AttentionGeometry;

/** A pass by Lanewise, on arrays that stand ready. */
final class AttentionRun {

    private final Workers workers;
    private final AttentionProblem problem;
    private final AttentionGeometry geometry;
    private final float[] y;
    private final float[] logSumExp;
    private final float[] dq;
    private final float[] dk;
    private final float[] dv;

    AttentionRun(Workers workers, AttentionProblem problem) {
        this.workers = workers;
        this.problem = problem;
        geometry = problem.geometry();
        y = new float[geometry.outputLength()];
        logSumExp = new float[geometry.rows()];
        dq = new float[geometry.queryLength()];
        dk = new float[geometry.keyLength()];
        dv = new float[geometry.valueLength()];
    }

    float[] result() {
        return problem.shape().backward() ? dk : y;
    }

    void run() {
        float[] q = problem.q();
        float[] k = problem.k();
        float[] v = problem.v();
        Attention.forward(workers, geometry, 0, 0, 0, q, 0, k, 0, v, 0, null, 0, y, 0, logSumExp, 0);
        if (problem.shape().backward()) {
            Attention.backward(workers, geometry, 0, 0, 0, q, 0, k, 0, v, 0, null, 0, y, 0, logSumExp, 0, problem.dy(),
                    0, dq,
                    0, false, dk, 0, false, dv, 0, false);
        }
    }
}
