package lanewise.bench.sequence;

import lanewise.kernels.Workers;
import lanewise.kernels.recurrent.Gru;
import lanewise.kernels.recurrent.Lstm;

/** A pass by Lanewise, on arrays that stand ready. */
final class RecurrentRun {

    private final Workers workers;
    private final RecurrentProblem problem;
    private final RecurrentShape shape;
    private final float[] bias;
    private final float[] zero;
    private final int[] lengths;
    private final float[] gates;
    private final float[] c;
    private final float[] y;
    private final float[] dGates;
    private final float[] dx;
    private final float[] dwInput;
    private final float[] dwHidden;
    private final float[] dBias;
    private final float[] dh0;
    private final float[] dc0;

    RecurrentRun(Workers workers, RecurrentProblem problem) {
        this.workers = workers;
        this.problem = problem;
        shape = problem.shape();
        int hidden = shape.hidden();
        int states = shape.steps() * shape.batch() * hidden;
        bias = new float[4 * hidden];
        for (int i = 0; i < shape.width(); i++) {
            boolean apart = shape.kind() == RecurrentShape.Kind.GRU && i >= 2 * hidden;
            bias[i] = problem.biasInput()[i] + (apart ? 0 : problem.biasHidden()[i]);
            if (apart) {
                bias[i + hidden] = problem.biasHidden()[i];
            }
        }
        zero = new float[shape.batch() * hidden];
        lengths = problem.lengths();
        gates = new float[4 * states];
        c = new float[states];
        y = new float[states];
        dGates = new float[4 * states];
        dx = new float[problem.x().length];
        dwInput = new float[problem.wInput().length];
        dwHidden = new float[problem.wHidden().length];
        dBias = new float[bias.length];
        dh0 = new float[zero.length];
        dc0 = new float[zero.length];
    }

    float[] result() {
        return shape.backward() ? dwHidden : y;
    }

    void run() {
        int steps = shape.steps();
        int batch = shape.batch();
        int inputs = shape.inputs();
        int hidden = shape.hidden();
        float[] x = problem.x();
        float[] wInput = problem.wInput();
        float[] wHidden = problem.wHidden();
        float[] dy = problem.dy();
        if (shape.kind() == RecurrentShape.Kind.LSTM) {
            Lstm.forward(workers, steps, batch, inputs, hidden, x, 0, wInput, 0, wHidden, 0, bias, 0, null, 0, zero, 0,
                    zero, 0,
                    lengths, 0, gates, 0, c, 0, y, 0);
            if (shape.backward()) {
                Lstm.backward(workers, steps, batch, hidden, wHidden, 0, null, 0, zero, 0, lengths, 0, gates, 0, c, 0,
                        dy, 0,
                        zero, 0, dGates, 0, dh0, 0, dc0, 0);
                Lstm.backwardInput(workers, steps, batch, inputs, hidden, dGates, 0, wInput, 0, dx, 0, false);
                Lstm.backwardWeights(workers, steps, batch, inputs, hidden, x, 0, zero, 0, y, 0, dGates, 0, dwInput, 0,
                        false, dwHidden, 0, false, dBias, 0, false);
            }
        } else {
            Gru.forward(workers, true, steps, batch, inputs, hidden, x, 0, wInput, 0, wHidden, 0, bias, 0, zero, 0,
                    lengths, 0, gates, 0, y, 0);
            if (shape.backward()) {
                Gru.backward(workers, true, steps, batch, hidden, wHidden, 0, zero, 0, lengths, 0, gates, 0, y, 0, dy,
                        0, dGates, 0, dh0, 0);
                Gru.backwardInput(workers, steps, batch, inputs, hidden, dGates, 0, wInput, 0, dx, 0, false);
                Gru.backwardWeights(workers, true, steps, batch, inputs, hidden, x, 0, zero, 0, gates, 0, y, 0, dGates,
                        0, dwInput, 0, false, dwHidden, 0, false, dBias, 0, false);
            }
        }
    }
}
