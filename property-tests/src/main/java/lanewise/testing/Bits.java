package lanewise.testing;

/**
 * Equality of bits, for results that must not depend on anything but operation, shapes and inputs. All NaNs count as one:
 * IEEE 754 leaves their payload open, and compilers use that.
 */
public final class Bits {

    private Bits() {}

    /**
     * Whether two floats have the same bits.
     *
     * @param a a float
     * @param b a float
     * @return whether they are the same, −0 and +0 being different and all NaNs equal
     */
    public static boolean same(float a, float b) {
        return Float.floatToIntBits(a) == Float.floatToIntBits(b);
    }

    /**
     * Fails unless two arrays have the same bits.
     *
     * @param what names the arrays in the message
     * @param expected what should be there
     * @param actual what is there
     * @throws AssertionError naming the first element that differs
     */
    public static void check(String what, float[] expected, float[] actual) {
        if (expected.length != actual.length) {
            throw new AssertionError(what + ": " + actual.length + " elements, expected " + expected.length);
        }
        for (int i = 0; i < expected.length; i++) {
            if (!same(expected[i], actual[i])) {
                throw new AssertionError(
                        what + "[" + i + "] = " + Float.toHexString(actual[i]) + ", expected the bits of "
                                + Float.toHexString(expected[i]));
            }
        }
    }
}
