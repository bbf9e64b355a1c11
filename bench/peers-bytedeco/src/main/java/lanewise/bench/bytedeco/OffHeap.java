package lanewise.bench.bytedeco;

import org.bytedeco.javacpp.FloatPointer;

/**
 * An array outside the heap, aligned to a cache line. JavaCPP copies heap arrays on every call, which costs up to a
 * quarter of a small product, and a user of native libraries would keep matrices outside the heap.
 */
final class OffHeap {

    private static final int CACHE_LINE = 64;

    // Kept because the memory is freed with it.
    private final FloatPointer owner;
    private final FloatPointer aligned;
    private final int length;

    OffHeap(int length) {
        this.length = length;
        owner = new FloatPointer(length + (long) (CACHE_LINE / Float.BYTES));
        long misaligned = owner.address() % CACHE_LINE;
        aligned = owner.getPointer(FloatPointer.class, (CACHE_LINE - misaligned) % CACHE_LINE / Float.BYTES);
    }

    static OffHeap copyOf(float[] values) {
        var copy = new OffHeap(values.length);
        copy.pointer().put(values, 0, values.length);
        return copy;
    }

    FloatPointer pointer() {
        return aligned;
    }

    float[] toArray() {
        float[] values = new float[length];
        aligned.get(values, 0, length);
        return values;
    }
}
