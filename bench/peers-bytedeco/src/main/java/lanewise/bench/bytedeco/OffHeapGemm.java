package lanewise.bench.bytedeco;

import lanewise.bench.gemm.GemmEngine;
import lanewise.bench.gemm.GemmShape;
import org.bytedeco.javacpp.FloatPointer;

/** A library with a BLAS-like function that multiplies row-major matrices outside the heap. */
abstract class OffHeapGemm extends GemmEngine {

    /** Runs C = op(A) · op(B) once. */
    abstract void multiply(GemmShape shape, FloatPointer a, FloatPointer b, FloatPointer c);

    @Override
    protected final Product bind(GemmShape shape, float[] a, float[] b) {
        OffHeap nativeA = OffHeap.copyOf(a);
        OffHeap nativeB = OffHeap.copyOf(b);
        var nativeC = new OffHeap(shape.m() * shape.n());
        return new Product() {
            @Override
            public void run() {
                multiply(shape, nativeA.pointer(), nativeB.pointer(), nativeC.pointer());
            }

            @Override
            public float[] result() {
                return nativeC.toArray();
            }
        };
    }
}
