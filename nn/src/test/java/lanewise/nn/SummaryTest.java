package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.nn.layer.BatchNorm2d;
import lanewise.nn.layer.Conv2d;
import lanewise.nn.layer.ConvTranspose2d;
import lanewise.nn.layer.Flatten;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.MaxPool2d;
import lanewise.nn.layer.ReLU;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private final Generator random = new Generator(1);

    /** The first layers of LeNet-5, by hand: 6 (25 + 1) parameters, 28 * 28 * 6 * 25 products. */
    @Test
    void layersShapesParametersAndMultiplyAdds() {
        Module net = new Sequential(new Conv2d(1, 6, 5, random).padding(2), new ReLU(), new MaxPool2d(2),
                new Flatten(), new Linear(6 * 14 * 14, 10, random));

        assertEquals("""
                layer        output          parameters  multiply-adds
                0 Conv2d     [2, 6, 28, 28]         156        235,200
                1 ReLU       [2, 6, 28, 28]           0              0
                2 MaxPool2d  [2, 6, 14, 14]           0              0
                3 Flatten    [2, 1176]                0              0
                4 Linear     [2, 10]             11,770         23,520
                total                            11,926        258,720
                """, net.summary(2, 1, 28, 28).replace("\r", ""));
    }

    @Test
    void blocksAreShownByWhatTheyAreMadeOf() {
        Linear shared = Linear.withoutBias(4, 4, random);
        String table = new Sequential(new Residual(shared), new Residual(new ReLU(), shared)).summary(1, 4);

        assertTrue(table.contains("0.block Linear     [1, 4]          16             16"), table);
        assertTrue(table.contains("1.shortcut Linear  [1, 4]           0             16"), "counted once: " + table);
        assertTrue(table.contains("total                              16             32"), table);
        String branches = new Concat(new ReLU(), new ConvTranspose2d(2, 3, 3, random)
                .padding(1)).summary(1, 2, 4, 5);
        assertTrue(branches.contains("1 ConvTranspose2d  [1, 3, 4, 5]          57          1,080"), branches);
    }

    @Test
    void aSummaryChangesNothing() {
        BatchNorm2d norm = new BatchNorm2d(2);
        Conv2d evaluated = new Conv2d(2, 2, 1, random);
        Module net = new Sequential(norm, evaluated);
        evaluated.eval();

        net.summary(3, 2, 4, 4);

        assertEquals(0, norm.stateDict().get("running_mean").data()[0]);
        assertEquals(1, norm.stateDict().get("running_var").data()[0]);
        assertTrue(norm.training());
        assertFalse(evaluated.training());
    }

    @Test
    void frozenPartsAreNotTrained() {
        Linear head = new Linear(2, 2, random);
        Module body = new Sequential(new Linear(2, 2, random));
        Module net = new Sequential(body, head);

        body.freeze(true);
        assertEquals(2, net.parameters().stream().filter(Tensor::requiresGrad).count());
        body.freeze(false);
        assertEquals(4, net.parameters().stream().filter(Tensor::requiresGrad).count());
    }
}
