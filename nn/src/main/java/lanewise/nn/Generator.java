package lanewise.nn;

import java.util.Map;
import lanewise.kernels.random.Philox;

/**
 * A source of random numbers that is a seed and a counter and nothing else: the same seed gives the same numbers on every
 * machine, and the two numbers restore its state. Each draw fills a tensor from a stream of its own.
 */
public final class Generator implements Stateful {

    private long seed;
    private long drawn;

    /**
     * A generator at its beginning.
     *
     * @param seed any number
     */
    public Generator(long seed) {
        this(seed, 0);
    }

    /**
     * A generator that continues where another one was.
     *
     * @param seed the other's seed
     * @param drawn how many tensors it had filled
     */
    public Generator(long seed, long drawn) {
        if (drawn < 0) {
            throw new IllegalArgumentException("Generator: drawn = " + drawn + ", need drawn >= 0");
        }
        this.seed = seed;
        this.drawn = drawn;
    }

    /**
     * The seed.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }

    /**
     * How many tensors were filled.
     *
     * @return the number
     */
    public long drawn() {
        return drawn;
    }

    /**
     * Fills a tensor with numbers uniform in [low, high).
     *
     * @param tensor the tensor
     * @param low least
     * @param high above the largest
     */
    public void uniform(Tensor tensor, float low, float high) {
        Philox.uniform(seed, drawn++, tensor.size(), low, high, tensor.data(), tensor.offset());
    }

    /**
     * Fills a tensor with normally distributed numbers.
     *
     * @param tensor the tensor
     * @param mean their mean
     * @param std their standard deviation
     */
    public void normal(Tensor tensor, float mean, float std) {
        Philox.normal(seed, drawn++, tensor.size(), mean, std, tensor.data(), tensor.offset());
    }

    @Override
    public State state() {
        return new State(Map.of(), Map.of("seed", Long.toString(seed), "drawn", Long.toString(drawn)));
    }

    @Override
    public Runnable restoring(State state) {
        state.requireLike(state());
        long newSeed = state.wholeNumber("seed", Long.MIN_VALUE);
        long newDrawn = state.wholeNumber("drawn", 0);
        return () -> {
            seed = newSeed;
            drawn = newDrawn;
        };
    }
}
