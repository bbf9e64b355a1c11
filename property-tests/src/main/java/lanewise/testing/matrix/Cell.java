package lanewise.testing.matrix;

import java.util.List;
import java.util.OptionalInt;

/** A machine that this one can play: a set of options for a JVM, and what that JVM must then say of itself. */
public enum Cell {
    /** This machine as it is. */
    HERE(0, ""),
    /** AVX-512: sixteen floats in a vector, 32 registers. */
    BITS_512(512, "-XX:MaxVectorSize=64"),
    /** AVX2: eight floats in a vector, 16 registers. */
    BITS_256(256, "-XX:UseAVX=2 -XX:MaxVectorSize=32"),
    /** Four floats in a vector, as NEON has. */
    BITS_128(128, "-XX:MaxVectorSize=16"),
    /** Two floats in a vector. */
    BITS_64(64, "-XX:MaxVectorSize=8"),
    /** No fused multiply-add. */
    NO_FMA(0, "-XX:-UseFMA"),
    /** SSE4: four floats in a vector, 16 registers, and no fused multiply-add. */
    SSE4(128, "-XX:UseAVX=0"),
    /** C1 alone: vectors are objects. */
    C1(0, "-XX:TieredStopAtLevel=1"),
    /** Everything interpreted: for few tries only. */
    INTERPRETER(0, "-Xint"),
    /** Another garbage collector, that moves objects while nothing runs. */
    PARALLEL_GC(0, "-XX:+UseParallelGC"),
    /** Objects with smaller headers: arrays begin at other addresses. */
    COMPACT_OBJECT_HEADERS(0, "-XX:+UseCompactObjectHeaders"),
    /** The module jdk.incubator.vector was forgotten: nothing can pass, but the error must say so. */
    MODULE_MISSING(0, "");

    private final int bits;
    private final String options;

    Cell(int bits, String options) {
        this.bits = bits;
        this.options = options;
    }

    /**
     * The width of vectors that this cell is about.
     *
     * @return bits, or nothing if the machine's own width is used
     */
    public OptionalInt vectorBits() {
        return bits == 0 ? OptionalInt.empty() : OptionalInt.of(bits);
    }

    /**
     * Whether kernels have no fused multiply-add in this cell.
     *
     * @return true for those cells that take it away
     */
    public boolean lacksFma() {
        return this == NO_FMA || this == SSE4;
    }

    /**
     * The options of the JVM.
     *
     * @return such as {@code -XX:UseAVX=2}
     */
    public List<String> options() {
        return options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
    }
}
