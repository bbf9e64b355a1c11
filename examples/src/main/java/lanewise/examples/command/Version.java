package lanewise.examples.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Says which Lanewise runs on which Java. The build writes the version into a resource. */
public final class Version implements IVersionProvider {

    /** Used by the command line. */
    public Version() {}

    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
            build.load(in);
        }
        return new String[]{"lanewise " + build.getProperty("version") + " (Java " + Runtime.version() + ")"};
    }
}
