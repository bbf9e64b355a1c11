package lanewise.examples.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import lanewise.examples.Main;
import picocli.CommandLine;

/** A command that was run within this JVM: its exit code and what it printed. */
record Invocation(int exitCode, String out, String err) {

    static Invocation of(Object... args) {
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = command.execute(words);
        return new Invocation(exitCode, out.toString(), err.toString());
    }
}
