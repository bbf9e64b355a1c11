/**
 * Sums and maxima.
 *
 * <p>
 * A sum along lanes always has 32 running sums, at every width (two 512-bit registers, four of 256 bits or eight of 128),
 * and one tree that adds them up; element i goes to running sum i mod 32. Blocks of 4 Ki elements are summed apart, by
 * whichever thread, and their sums added in order in double precision. So the bits of a sum depend on nothing but the
 * summands, and a summand goes through at most 133 roundings, however many there are.
 *
 * <p>
 * Sums of columns need no tree, since lanes hold different columns: the rows are added in their order. Several rows are
 * read at a time, so that the sums are loaded and stored a quarter as often, and threads take strips of columns. Many
 * rows of fewer than 64 columns are one strip, hence one thread.
 */
package lanewise.kernels.reduction;
