package lanewise.bench.contest;

/** A result that lies outside the error bound of the reference: such an implementation is not timed. */
public final class DisagreementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message where the result lies, where it should lie, and the bound
     */
    public DisagreementException(String message) {
        super(message);
    }
}
