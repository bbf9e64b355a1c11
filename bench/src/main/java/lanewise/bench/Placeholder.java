package lanewise.bench;

/** Makes the package {@code bench} exist until its first class arrives. */
public final class Placeholder {
    private Placeholder() {}
}
