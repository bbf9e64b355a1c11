package lanewise.examples;

/** Makes the package {@code examples} exist until its first class arrives. */
public final class Placeholder {
    private Placeholder() {}
}
