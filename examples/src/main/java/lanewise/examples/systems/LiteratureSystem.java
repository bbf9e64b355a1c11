package lanewise.examples.systems;

import java.util.List;
import lanewise.nn.Module;
import lanewise.nn.Parameter;

/**
 * A system of the literature that can be trained.
 *
 * @param name what it is called on the command line
 * @param title what it is
 * @param source where it was published
 * @param parameters how many numbers it learns
 */
public record LiteratureSystem(String name, String title, String source, long parameters) {

    /**
     * All systems.
     *
     * @return the systems, in the order in which they were published
     */
    public static List<LiteratureSystem> all() {
        return List.of(Lenet5.system(), Mlp.system());
    }

    static LiteratureSystem of(String name, String title, String source, Module network) {
        long parameters = 0;
        for (Parameter parameter : network.parameters()) {
            parameters += parameter.size();
        }
        return new LiteratureSystem(name, title, source, parameters);
    }
}
