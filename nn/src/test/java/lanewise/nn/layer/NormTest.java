package lanewise.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import lanewise.kernels.Workers;
import lanewise.nn.Module;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Normalizing layers; what they compute is the subject of their kernels' tests. */
class NormTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void aBatchIsNormalizedInTrainingAndByTheRunningStatisticsInEvaluation() {
        BatchNorm1d norm = new BatchNorm1d(1, 1f, 0f);
        try (Step step = tape.step()) {
            assertArrayEquals(new float[]{-1, 1}, norm.forward(step.tensor(new float[]{3, 5}, 2, 1)).toArray());
        }
        assertArrayEquals(new float[]{4}, norm.stateDict().get("running_mean").toArray());
        assertArrayEquals(new float[]{2}, norm.stateDict().get("running_var").toArray());
        norm.eval();
        try (Step step = tape.inference()) {
            assertEquals(2 / Math.sqrt(2), norm.forward(step.tensor(new float[]{6}, 1, 1)).item(), 1e-6);
        }
    }

    @Test
    void runningStatisticsAreStateButNotLearned() {
        BatchNorm2d norm = new BatchNorm2d(3);
        assertEquals(List.of("weight", "bias", "running_mean", "running_var"), List.copyOf(norm.stateDict().keySet()));
        assertEquals(List.of("weight", "bias"), List.copyOf(norm.namedParameters().keySet()));
        BatchNorm2d other = new BatchNorm2d(3);
        norm.stateDict().get("running_mean").data()[1] = 7;
        other.loadStateDict(norm.stateDict());
        assertArrayEquals(new float[]{0, 7, 0}, other.stateDict().get("running_mean").toArray());
    }

    @Test
    void groupsAndInstancesAreNormalizedAlone() {
        GroupNorm group = new GroupNorm(2, 4, 0f);
        group.namedParameters().get("weight").data()[3] = 10;
        group.namedParameters().get("bias").data()[0] = 5;
        try (Step step = tape.step()) {
            Tensor x = step.tensor(new float[]{1, 3, 3, 1, 5, 5, 7, 7}, 1, 4, 2);
            assertArrayEquals(new float[]{4, 6, 1, -1, -1, -1, 10, 10}, group.forward(x).toArray());
            assertArrayEquals(new float[]{-1, 1, -1, 1},
                    new InstanceNorm1d(2, 0f).forward(step.tensor(new float[]{1, 3, 100, 300}, 1, 2, 2)).toArray());
            assertArrayEquals(new float[]{-1, 1, -1, 1},
                    new InstanceNorm2d(2, 0f).forward(step.tensor(new float[]{1, 3, 100, 300}, 1, 2, 2, 1)).toArray());
            assertEquals("GroupNorm: x is [1, 4, 2], need [batch, 6, ...]",
                    assertThrows(IllegalArgumentException.class, () -> new GroupNorm(3, 6).forward(x)).getMessage());
            assertEquals("InstanceNorm2d: x is [1, 4, 2], need [batch, 4, height, width]",
                    assertThrows(IllegalArgumentException.class, () -> new InstanceNorm2d(4).forward(x)).getMessage());
        }
        assertEquals("GroupNorm: groups = 4, channels = 6, need groups >= 1 and channels a multiple of it",
                assertThrows(IllegalArgumentException.class, () -> new GroupNorm(4, 6)).getMessage());
    }

    @Test
    void frozenParametersGetNoGradient() {
        LayerNorm norm = new LayerNorm(2);
        norm.namedParameters().get("weight").requiresGrad(false);
        try (Step step = tape.step()) {
            norm.forward(step.tensor(new float[]{1, 2, 3, 5}, 2, 2)).sum().backward();
        }
        assertArrayEquals(new float[]{2, 2}, norm.namedParameters().get("bias").grad().toArray());
        assertThrows(IllegalStateException.class, norm.namedParameters().get("weight")::grad);
    }

    @Test
    void inEvaluationTheStatisticsAreConstants() {
        BatchNorm1d norm = new BatchNorm1d(2, 0.1f, 0);
        norm.stateDict().get("running_mean").data()[0] = 1;
        norm.stateDict().get("running_var").data()[0] = 4;
        norm.eval();
        Tensor x = Tensor.of(new float[]{3, 5, 1, 7}, 2, 2).requiresGrad(true);
        try (Step step = tape.step()) {
            Tensor y = norm.forward(step.tensor(x));
            assertArrayEquals(new float[]{1, 5, 0, 7}, y.toArray());
            y.mul(step.tensor(new float[]{2, 3, 4, 5}, 2, 2)).sum().backward();
        }
        assertArrayEquals(new float[]{1, 3, 2, 5}, x.grad().toArray());
        assertArrayEquals(new float[]{2, 50}, norm.namedParameters().get("weight").grad().toArray());
        assertArrayEquals(new float[]{6, 8}, norm.namedParameters().get("bias").grad().toArray());
    }

    @Test
    void messagesNameShapes() {
        try (Step step = tape.step()) {
            Tensor x = step.tensor(new float[12], 2, 3, 2);
            assertRefused("LayerNorm: shape = [], need at least one axis, and sizes >= 1", LayerNorm::new);
            assertRefused("BatchNorm1d: channels = 0, need channels >= 1", () -> new BatchNorm1d(0));
            assertForward("BatchNorm1d: x is [2, 3, 2], need [batch, 4] or [batch, 4, length]", new BatchNorm1d(4), x);
            assertForward("BatchNorm2d: x is [2, 3, 2], need [batch, 3, height, width]", new BatchNorm2d(3), x);
            assertForward("layerNorm: x is [2, 3, 2], gamma is [3], beta is [3], need x to end in the shape of both",
                    new LayerNorm(3), x);
            assertForward("batchNorm: x is [1, 3], need at least two elements of each channel in training",
                    new BatchNorm1d(3), step.tensor(new float[3], 1, 3));
            assertForward("softmax: axis = 3 of [2, 3, 2], need -3 <= axis < 3", new Softmax(3), x);
        }
    }

    private static void assertForward(String message, Module module, Tensor x) {
        assertRefused(message, () -> module.forward(x));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
