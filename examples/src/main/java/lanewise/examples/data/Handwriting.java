package lanewise.examples.data;

import java.util.List;
import lanewise.examples.data.DigitSkeletons.Knot;
import lanewise.examples.data.DigitSkeletons.Stroke;

/**
 * Writes one digit as a hand would: a skeleton whose points wander, bent by a smooth random field, slanted, turned and
 * stretched, then drawn with a pen whose pressure varies, and placed as MNIST places its digits (scaled into a 20x20 box,
 * centre of mass in the middle of 28x28).
 */
final class Handwriting {
    static final int SIZE = 28;

    private static final double BOX = 20;

    /** Straight pieces per span between two knots: at 20 pixels a digit more would not be seen. */
    private static final int PIECES = 6;

    /** Points from one swelling of the pen to the next. */
    private static final int SWELL_POINTS = 3 * PIECES;

    private static final int MAX_POINTS = 256;

    /** Control points of the bending field along one side. */
    private static final int FIELD = 5;

    private final Pen pen = new Pen(SIZE);
    private final double[] x = new double[MAX_POINTS];
    private final double[] y = new double[MAX_POINTS];
    private final double[] radius = new double[MAX_POINTS];
    private final boolean[] penDown = new boolean[MAX_POINTS];
    private final double[] bendX = new double[FIELD * FIELD];
    private final double[] bendY = new double[FIELD * FIELD];
    private final double[] weightX = new double[4];
    private final double[] weightY = new double[4];
    private int points;

    /** Writes {@code digit} with the numbers of {@code draws} into {@code pixels} at {@code offset}. */
    void write(int digit, Draws draws, byte[] pixels, int offset) {
        List<List<Stroke>> forms = DigitSkeletons.formsOf(digit);
        points = 0;
        for (Stroke stroke : forms.get(draws.below(forms.size()))) {
            trace(stroke, draws);
        }
        bend(draws);
        slantTurnStretch(draws);
        press(draws);
        place();
        pen.clear();
        for (int i = 1; i < points; i++) {
            if (penDown[i]) {
                pen.line(x[i - 1], y[i - 1], radius[i - 1], x[i], y[i], radius[i]);
            }
        }
        pen.copyTo(pixels, offset);
    }

    /** Follows the knots, each a little off its place, along a Catmull-Rom spline. */
    private void trace(Stroke stroke, Draws draws) {
        List<Knot> knots = stroke.knots();
        int n = knots.size();
        double[] kx = new double[n];
        double[] ky = new double[n];
        double shiftX = draws.normal(0, 1.5);
        double shiftY = draws.normal(0, 1.5);
        for (int i = 0; i < n; i++) {
            double wander = i == 0 || i == n - 1 ? 4.5 : 2.6;
            kx[i] = knots.get(i).x() + shiftX + draws.normal(0, wander);
            ky[i] = knots.get(i).y() + shiftY + draws.normal(0, wander);
        }
        add(kx[0], ky[0], false);
        for (int i = 0; i + 1 < n; i++) {
            int before = i == 0 || knots.get(i).corner() ? i : i - 1;
            int after = i + 2 == n || knots.get(i + 1).corner() ? i + 1 : i + 2;
            for (int piece = 1; piece <= PIECES; piece++) {
                double t = (double) piece / PIECES;
                add(
                        catmullRom(kx[before], kx[i], kx[i + 1], kx[after], t),
                        catmullRom(ky[before], ky[i], ky[i + 1], ky[after], t),
                        true);
            }
        }
    }

    private void add(double px, double py, boolean down) {
        x[points] = px;
        y[points] = py;
        penDown[points] = down;
        points++;
    }

    private static double catmullRom(double p0, double p1, double p2, double p3, double t) {
        double a = 3 * (p1 - p2) + p3 - p0;
        double b = 2 * p0 - 5 * p1 + 4 * p2 - p3;
        return p1 + 0.5 * t * (p2 - p0 + t * (b + t * a));
    }

    /** The elastic distortion: moves every point by a bicubic B-spline field of random control vectors. */
    private void bend(Draws draws) {
        double strength = draws.uniform(5, 17);
        for (int i = 0; i < FIELD * FIELD; i++) {
            bendX[i] = draws.normal(0, strength);
            bendY[i] = draws.normal(0, strength);
        }
        int spans = FIELD - 3;
        for (int i = 0; i < points; i++) {
            double u = Math.clamp((x[i] + 20) / 110, 0.0, 0.999) * spans;
            double v = Math.clamp((y[i] + 15) / 130, 0.0, 0.999) * spans;
            splineWeights(u - (int) u, weightX);
            splineWeights(v - (int) v, weightY);
            double dx = 0;
            double dy = 0;
            for (int r = 0; r < 4; r++) {
                for (int c = 0; c < 4; c++) {
                    int at = ((int) v + r) * FIELD + (int) u + c;
                    double weight = weightY[r] * weightX[c];
                    dx += weight * bendX[at];
                    dy += weight * bendY[at];
                }
            }
            x[i] += dx;
            y[i] += dy;
        }
    }

    private static void splineWeights(double t, double[] weight) {
        double s = 1 - t;
        weight[0] = s * s * s / 6;
        weight[1] = (4 - 6 * t * t + 3 * t * t * t) / 6;
        weight[2] = (4 - 6 * s * s + 3 * s * s * s) / 6;
        weight[3] = t * t * t / 6;
    }

    /** The affine distortion. Writers lean to the right more often than to the left. */
    private void slantTurnStretch(Draws draws) {
        double slant = draws.normal(0.15, 0.24);
        double turn = draws.normal(0, 0.13);
        double stretch = draws.uniform(0.7, 1.5);
        double cos = StrictMath.cos(turn);
        double sin = StrictMath.sin(turn);
        for (int i = 0; i < points; i++) {
            double px = stretch * (x[i] - 33) - slant * (y[i] - 50);
            double py = y[i] - 50;
            x[i] = cos * px - sin * py;
            y[i] = sin * px + cos * py;
        }
    }

    /** The pressure: a pen of random width that swells and thins along the way and is light where a stroke ends. */
    private void press(Draws draws) {
        double width = draws.uniform(0.8, 1.75);
        double swell = draws.uniform(0, 0.35);
        double from = 0;
        double to = draws.normal(0, 1);
        for (int i = 0; i < points; i++) {
            int along = i % SWELL_POINTS;
            if (along == 0) {
                from = to;
                to = draws.normal(0, 1);
            }
            double t = (double) along / SWELL_POINTS;
            double pressure = 1 + swell * Math.clamp(from + (to - from) * t * t * (3 - 2 * t), -1.5, 1.5);
            boolean tip = !penDown[i] || i + 1 == points || !penDown[i + 1];
            radius[i] = width * pressure * (tip ? 0.75 : 1);
        }
    }

    /** Scales the trace so that its ink fits the box, and brings the ink's centre of mass to the centre of the image. */
    private void place() {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        double widest = 0;
        for (int i = 0; i < points; i++) {
            left = Math.min(left, x[i]);
            right = Math.max(right, x[i]);
            top = Math.min(top, y[i]);
            bottom = Math.max(bottom, y[i]);
            widest = Math.max(widest, radius[i]);
        }
        double scale = (BOX - 2 * widest) / Math.max(right - left, bottom - top);
        double mass = 0;
        double massX = 0;
        double massY = 0;
        for (int i = 0; i < points; i++) {
            x[i] = scale * (x[i] - left);
            y[i] = scale * (y[i] - top);
            if (penDown[i]) {
                double dx = x[i] - x[i - 1];
                double dy = y[i] - y[i - 1];
                double ink = Math.sqrt(dx * dx + dy * dy) * (radius[i] + radius[i - 1]);
                mass += ink;
                massX += ink * 0.5 * (x[i] + x[i - 1]);
                massY += ink * 0.5 * (y[i] + y[i - 1]);
            }
        }
        for (int i = 0; i < points; i++) {
            x[i] += 0.5 * SIZE - massX / mass;
            y[i] += 0.5 * SIZE - massY / mass;
        }
    }
}
