package lanewise.examples.data;

import lanewise.kernels.random.Philox;

/** The random numbers of one image: they depend on the seed and the image's index alone, so images can be made in any order. */
final class Draws {
    /** More than any image needs. */
    private static final int NORMALS = 160;

    private static final int UNIFORMS = 16;

    private final float[] normals = new float[NORMALS];
    private final float[] uniforms = new float[UNIFORMS];
    private int nextNormal;
    private int nextUniform;

    /** Starts the numbers of image {@code index}. */
    void restart(long seed, long index) {
        Philox.normal(seed, 2 * index, NORMALS, 0f, 1f, normals, 0);
        Philox.uniform(seed, 2 * index + 1, UNIFORMS, 0f, 1f, uniforms, 0);
        nextNormal = 0;
        nextUniform = 0;
    }

    double normal(double mean, double std) {
        return mean + std * normals[nextNormal++];
    }

    double uniform(double low, double high) {
        return low + (high - low) * uniforms[nextUniform++];
    }

    int below(int bound) {
        return Math.min((int) uniform(0, bound), bound - 1);
    }
}
