package lanewise.bench.peers;

import java.nio.file.Path;

/** The peers were asked for and are not built. */
public final class PeersMissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PeersMissingException(Path missing, Throwable cause) {
        super("the peers are not built (no " + missing
                + "): `./lanewise bench FAMILY --peers` builds and downloads them",
                cause);
    }
}
