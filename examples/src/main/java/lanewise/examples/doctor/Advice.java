package lanewise.examples.doctor;

/**
 * Something about the JVM that should be changed.
 *
 * @param effect what it does to kernels
 * @param finding what is wrong
 * @param cure what to change
 */
public record Advice(Effect effect, String finding, String cure) {

    /** What a setting does to kernels. */
    public enum Effect {
        /** No kernel comes anywhere near its speed, nor can the limits of the machine be measured. */
        CRIPPLES,
        /** The limits are lower than those of the hardware. */
        LIMITS,
        /** Speed is not affected, results may be. */
        ENDANGERS
    }
}
