/** The command line of the benchmarks. The frame is in {@code contest}; each family of operations has a package of its own. */
package lanewise.bench;
