package lanewise.testing;

/** Makes the package {@code testing} exist until its first class arrives. */
public final class Placeholder {
    private Placeholder() {}
}
