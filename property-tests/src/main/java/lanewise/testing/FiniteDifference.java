package lanewise.testing;

import java.util.function.DoubleUnaryOperator;

/**
 * The slope of a function of one variable by central differences at several distances, extrapolated after Richardson, with
 * an estimate of its own error. Where the slopes on both sides do not approach each other there is a kink.
 *
 * @param value the slope
 * @param error by how much it may be wrong: from the last two distances, and from the rounding of the function's values
 * @param kink whether the slopes on both sides differ, however near
 * @param left slope on the left
 * @param right slope on the right
 * @param curvature by how much the slope changes if the variable does; 0 at a kink
 */
record FiniteDifference(double value, double error, boolean kink, double left, double right, double curvature) {

    /** Where a function's values are rounded: how fine, and which distance balances rounding and curvature. */
    enum Precision {
        SINGLE(0x1p-24, 0x1p-4), DOUBLE(0x1p-53, 0x1p-9);

        private final double unitRoundoff;
        private final double distance;

        Precision(double unitRoundoff, double distance) {
            this.unitRoundoff = unitRoundoff;
            this.distance = distance;
        }

        /** The magnitude of numbers that make up a value of this error. */
        double magnitude(double error) {
            return error / (ROUNDINGS * unitRoundoff);
        }
    }

    private static final int ATTEMPTS = 4;
    // Each half of the one before. With two, a kink at a third of the first looks smooth; with three, sums of kinks may.
    private static final int DISTANCES = 4;
    // What shifts two slopes shifts (4 near - far) / 3 by at most so much.
    private static final double EXTRAPOLATED = 5.0 / 3;
    // A value is taken to carry up to so many roundings of its magnitude.
    private static final double ROUNDINGS = 16;

    /**
     * The slope at a point.
     *
     * @param f the function
     * @param x the point
     * @param precision of the function's values and arguments
     * @param magnitude of the numbers that make up a value
     * @return the slope
     */
    static FiniteDifference of(DoubleUnaryOperator f, double x, Precision precision, double magnitude) {
        double distance = precision.distance * Math.max(1, Math.abs(x));
        double here = f.applyAsDouble(x);
        FiniteDifference slope = null;
        // A kink nearby, but not here, is out of reach of a shorter distance.
        for (int attempt = 0; attempt < ATTEMPTS && (slope == null || slope.kink); attempt++, distance /= 8) {
            double noise = ROUNDINGS * precision.unitRoundoff * magnitude / distance;
            slope = at(distance, f, x, here, precision, noise);
        }
        return slope;
    }

    private static FiniteDifference at(double distance, DoubleUnaryOperator f, double x, double here,
            Precision precision,
            double noise) {
        double[] left = new double[DISTANCES];
        double[] right = new double[DISTANCES];
        double[] centre = new double[DISTANCES];
        boolean kink = false;
        for (int i = 0; i < DISTANCES; i++) {
            left[i] = slope(f, x, here, -Math.scalb(distance, -i), precision);
            right[i] = slope(f, x, here, Math.scalb(distance, -i), precision);
            centre[i] = (left[i] + right[i]) / 2;
            // When the distance is halved, the jump from the left slope to the right one halves if the function is smooth,
            // and the change of the central slope falls to a quarter. Kinks here or between two distances do otherwise.
            double doubt = Math.scalb(noise, i);
            if (i > 0) {
                double halved = Math.abs(jump(left, right, i - 1)) / 2;
                double jump = Math.abs(jump(left, right, i));
                kink |= jump > 1.2 * halved + doubt || jump < 0.8 * halved - doubt;
            }
            if (i > 1) {
                double quarter = Math.abs(centre[i - 2] - centre[i - 1]) / 4;
                kink |= Math.abs(centre[i - 1] - centre[i]) > 1.2 * quarter + doubt;
            }
        }
        double near = centre[DISTANCES - 1];
        double far = centre[DISTANCES - 2];
        // A jump of some times the doubt could pass for noise, and one beside a great curvature for smooth. It would shift each
        // slope by half of it, and their combination by 4/3 and 1/3 of that.
        double hidden = kink
                ? 0
                : Math.max(hiddenJump(left, right, DISTANCES - 1), hiddenJump(left, right, DISTANCES - 2));
        // The change of the central slope that is not a quarter of the one before.
        double unexplained = kink ? 0 : Math.abs(near - far - (far - centre[DISTANCES - 3]) / 4);
        double error = Math.abs(near - far) + unexplained
                + EXTRAPOLATED * Math.max(2 * Math.scalb(noise, DISTANCES - 1), hidden / 2);
        double curvature = kink ? 0 : (right[0] - left[0]) / distance;
        return new FiniteDifference((4 * near - far) / 3, error, kink, left[DISTANCES - 1], right[DISTANCES - 1],
                curvature);
    }

    private static double jump(double[] left, double[] right, int i) {
        return right[i] - left[i];
    }

    /** What is left of the jump where curvature halves it from one distance to the next: a kink within the shorter one. */
    private static double hiddenJump(double[] left, double[] right, int i) {
        return Math.abs(2 * jump(left, right, i) - jump(left, right, i - 1));
    }

    /** The slope from here to a point at a signed distance, which is what the precision leaves of it. */
    private static double slope(DoubleUnaryOperator f, double x, double here, double distance, Precision precision) {
        double there = precision == Precision.SINGLE ? (float) (x + distance) : x + distance;
        return (f.applyAsDouble(there) - here) / (there - x);
    }
}
