/** The systems of the literature, runnable, and the command line. */
module lanewise.examples {
    requires com.google.protobuf;
    requires info.picocli;
    requires java.desktop;
    requires jdk.management;
    requires lanewise.nn;
    requires me.tongfei.progressbar;
    requires org.tribuo.util.onnx;
    requires xchart;

    opens lanewise.examples to
            info.picocli;
    opens lanewise.examples.command to
            info.picocli;
}
