package lanewise.bench.bytedeco;

import lanewise.bench.contest.CheckedEngine;
import lanewise.bench.contest.Computation;
import lanewise.bench.gemm.GemmOperands;
import lanewise.bench.gemm.GemmShape;
import org.bytedeco.javacpp.FloatPointer;

/** A library with a BLAS-like function that multiplies row-major matrices outside the heap. */
abstract class OffHeapGemm extends CheckedEngine<GemmOperands> {

    OffHeapGemm() {
        super(GemmOperands::of);
    }

    /** Runs C = op(A) · op(B) once. */
    abstract void multiply(GemmShape shape, FloatPointer a, FloatPointer b, FloatPointer c);

    @Override
    protected final Computation bind(GemmOperands operands) {
        GemmShape shape = operands.shape();
        OffHeap nativeA = OffHeap.copyOf(operands.a());
        OffHeap nativeB = OffHeap.copyOf(operands.b());
        var nativeC = new OffHeap(shape.m() * shape.n());
        return new Computation(
                () -> multiply(shape, nativeA.pointer(), nativeB.pointer(), nativeC.pointer()), nativeC::toArray);
    }
}
