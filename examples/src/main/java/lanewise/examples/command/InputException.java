package lanewise.examples.command;

/** What the user gave cannot be used; the message is one sentence that says what and why. Ends with exit code 2. */
public final class InputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * A new exception.
     *
     * @param sentence what cannot be used, and why
     */
    public InputException(String sentence) {
        super(sentence);
    }

    /**
     * A new exception.
     *
     * @param sentence what cannot be used, and why
     * @param cause what was found out by
     */
    public InputException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
