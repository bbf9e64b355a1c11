/** Tensors, automatic differentiation and training over the kernels. */
module lanewise.nn {
    requires transitive lanewise.kernels;
    requires static java.desktop;
    requires jdk.jfr;

    exports lanewise.nn;
    exports lanewise.nn.data;
    exports lanewise.nn.decoding;
    exports lanewise.nn.init;
    exports lanewise.nn.io;
    exports lanewise.nn.layer;
    exports lanewise.nn.loss;
    exports lanewise.nn.optim;
    exports lanewise.nn.training;
}
