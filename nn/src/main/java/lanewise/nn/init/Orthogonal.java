package lanewise.nn.init;

import lanewise.nn.Generator;
import lanewise.nn.Tensor;

/** Fills a matrix with orthogonal rows or columns. */
final class Orthogonal {

    private Orthogonal() {}

    static void fill(Tensor tensor, Generator random, float gain) {
        Fans.of("orthogonal", tensor.shape()); // refuses what is no matrix
        int rows = tensor.shape().size(0);
        int cols = tensor.size() / rows;
        random.normal(tensor, 0, 1);
        double[][] vectors = new double[Math.min(rows, cols)][Math.max(rows, cols)];
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < vectors[i].length; j++) {
                vectors[i][j] = tensor.data()[at(tensor, rows, cols, i, j)];
            }
        }
        for (int i = 0; i < vectors.length; i++) {
            // The second time takes away what rounding has left of the others.
            for (int time = 0; time < 2; time++) {
                for (int other = 0; other < i; other++) {
                    add(-dot(vectors[i], vectors[other]), vectors[other], vectors[i]);
                }
                double length = Math.sqrt(dot(vectors[i], vectors[i]));
                for (int j = 0; j < vectors[i].length; j++) {
                    vectors[i][j] /= length;
                }
            }
        }
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < vectors[i].length; j++) {
                tensor.data()[at(tensor, rows, cols, i, j)] = (float) (gain * vectors[i][j]);
            }
        }
    }

    /** Where element j of vector i is: vectors are rows, or columns if those are fewer. */
    private static int at(Tensor tensor, int rows, int cols, int i, int j) {
        return tensor.offset() + (rows <= cols ? i * cols + j : j * cols + i);
    }

    private static void add(double factor, double[] x, double[] y) {
        for (int j = 0; j < x.length; j++) {
            y[j] += factor * x[j];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
