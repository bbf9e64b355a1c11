package lanewise.testing.reference;

/** A choice between two numbers, and its gradients; all are exact. */
public final class WhereReference {

    private WhereReference() {}

    /**
     * The choice.
     *
     * @param condition 0 is false
     * @param a what is taken where the condition is true
     * @param b what is taken elsewhere
     * @return one of the two
     */
    public static double value(double condition, double a, double b) {
        return condition == 0 ? b : a;
    }

    /**
     * The gradient of one of the two.
     *
     * @param condition 0 is false
     * @param dy gradient with respect to the result
     * @param ofFirst whether that of a is asked for
     * @return dy, or 0
     */
    public static double gradient(double condition, double dy, boolean ofFirst) {
        return condition == 0 == ofFirst ? 0 : dy;
    }
}
