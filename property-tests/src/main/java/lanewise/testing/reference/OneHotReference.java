package lanewise.testing.reference;

/** Numbers of classes as rows; exact. */
public final class OneHotReference {

    private OneHotReference() {}

    /**
     * One element of the rows.
     *
     * @param n classes
     * @param inner rows of a block
     * @param off what stands elsewhere
     * @param on what stands at the class
     * @param index the numbers, outer × inner
     * @param i an element of the result, outer × n × inner
     * @return on or off
     */
    public static double value(int n, int inner, double off, double on, int[] index, int i) {
        return index[i / inner / n * inner + i % inner] == i / inner % n ? on : off;
    }
}
