package lanewise.examples.conformance;

/** A case does not give what it must, or asks for something that its adapter does not know. */
final class ConformanceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ConformanceException(String message) {
        super(message);
    }
}
