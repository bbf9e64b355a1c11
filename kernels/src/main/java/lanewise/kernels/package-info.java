/**
 * Neural-network kernels: functions over {@code float[]} and offsets, row-major, without a graph, without allocation and
 * without dependencies.
 *
 * <p>
 * Each package holds one family of kernels. {@link lanewise.kernels.Workers} brings the threads and the scratch memory.
 */
package lanewise.kernels;
