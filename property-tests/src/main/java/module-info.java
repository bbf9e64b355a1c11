/** The double-precision reference of every kernel, its error bounds, and the gradient checker. */
module lanewise.testing {
    requires transitive lanewise.kernels;
    requires transitive lanewise.nn;
    requires static net.jqwik.api;

    exports lanewise.testing;
}
