package lanewise.nn.data;

/** Displacements that are uniform noise, smoothed by a Gaussian along both axes. */
final class ElasticWarp extends Warp {

    private final float strength;
    private final float[] weights;
    private float[] down = new float[0];
    private float[] right = new float[0];
    private float[] smoothed = new float[0];
    private int width;

    ElasticWarp(float strength, float smoothing) {
        this.strength = strength * smoothing;
        int reach = (int) Math.ceil(3 * smoothing);
        weights = new float[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            double weight = StrictMath.exp(-i * i / (2.0 * smoothing * smoothing));
            weights[i + reach] = (float) weight;
            sum += weight;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= (float) sum;
        }
    }

    @Override
    void draw(int height, int newWidth, Draws draws) {
        width = newWidth;
        if (down.length < height * width) {
            down = new float[height * width];
            right = new float[height * width];
            smoothed = new float[height * width];
        }
        fill(down, height, draws);
        fill(right, height, draws);
    }

    private void fill(float[] field, int height, Draws draws) {
        for (int i = 0; i < height * width; i++) {
            field[i] = draws.uniform(-strength, strength);
        }
        smooth(field, smoothed, height, width, 1);
        smooth(smoothed, field, height, width, width);
    }

    /** Along rows if the step is 1, along columns if it is the width. */
    private void smooth(float[] from, float[] to, int height, int width, int step) {
        int reach = weights.length / 2;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int place = step == 1 ? x : y;
                int size = step == 1 ? width : height;
                float sum = 0;
                for (int i = Math.max(-reach, -place); i <= Math.min(reach, size - 1 - place); i++) {
                    sum += weights[i + reach] * from[y * width + x + i * step];
                }
                to[y * width + x] = sum;
            }
        }
    }

    @Override
    float row(int y, int x) {
        return y + down[y * width + x];
    }

    @Override
    float column(int y, int x) {
        return x + right[y * width + x];
    }
}
