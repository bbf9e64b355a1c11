package lanewise.bench.bytedeco;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lanewise.bench.contest.Computation;
import lanewise.bench.contest.Operation;
import lanewise.bench.contest.Problem;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;

/** Primitives that prefer other layouts than the plain ones. */
abstract class OneDnnLayoutEngine<P extends Problem> extends OneDnnEngine<P> {

    private final boolean reordersCount;

    /**
     * Makes the engine.
     *
     * @param reordersCount whether operands and result are plain, and reordering them is part of the operation; otherwise
     *        they are in the preferred layouts already and stay there
     */
    OneDnnLayoutEngine(int threads, boolean reordersCount, Function<String, P> problems) {
        super(threads, problems);
        this.reordersCount = reordersCount;
    }

    /** An argument of the primitive, in the plain layout and in the one that the primitive prefers. */
    final class Argument {

        private final int number;
        private final memory plain;
        private final memory preferred;
        private final boolean isPlain;

        Argument(int number, float[] values, memory.desc plainLayout, memory.desc preferredLayout) {
            this.number = number;
            plain = tensor(plainLayout, values);
            isPlain = preferredLayout.equals(plainLayout);
            preferred = isPlain ? plain : new memory(preferredLayout, cpu);
        }

        Operation toPreferred() {
            return reordering(plain, preferred);
        }

        Operation toPlain() {
            return reordering(preferred, plain);
        }

        private Operation reordering(memory from, memory to) {
            if (isPlain) {
                return () -> {
                };
            }
            var step = new reorder(from, to);
            IntMemoryMap arguments = arguments(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to);
            return () -> execute(step, arguments);
        }
    }

    /** Runs a primitive; further arguments, whose layouts do not matter, may be in the map already. */
    final Computation computation(primitive step, IntMemoryMap arguments, Argument result, List<Argument> operands) {
        List<Operation> before = new ArrayList<>();
        for (Argument operand : operands) {
            arguments.put(operand.number, operand.preferred);
            before.add(operand.toPreferred());
        }
        arguments.put(result.number, result.preferred);
        Operation after = result.toPlain();
        if (reordersCount) {
            return new Computation(() -> {
                before.forEach(Operation::run);
                execute(step, arguments);
                after.run();
            }, () -> values(result.plain));
        }
        before.forEach(Operation::run);
        return new Computation(() -> execute(step, arguments), () -> {
            after.run();
            return values(result.plain);
        });
    }

    static memory.desc layout(long[] sizes, memory.format_tag tag) {
        return new memory.desc(sizes, memory.data_type.f32, tag);
    }
}
