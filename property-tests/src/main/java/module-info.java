/** The double-precision reference of every kernel, its error bounds, properties as contracts, and the gradient checker. */
module lanewise.testing {
    requires transitive lanewise.kernels;
    requires transitive lanewise.nn;
    requires transitive net.jqwik.api;
    requires transitive org.junit.jupiter.api;
    requires jdk.management;
    requires org.junit.platform.launcher;

    exports lanewise.testing;
    exports lanewise.testing.arbitrary;
    exports lanewise.testing.contract;
    exports lanewise.testing.matrix;
    exports lanewise.testing.reference;

    provides net.jqwik.api.lifecycle.LifecycleHook with lanewise.testing.PropertyHook;
}
