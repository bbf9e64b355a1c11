package lanewise.nn.data;

import lanewise.kernels.random.Philox;

/** In which order the samples of an epoch come, and how often. */
public interface Sampler {

    /**
     * How many samples an epoch has.
     *
     * @param samples how many there are
     * @return the number, the same for every epoch
     */
    int count(int samples);

    /**
     * The order of an epoch. The same arguments give the same order.
     *
     * @param epoch the epoch, from 0
     * @param samples how many there are
     * @param order receives {@link #count} numbers of samples
     */
    void arrange(int epoch, int samples, int[] order);

    /**
     * Each sample once, in the order of the dataset.
     *
     * @return the sampler
     */
    static Sampler inOrder() {
        return new Sampler() {
            @Override
            public int count(int samples) {
                return samples;
            }

            @Override
            public void arrange(int epoch, int samples, int[] order) {
                for (int i = 0; i < samples; i++) {
                    order[i] = i;
                }
            }
        };
    }

    /**
     * Each sample once, in an order that seed and epoch decide.
     *
     * @param seed any number
     * @return the sampler
     */
    static Sampler shuffled(long seed) {
        return new Sampler() {
            // Keeps the streams of shuffling apart from those of a Generator with the same seed.
            private static final long STREAMS = 1L << 62;

            @Override
            public int count(int samples) {
                return samples;
            }

            @Override
            public void arrange(int epoch, int samples, int[] order) {
                Philox.permutation(seed, STREAMS + epoch, samples, order, 0);
            }
        };
    }
}
