package lanewise.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Losses that a reader can verify by hand; their gradients in {@code NegativeLogLikelihoodProperties}. */
class CrossEntropyLossTest {

    private static final double LOG2 = Math.log(2);

    private final Workers workers = Workers.single();
    private final Step step = new Tape(workers).step();

    @AfterEach
    void close() {
        step.close();
        workers.close();
    }

    @Test
    void theMeanIsByTheWeightsOfTheLabels() {
        CrossEntropyLoss loss = new CrossEntropyLoss(2).weights(1, 3).ignoring(9);
        Tensor logits = step.tensor(new float[]{0, 0, 7, 7, 5, 1}, 3, 2).requiresGrad(true);
        Tensor mean = loss.mean(logits, new int[]{0, 1, 9});
        assertEquals(LOG2, mean.item(), 1e-6);
        mean.backward();
        // Each sample's part of the weight times softmax less one.
        assertArrayEquals(new float[]{-0.125f, 0.125f, 0.375f, -0.375f, 0, 0}, logits.grad().toArray(), 1e-6f);
    }

    @Test
    void placesAndSmoothedLabels() {
        CrossEntropyLoss loss = new CrossEntropyLoss(2).labelSmoothing(0.5f);
        Tensor logP = step.tensor(new float[]{-1, -2, -3, -4}, 1, 2, 2).requiresGrad(true);
        Tensor each = loss.eachOfLogP(logP, new int[]{0, 1});
        assertEquals("[1, 2]", each.shape().toString());
        assertArrayEquals(new float[]{0.5f + 1, 2 + 1.5f}, each.toArray(), 1e-6f);
        each.sum().backward();
        assertArrayEquals(new float[]{-0.75f, -0.25f, -0.25f, -0.75f}, logP.grad().toArray(), 1e-6f);
    }

    @Test
    void lossesOfSingleOutputs() {
        Tensor output = step.tensor(new float[]{1, 5}, 1, 2).requiresGrad(true);
        Tensor target = step.tensor(new float[]{4, 4}, 1, 2);
        assertArrayEquals(new float[]{3, 1}, Losses.absolute(output, target).toArray());
        assertArrayEquals(new float[]{9, 1}, Losses.squared(output, target).toArray());
        assertArrayEquals(new float[]{0, 0}, Losses.hinge(output, target).toArray());
        assertArrayEquals(new float[]{1.5451775f, -14.454822f}, Losses.klDivergence(output, target).toArray(), 1e-5f);
        Tensor huber = Losses.huber(output, target, 2);
        assertArrayEquals(new float[]{4, 0.5f}, huber.toArray());
        huber.sum().backward();
        assertArrayEquals(new float[]{-2, 1}, output.grad().toArray());
    }

    @Test
    void theSumOfASoftmax() {
        Tensor logits = step.tensor(new float[]{3, 3, 3, 3}, 2, 2).requiresGrad(true);
        assertEquals(2 * LOG2, new CrossEntropyLoss(2).sum(logits, new int[]{0, 1}).item(), 1e-6);
    }

    @Test
    void argumentsThatDoNotFit() {
        CrossEntropyLoss loss = new CrossEntropyLoss(2);
        assertEquals("CrossEntropyLoss: logits is [2, 3], need [batch, classes = 2, ...]",
                assertThrows(IllegalArgumentException.class,
                        () -> loss.mean(Tensor.of(new float[6], 2, 3), new int[]{0, 1})).getMessage());
        assertEquals("CrossEntropyLoss: logits is [2, 2], labels.length = 1, need labels.length >= 2",
                assertThrows(IllegalArgumentException.class,
                        () -> loss.mean(Tensor.of(new float[4], 2, 2), new int[]{0})).getMessage());
        assertEquals("CrossEntropyLoss: weights.length = 1, need classes = 2",
                assertThrows(IllegalArgumentException.class, () -> loss.weights(1)).getMessage());
        assertEquals("CrossEntropyLoss: labelSmoothing = 2.0, need 0 <= labelSmoothing <= 1",
                assertThrows(IllegalArgumentException.class, () -> loss.labelSmoothing(2)).getMessage());
        assertEquals("CrossEntropyLoss: classes = 0, need classes >= 1",
                assertThrows(IllegalArgumentException.class, () -> new CrossEntropyLoss(0)).getMessage());
    }
}
