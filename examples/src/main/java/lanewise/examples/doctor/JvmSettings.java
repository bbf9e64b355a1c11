package lanewise.examples.doctor;

import java.util.ArrayList;
import java.util.List;

/** Knows the settings of a JVM that make kernels slow, or wrong, and how to undo them. */
public final class JvmSettings {

    private static final Runtime.Version FLOOR = Runtime.Version.parse("25.0.3");

    private JvmSettings() {}

    /**
     * Looks for settings that should be changed.
     *
     * @param jvm the JVM
     * @return what to change; the most harmful first; empty if all is well
     */
    public static List<Advice> examine(Jvm jvm) {
        List<Advice> advice = new ArrayList<>();
        if (!jvm.vectorModule()) {
            advice.add(slow("the module jdk.incubator.vector is missing: no kernel can run",
                    "add --add-modules jdk.incubator.vector"));
        }
        if (jvm.mode().contains("interpreted mode")) {
            advice.add(slow("the JVM only interprets: everything is some thousand times slower", "remove -Xint"));
        }
        if (jvm.number("TieredStopAtLevel", 4) < 4) {
            advice.add(slow("the C2 compiler is off: kernels are about a hundred times slower",
                    "remove -XX:TieredStopAtLevel=" + jvm.number("TieredStopAtLevel", 4)));
        }
        if (jvm.has("EnableVectorSupport", "false")) {
            advice.add(slow("vectors are not compiled to vector instructions",
                    "remove -XX:-EnableVectorSupport, and keep C2 on"));
        }
        if (jvm.has("UseJVMCICompiler", "true")) {
            advice.add(slow("Graal compiles instead of C2, and may not know every vector operation",
                    "remove -XX:+UseJVMCICompiler, or use a JDK with C2"));
        }
        if (jvm.has("UseFMA", "false")) {
            advice.add(slow("fused multiply-add is off: half the arithmetic speed, and results of other bits",
                    jvm.isSet("UseFMA") || jvm.isSet("UseAVX")
                            ? "remove -XX:-UseFMA and -XX:UseAVX"
                            : "a virtual machine may hide it: let it show the host's CPU (FMA, AVX2)"));
        }
        for (String width : List.of("UseAVX", "UseSVE", "MaxVectorSize")) {
            if (jvm.isSet(width)) {
                advice.add(slow("the width of vectors is set by hand to less than the machine may have",
                        "remove -XX:" + width + "=" + jvm.flags().get(width).value()));
            }
        }
        if (System.getProperty("lanewise.vectorBits") != null) {
            advice.add(slow("the width of Lanewise's vectors is set by hand",
                    "remove -Dlanewise.vectorBits=" + System.getProperty("lanewise.vectorBits")));
        }
        if (jvm.version().feature() == 25 && jvm.has("UseCompactObjectHeaders", "true")) {
            advice.add(dangerous("compact object headers can silently corrupt data on Java 25 (JDK-8380060)",
                    "remove -XX:+UseCompactObjectHeaders"));
        }
        if (jvm.version().compareToIgnoreOptional(FLOOR) < 0) {
            advice.add(dangerous("this Java is older than " + FLOOR + " and can move pinned objects (JDK-8377811)",
                    "update the JDK"));
        }
        return advice;
    }

    private static Advice slow(String finding, String cure) {
        return new Advice(finding, cure, true);
    }

    private static Advice dangerous(String finding, String cure) {
        return new Advice(finding, cure, false);
    }
}
