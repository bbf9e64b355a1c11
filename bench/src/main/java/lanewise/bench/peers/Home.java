package lanewise.bench.peers;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.MachineLimits;

/**
 * Where things are: how processes of Lanewise are started, and where the build has put the peers.
 *
 * @param folder the folder of the module {@code bench}
 * @param jvmArguments further options for the processes of Lanewise, such as {@code -XX:UseAVX=2}
 */
public record Home(Path folder, List<String> jvmArguments) {

    private static final List<String> VECTOR_API = List.of("--add-modules", "jdk.incubator.vector");

    /**
     * The home of the classes that are running, which lie somewhere below {@code bench/target}.
     *
     * @param jvmArguments further options for the processes of Lanewise
     * @return the home
     */
    public static Home ofRunningClasses(List<String> jvmArguments) {
        try {
            Path classes = Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return new Home(moduleOf(classes), jvmArguments);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The folder above the innermost {@code target}. */
    static Path moduleOf(Path classes) {
        for (Path folder = classes; folder != null; folder = folder.getParent()) {
            if (folder.endsWith("target")) {
                return folder.getParent();
            }
        }
        throw new IllegalStateException(classes + " is not below a folder named target");
    }

    /**
     * Lanewise, with the options that every user needs and no others.
     *
     * @param engine the engine's class name
     * @return the contestant
     */
    public Contestant lanewise(String engine) {
        return new Contestant(Contestant.LANEWISE, "", engine, ownClassPath(), vectorArguments(), Map.of());
    }

    /**
     * Plain loops, in a process with the same options as Lanewise's.
     *
     * @param engine the engine's class name
     * @return the contestant
     */
    public Contestant scalar(String engine) {
        return new Contestant(Contestant.SCALAR, "", engine, ownClassPath(), vectorArguments(), Map.of());
    }

    /**
     * The process that measures the limits of the machine.
     *
     * @return no contestant of a report
     */
    public Contestant meter() {
        return new Contestant("limits", "", MachineLimits.class.getName(), ownClassPath(), vectorArguments(), Map.of());
    }

    /**
     * The options of a process that runs Lanewise.
     *
     * @return the option for the Vector API and those of the command line
     */
    public List<String> vectorArguments() {
        return Stream.of(VECTOR_API, jvmArguments).flatMap(List::stream).toList();
    }

    /**
     * The class path of this process.
     *
     * @return its parts
     */
    public List<Path> ownClassPath() {
        return split(System.getProperty("java.class.path"));
    }

    /**
     * The class path of a group of peers. Groups are separate because they need different versions of the same library.
     *
     * @param group the name of the module behind {@code peers-}
     * @return its parts
     */
    public List<Path> peerClassPath(String group) {
        Path module = folder.resolve("peers-" + group);
        Path list = module.resolve("target").resolve("classpath.txt");
        try {
            var parts = new ArrayList<Path>();
            parts.add(module.resolve("target").resolve("classes"));
            parts.addAll(split(Files.readString(list).strip()));
            return parts;
        } catch (IOException e) {
            throw new PeersMissingException(list, e);
        }
    }

    /**
     * A folder for what is unpacked from jars; {@code mvn clean} removes it.
     *
     * @param name the folder's name
     * @return the folder, which need not exist
     */
    public Path cache(String name) {
        return folder.resolve("target").resolve(name);
    }

    private static List<Path> split(String classPath) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL).splitAsStream(classPath)
                .filter(part -> !part.isEmpty()).map(Path::of).toList();
    }
}
