package lanewise.testing.reference;

/** Formats of 16 bits, by their definition: a sign, an exponent and a fraction. */
public final class StorageReference {

    private StorageReference() {}

    /**
     * What 16 bits mean.
     *
     * @param bits the bits
     * @param fractionBits 10 for float16, 7 for bfloat16
     * @return the number
     */
    public static double value(short bits, int fractionBits) {
        int bias = (1 << (14 - fractionBits)) - 1;
        int fraction = bits & ((1 << fractionBits) - 1);
        int exponent = (bits & 0x7fff) >> fractionBits;
        double magnitude;
        if (exponent == 2 * bias + 1) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((double) fraction, 1 - bias - fractionBits);
        } else {
            magnitude = Math.scalb((double) fraction + (1 << fractionBits), exponent - bias - fractionBits);
        }
        return bits < 0 ? -magnitude : magnitude;
    }

    /**
     * The bits of the nearest number, the even one of two: bits of numbers that are not negative are in their order.
     *
     * @param x any number
     * @param fractionBits 10 for float16, 7 for bfloat16
     * @return the bits; 0x7fff for NaN
     */
    public static short nearest(double x, int fractionBits) {
        if (Double.isNaN(x)) {
            return 0x7fff;
        }
        double magnitude = Math.abs(x);
        int infinity = ((1 << (15 - fractionBits)) - 1) << fractionBits;
        int below = 0;
        for (int bit = 1 << 14; bit > 0; bit >>= 1) {
            int next = below | bit;
            below = next < infinity && value((short) next, fractionBits) <= magnitude ? next : below;
        }
        // Beyond the largest number the next one would be a power of two.
        double low = value((short) below, fractionBits);
        double high = below + 1 == infinity
                ? 2 * low - value((short) (below - 1), fractionBits)
                : value((short) (below + 1), fractionBits);
        double middle = (low + high) / 2;
        boolean up = magnitude > middle || (magnitude == middle && below % 2 != 0);
        int bits = up ? below + 1 : below;
        return (short) (Math.copySign(1, x) < 0 ? bits | 0x8000 : bits);
    }
}
