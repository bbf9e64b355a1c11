/** Neural-network kernels over {@code float[]} on the JDK Vector API. */
module lanewise.kernels {
    requires jdk.incubator.vector;
    requires jdk.jfr;
    requires jdk.management;

    exports lanewise.kernels;
    exports lanewise.kernels.activation;
    exports lanewise.kernels.attention;
    exports lanewise.kernels.convolution;
    exports lanewise.kernels.diagnostics;
    exports lanewise.kernels.elementwise;
    exports lanewise.kernels.embedding;
    exports lanewise.kernels.gemm;
    exports lanewise.kernels.layout;
    exports lanewise.kernels.loss;
    exports lanewise.kernels.normalization;
    exports lanewise.kernels.optimizer;
    exports lanewise.kernels.pooling;
    exports lanewise.kernels.random;
    exports lanewise.kernels.recurrent;
    exports lanewise.kernels.reduction;
    exports lanewise.kernels.softmax;
    exports lanewise.kernels.storage;
}
