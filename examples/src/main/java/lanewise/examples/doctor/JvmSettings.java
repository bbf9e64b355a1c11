package lanewise.examples.doctor;

import static lanewise.examples.doctor.Advice.Effect.CRIPPLES;
import static lanewise.examples.doctor.Advice.Effect.ENDANGERS;
import static lanewise.examples.doctor.Advice.Effect.LIMITS;

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
        findWhatCripples(jvm, advice);
        findWhatLimits(jvm, advice);
        findWhatEndangers(jvm, advice);
        return advice;
    }

    private static void findWhatCripples(Jvm jvm, List<Advice> advice) {
        if (!jvm.vectorModule()) {
            advice.add(new Advice(CRIPPLES, "the module jdk.incubator.vector is missing: no kernel can run",
                    "add --add-modules jdk.incubator.vector"));
        }
        if (jvm.mode().contains("interpreted mode")) {
            advice.add(new Advice(CRIPPLES, "the JVM only interprets: kernels are thousands of times slower",
                    "remove -Xint"));
        }
        if (jvm.number("TieredStopAtLevel", 4) < 4) {
            advice.add(new Advice(CRIPPLES, "the C2 compiler is off: kernels are about a hundred times slower",
                    "remove -XX:TieredStopAtLevel=" + jvm.number("TieredStopAtLevel", 4)));
        }
        if (jvm.has("EnableVectorSupport", "false")) {
            advice.add(new Advice(CRIPPLES, "vectors are not compiled to vector instructions",
                    "remove -XX:-EnableVectorSupport"));
        }
    }

    private static void findWhatLimits(Jvm jvm, List<Advice> advice) {
        if (jvm.has("UseFMA", "false")) {
            advice.add(new Advice(LIMITS,
                    "there is no fused multiply-add: kernels multiply and add, and results have other bits",
                    jvm.isSet("UseFMA")
                            ? "remove -XX:-UseFMA"
                            : "let a virtual machine show the CPU of its host, and do not lower UseAVX"));
        }
        if (jvm.has("UseJVMCICompiler", "true")) {
            advice.add(new Advice(LIMITS, "Graal compiles in the place of C2 and may not know every vector operation",
                    "remove -XX:+UseJVMCICompiler, or use a JDK with C2"));
        }
        for (String width : List.of("UseAVX", "UseSVE", "MaxVectorSize")) {
            if (jvm.isSet(width)) {
                advice.add(new Advice(LIMITS, "the width of vectors is set by hand, perhaps below that of the hardware",
                        "remove -XX:" + width + "=" + jvm.flags().get(width).value()));
            }
        }
        if (jvm.vectorBits() != null) {
            advice.add(new Advice(LIMITS, "the width of Lanewise's vectors is set by hand",
                    "remove -Dlanewise.vectorBits=" + jvm.vectorBits()));
        }
    }

    private static void findWhatEndangers(Jvm jvm, List<Advice> advice) {
        if (jvm.version().feature() == 25 && jvm.has("UseCompactObjectHeaders", "true")) {
            advice.add(
                    new Advice(ENDANGERS, "compact object headers can silently corrupt data on Java 25 (JDK-8380060)",
                            "remove -XX:+UseCompactObjectHeaders"));
        }
        if (jvm.version().compareToIgnoreOptional(FLOOR) < 0) {
            advice.add(
                    new Advice(ENDANGERS, "this Java is older than " + FLOOR + " and can corrupt arrays (JDK-8377811)",
                            "update the JDK"));
        }
    }
}
