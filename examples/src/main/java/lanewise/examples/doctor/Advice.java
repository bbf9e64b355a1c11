package lanewise.examples.doctor;

/**
 * Something about the JVM that should be changed.
 *
 * @param finding what is wrong, and what it does
 * @param cure what to change
 * @param slow whether it makes kernels slow; else it is dangerous in another way
 */
public record Advice(String finding, String cure, boolean slow) {}
