package lanewise.kernels.recurrent;

import java.util.ArrayList;
import java.util.List;
import lanewise.kernels.gemm.PackedMatrix;
import lanewise.kernels.gemm.Transpose;

/** Memory for weights that are packed once for a sequence; kept for each shape, so that a call allocates nothing. */
final class PackedWeights {

    private final List<PackedMatrix> known = new ArrayList<>();

    /** op(W), of k rows and n columns. It holds until weights of the same shape are packed. */
    PackedMatrix of(Transpose transW, int k, int n, float[] w, int wOffset, int ldw) {
        for (int i = 0; i < known.size(); i++) {
            PackedMatrix packed = known.get(i);
            if (packed.k() == k && packed.n() == n) {
                packed.repack(transW, w, wOffset, ldw);
                return packed;
            }
        }
        PackedMatrix packed = PackedMatrix.pack(transW, k, n, w, wOffset, ldw);
        known.add(packed);
        return packed;
    }
}
