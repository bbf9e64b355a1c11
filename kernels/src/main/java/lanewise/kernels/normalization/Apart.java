package lanewise.kernels.normalization;

/**
 * Two lines of the caches before the fields of a subclass, which nothing is written to. What one worker writes must not be in a line
 * with what another reads, and objects that are made one after the other are neighbours in memory (decision 0014).
 */
@SuppressWarnings({"unused", "MultipleVariableDeclarations"})
abstract class Apart {
    private long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;
}
