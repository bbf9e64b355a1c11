package lanewise.nn.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import lanewise.nn.Generator;
import lanewise.nn.State;
import lanewise.nn.Stateful;
import lanewise.nn.Tensor;

/** A program that writes checkpoints until it is killed, each of a tensor whose elements are all the checkpoint's number. */
final class CheckpointWriter {

    private static final int ELEMENTS = 200_000;

    private CheckpointWriter() {}

    private record Elements(Tensor tensor) implements Stateful {

        @Override
        public State state() {
            return new State(Map.of("elements", tensor), Map.of());
        }

        @Override
        public Runnable restoring(State state) {
            state.requireLike(state());
            return () -> state.tensors().get("elements").copyTo(tensor.data(), 0);
        }
    }

    public static void main(String[] args) throws IOException {
        Elements elements = new Elements(Tensor.of(new float[ELEMENTS], ELEMENTS));
        for (int number = 1;; number++) {
            Arrays.fill(elements.tensor.data(), number);
            new Checkpoint().add("elements", elements).add("number", new Generator(0, number)).save(Path.of(args[0]));
            if (number == 1) {
                System.out.write('+');
                System.out.flush();
            }
        }
    }

    /** Reads the last one, and its number into the generator. */
    static Tensor load(Path file, Generator number) throws IOException {
        Elements elements = new Elements(Tensor.of(new float[ELEMENTS], ELEMENTS));
        new Checkpoint().add("elements", elements).add("number", number).load(file);
        return elements.tensor;
    }
}
