package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.ReLU;
import org.junit.jupiter.api.Test;

class ModuleTest {

    @Test
    void namesFollowTheTree() {
        Module net = mlp(1);

        assertEquals(List.of("0.weight", "0.bias", "2.weight", "2.bias"), List.copyOf(net.namedParameters().keySet()));
        assertEquals(4, net.parameters().size());
        assertEquals(List.of(Shape.of(3, 2), Shape.of(1, 3)),
                net.parameters(name -> name.endsWith("weight")).stream().map(Tensor::shape).toList());
    }

    @Test
    void aSharedModuleIsTrainedOnce() {
        Linear shared = new Linear(2, 2, new Generator(1));
        Module net = new Sequential(shared, shared);

        assertEquals(4, net.namedParameters().size());
        assertEquals(List.of(shared.weight(), shared.bias()), net.parameters());
    }

    @Test
    void stateGoesFromOneModuleToAnother() {
        Module from = mlp(1);
        Module to = mlp(2);

        to.loadStateDict(from.stateDict());

        from.namedParameters().forEach((name, p) -> {
            Parameter copy = to.namedParameters().get(name);
            assertArrayEquals(p.toArray(), copy.toArray());
            assertFalse(p.data() == copy.data(), "loading copies");
        });
    }

    @Test
    void aStateThatDoesNotFitIsRefusedAsAWhole() {
        Module net = mlp(1);
        float[] before = net.parameters().getFirst().toArray();
        Map<String, Tensor> state = mlp(2).stateDict();
        state.remove("0.bias");
        state.put("extra", Tensor.of(new float[1], 1));
        state.put("2.weight", Tensor.of(new float[2], 1, 2));

        String message = assertThrows(IllegalArgumentException.class, () -> net.loadStateDict(state)).getMessage();

        assertEquals("loadStateDict: extra is unknown; 0.bias is missing; 2.weight is [1, 2], need [1, 3]", message);
        assertArrayEquals(before, net.parameters().getFirst().toArray());
    }

    @Test
    void trainAndEvalReachInnerModules() {
        ReLU inner = new ReLU();
        Module net = new Sequential(new Sequential(inner));
        assertTrue(inner.training());

        net.eval();
        assertFalse(inner.training());

        net.train();
        assertTrue(inner.training());
    }

    @Test
    void zeroGradForgetsAll() {
        Module net = mlp(1);
        net.parameters().forEach(Tensor::openGrad);

        net.zeroGrad();

        net.parameters().forEach(p -> assertFalse(p.hasGrad()));
    }

    @Test
    void namesAreChecked() {
        assertEquals("register: name = 'a.b', need a name without dots", refusal("a.b"));
        assertEquals("register: name = '', need a name without dots", refusal(""));
        assertEquals("register: name = 'w' is in use", refusal("w"));
    }

    @Test
    void sequentialAppliesItsModulesInOrder() {
        Tensor x = Tensor.of(new float[]{1}, 1);

        assertSame(x, new Sequential().forward(x));
        assertEquals("abc", trace(named("a"), named("b"), named("c")));
    }

    private static String trace(Trace... modules) {
        StringBuilder log = new StringBuilder();
        for (Trace module : modules) {
            module.log = log;
        }
        new Sequential(modules).forward(Tensor.of(new float[1], 1));
        return log.toString();
    }

    private static Trace named(String name) {
        return new Trace(name);
    }

    private static String refusal(String name) {
        return assertThrows(IllegalArgumentException.class, () -> new Module() {
            {
                register("w", new Parameter(Shape.of(1)));
                register(name, new ReLU());
            }

            @Override
            public Tensor forward(Tensor x) {
                return x;
            }
        }).getMessage();
    }

    private static Module mlp(long seed) {
        Generator random = new Generator(seed);
        return new Sequential(new Linear(2, 3, random), new ReLU(), new Linear(3, 1, random));
    }

    private static final class Trace extends Module {

        private final String name;
        private StringBuilder log;

        Trace(String name) {
            this.name = name;
        }

        @Override
        public Tensor forward(Tensor x) {
            log.append(name);
            return x;
        }
    }
}
