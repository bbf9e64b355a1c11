package lanewise.examples.conformance;

import java.util.ArrayList;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.Transpose;
import lanewise.kernels.layout.Strided;

/** Products of matrices. */
final class MatrixAdapter {

    private MatrixAdapter() {}

    /** alpha · op(A) · op(B) + beta · C. */
    static List<OnnxTensor> gemm(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor a = inputs.get(0);
        OnnxTensor b = inputs.get(1);
        boolean transA = node.integer("transA", 0) == 1;
        boolean transB = node.integer("transB", 0) == 1;
        int m = a.size(transA ? 1 : 0);
        int k = a.size(transA ? 0 : 1);
        int n = b.size(transB ? 0 : 1);
        float[] c = new float[m * n];
        float alpha = node.number("alpha", 1);
        float beta = node.number("beta", 1);
        // Up to version 6 this said whether C may be broadcast; since then it always may.
        node.integer("broadcast", 1);
        if (inputs.size() > 2) {
            Strided.copy(workers, LayoutAdapter.layout(inputs.get(2).shape()).broadcast(m, n), inputs.get(2).floats(),
                    0,
                    LayoutAdapter.layout(List.of(m, n)), c, 0);
        }
        Gemm.sgemm(workers, transA ? Transpose.TRANS : Transpose.NO_TRANS,
                transB ? Transpose.TRANS : Transpose.NO_TRANS, m, n, k, alpha,
                a.floats(), 0, a.size(1), b.floats(), 0, b.size(1), beta, c, 0, n);
        return List.of(OnnxTensor.of(List.of(m, n), c));
    }

    /** NumPy's product: matrices are the last two axes, the others are broadcast; a vector is a row or a column. */
    static List<OnnxTensor> matmul(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor a = inputs.get(0);
        OnnxTensor b = inputs.get(1);
        List<Integer> shapeA = new ArrayList<>(a.shape());
        List<Integer> shapeB = new ArrayList<>(b.shape());
        if (shapeA.size() == 1) {
            shapeA.add(0, 1);
        }
        if (shapeB.size() == 1) {
            shapeB.add(1);
        }
        int m = shapeA.get(shapeA.size() - 2);
        int k = shapeA.getLast();
        int n = shapeB.getLast();
        List<Integer> batch = BinaryAdapter.meeting(shapeA.subList(0, shapeA.size() - 2),
                shapeB.subList(0, shapeB.size() - 2));
        int count = Shapes.product(batch);
        float[] wideA = expanded(workers, a.withShape(shapeA), batch);
        float[] wideB = expanded(workers, b.withShape(shapeB), batch);
        float[] c = new float[count * m * n];
        for (int i = 0; i < count; i++) {
            Gemm.sgemm(workers, Transpose.NO_TRANS, Transpose.NO_TRANS, m, n, k, 1, wideA, i * m * k, k, wideB,
                    i * k * n, n, 0, c,
                    i * m * n, n);
        }
        List<Integer> shape = new ArrayList<>(batch);
        if (a.shape().size() > 1) {
            shape.add(m);
        }
        if (b.shape().size() > 1) {
            shape.add(n);
        }
        return List.of(OnnxTensor.of(shape, c));
    }

    private static float[] expanded(Workers workers, OnnxTensor x, List<Integer> batch) {
        List<Integer> shape = new ArrayList<>(batch);
        shape.addAll(x.shape().subList(x.shape().size() - 2, x.shape().size()));
        float[] y = new float[Shapes.product(shape)];
        Strided.copy(workers, LayoutAdapter.layout(x.shape()).broadcast(LayoutAdapter.sizes(shape)), x.floats(), 0,
                LayoutAdapter.layout(shape), y, 0);
        return y;
    }
}
