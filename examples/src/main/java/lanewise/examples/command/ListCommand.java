package lanewise.examples.command;

import java.io.PrintWriter;
import java.util.Locale;
import lanewise.examples.systems.LiteratureSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lanewise list}: the systems that can be trained. */
@Command(name = "list", description = "List the systems that can be trained, with their source and size.")
public final class ListCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Used by the command line. */
    public ListCommand() {}

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        for (LiteratureSystem system : LiteratureSystem.all()) {
            out.printf(Locale.ROOT, "%-8s %s, %,d parameters%n", system.name(), system.title(), system.parameters());
            out.printf(Locale.ROOT, "%-8s %s%n", "", system.source());
        }
    }
}
