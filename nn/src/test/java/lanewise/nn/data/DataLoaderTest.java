package lanewise.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import lanewise.nn.Shape;
import org.junit.jupiter.api.Test;

class DataLoaderTest {

    /** Ten samples of two elements: sample i is (i, -i), its label is i. */
    private static final Dataset TEN = dataset(10);

    @Test
    void batchesHoldSamplesLabelsAndTargets() {
        Batch batch = new DataLoader(TEN, 3).iterator().next();

        assertEquals(3, batch.size());
        assertArrayEquals(new float[]{0, 0, 1, -1, 2, -2}, batch.images());
        assertArrayEquals(new int[]{0, 1, 2}, batch.labels());
        assertEquals(30, batch.targets().length);
        assertEquals(1, batch.targets()[11]);
    }

    @Test
    void withoutShufflingTheOrderIsKept() {
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), labels(new DataLoader(TEN, 3)));
    }

    @Test
    void prefetchingChangesNothing() {
        DataLoader plain = new DataLoader(dataset(100), 7).shuffle(5);
        DataLoader ahead = new DataLoader(dataset(100), 7).shuffle(5).prefetch();

        for (int epoch = 0; epoch < 5; epoch++) {
            if (epoch == 2) {
                ahead.iterator().next(); // left in the middle
                plain.iterator().next();
            }
            assertEquals(labels(plain), labels(ahead));
        }
    }

    @Test
    void whatGoesWrongWhilePrefetchingIsThrownWhereTheBatchIsAskedFor() {
        Dataset broken = new Dataset() {
            @Override
            public int size() {
                return 10;
            }

            @Override
            public Shape shape() {
                return Shape.of(1);
            }

            @Override
            public int classes() {
                return 1;
            }

            @Override
            public void copyTo(int index, float[] target, int targetOffset) {
                if (index == 5) {
                    throw new IllegalArgumentException("no such luck");
                }
            }

            @Override
            public int label(int index) {
                return 0;
            }
        };
        Iterator<Batch> batches = new DataLoader(broken, 2).prefetch().iterator();
        batches.next();
        batches.next();
        assertEquals("DataLoader: a sample could not be read: no such luck",
                assertThrows(IllegalStateException.class, batches::next).getMessage());
    }

    @Test
    void reviewsComeAfterGrowingDistances() {
        // exp(-t / s) falls to 1/e after s batches: 2 after the first time, then 6
        ReviewSampler sampler = new ReviewSampler(3, 1, 2, 2, 3, Math.exp(-1));
        int[] order = new int[sampler.count(20)];
        sampler.arrange(0, 20, order);

        int[] shuffled = new int[20];
        Sampler.shuffled(3).arrange(0, 20, shuffled);
        assertEquals(60, order.length);
        for (int sample = 0; sample < 20; sample++) {
            int of = sample;
            int[] places = IntStream.range(0, 60).filter(i -> order[i] == of).toArray();
            assertEquals(3, places.length, "as often as each other");
        }
        assertEquals(shuffled[0], order[0]);
        assertEquals(shuffled[0], order[3], "two batches later");
        assertEquals(shuffled[0], order[10], "six more batches later");
        int[] again = new int[60];
        sampler.arrange(0, 20, again);
        assertEquals(Arrays.toString(order), Arrays.toString(again));
        assertEquals(List.of(2, 2, 2, 2, 2, 2, 2, 2, 2, 2),
                sizes(new DataLoader(TEN, 2).sampler(new ReviewSampler(3, 2, 1, 2, 3, 0.5))));
        assertThrows(IllegalArgumentException.class, () -> new ReviewSampler(3, 0, 2, 2, 3, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new ReviewSampler(3, 1, 2, 2, 3, 1));
    }

    @Test
    void theLastBatchIsSmallerOrLeftOut() {
        assertEquals(List.of(3, 3, 3, 1), sizes(new DataLoader(TEN, 3)));
        assertEquals(List.of(3, 3, 3), sizes(new DataLoader(TEN, 3).dropLast()));
        assertEquals(4, new DataLoader(TEN, 3).batches());
        assertEquals(3, new DataLoader(TEN, 3).dropLast().batches());
        assertEquals(List.of(5, 5), sizes(new DataLoader(TEN, 5)));
        assertEquals(List.of(10), sizes(new DataLoader(TEN, 64)));
        assertEquals(List.of(), sizes(new DataLoader(TEN, 64).dropLast()));
        assertEquals(List.of(), sizes(new DataLoader(dataset(0), 4)));
    }

    @Test
    void seedAndEpochDecideTheOrder() {
        DataLoader loader = new DataLoader(dataset(100), 7).shuffle(5);
        List<Integer> first = labels(loader);
        List<Integer> second = labels(loader);

        assertNotEquals(first, second);
        assertEquals(IntStream.range(0, 100).boxed().toList(), first.stream().sorted().toList());
        assertEquals(2, loader.nextEpoch());
        assertEquals(first, labels(new DataLoader(dataset(100), 13).shuffle(5)), "the batch size does not matter");
        assertEquals(second, labels(new DataLoader(dataset(100), 7).shuffle(5).nextEpoch(1)));
        assertNotEquals(first, labels(new DataLoader(dataset(100), 7).shuffle(6)));
    }

    @Test
    void batchesAreOneObject() {
        Iterator<Batch> batches = new DataLoader(TEN, 3).iterator();

        assertSame(batches.next(), batches.next());
    }

    @Test
    void anEarlierIterationEndsWhenAnotherBegins() {
        DataLoader loader = new DataLoader(TEN, 3);
        Iterator<Batch> earlier = loader.iterator();
        assertEquals(3, loader.iterator().next().size());

        assertEquals("DataLoader: another epoch was begun; one at a time can be in use",
                assertThrows(IllegalStateException.class, earlier::next).getMessage());
    }

    @Test
    void anEpochEnds() {
        Iterator<Batch> batches = new DataLoader(TEN, 10).iterator();
        batches.next();

        assertThrows(NoSuchElementException.class, batches::next);
    }

    @Test
    void argumentsAreChecked() {
        assertEquals("DataLoader: batchSize = 0, need batchSize >= 1", refusal(() -> new DataLoader(TEN, 0)));
        assertEquals("DataLoader: epoch = -1, need epoch >= 0", refusal(() -> new DataLoader(TEN, 1).nextEpoch(-1)));
        assertEquals("Dataset: labels[1] = 2, need 0 <= label < 2",
                refusal(() -> Dataset.of(new float[2], new int[]{0, 2}, Shape.of(1), 2)));
        assertEquals("Dataset: samples.length = 3, need 4 for 2 labels and samples of [2]",
                refusal(() -> Dataset.of(new float[3], new int[]{0, 1}, Shape.of(2), 2)));
    }

    @Test
    void aSliceIsAPart() {
        Dataset slice = TEN.slice(4, 7);

        assertEquals(List.of(4, 5, 6), labels(new DataLoader(slice, 2)));
        assertEquals(Shape.of(2), slice.shape());
        assertEquals(10, slice.classes());
        assertEquals(List.of(5), labels(new DataLoader(slice.slice(1, 2), 2)));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.label(3));
        assertThrows(IndexOutOfBoundsException.class, () -> TEN.slice(4, 11));
    }

    private static String refusal(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }

    private static List<Integer> labels(DataLoader loader) {
        List<Integer> labels = new ArrayList<>();
        for (Batch batch : loader) {
            for (int i = 0; i < batch.size(); i++) {
                labels.add(batch.labels()[i]);
                assertEquals(batch.labels()[i], batch.images()[2 * i], "sample and label belong together");
            }
        }
        return labels;
    }

    private static List<Integer> sizes(DataLoader loader) {
        List<Integer> sizes = new ArrayList<>();
        for (Batch batch : loader) {
            sizes.add(batch.size());
        }
        return sizes;
    }

    private static Dataset dataset(int size) {
        float[] samples = new float[2 * size];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            samples[2 * i] = i;
            samples[2 * i + 1] = -i;
            labels[i] = i;
        }
        return Dataset.of(samples, labels, Shape.of(2), Math.max(size, 1));
    }
}
