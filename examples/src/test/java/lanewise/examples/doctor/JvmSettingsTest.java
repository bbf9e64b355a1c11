package lanewise.examples.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import lanewise.examples.doctor.Advice.Effect;
import lanewise.examples.doctor.Jvm.Flag;
import org.junit.jupiter.api.Test;

class JvmSettingsTest {

    private static final String MIXED = "mixed mode, sharing";

    @Test
    void nothingIsToBeSaidOfAUsualJvm() {
        assertEquals(List.of(), JvmSettings.examine(jvm(MIXED, "25.0.3", true,
                Map.of("UseFMA", new Flag("true", false), "UseAVX", new Flag("2", false), "MaxVectorSize",
                        new Flag("32", false), "TieredStopAtLevel", new Flag("4", false), "UseCompactObjectHeaders",
                        new Flag("false", false)))));
    }

    @Test
    void whatCripplesKernelsIsFoundWithItsCure() {
        assertAdvice(Effect.CRIPPLES, "--add-modules jdk.incubator.vector", jvm(MIXED, "25.0.3", false, Map.of()));
        assertAdvice(Effect.CRIPPLES, "-Xint", jvm("interpreted mode, sharing", "25.0.3", true, Map.of()));
        assertAdvice(Effect.CRIPPLES, "-XX:TieredStopAtLevel=1", with("TieredStopAtLevel", "1", true));
        assertAdvice(Effect.CRIPPLES, "-XX:-EnableVectorSupport", with("EnableVectorSupport", "false", true));
    }

    @Test
    void whatLimitsThemIsFoundWithItsCure() {
        assertAdvice(Effect.LIMITS, "-XX:-UseFMA", with("UseFMA", "false", true));
        assertAdvice(Effect.LIMITS, "virtual machine", with("UseFMA", "false", false));
        assertAdvice(Effect.LIMITS, "-XX:+UseJVMCICompiler", with("UseJVMCICompiler", "true", true));
        assertAdvice(Effect.LIMITS, "-XX:UseAVX=1", with("UseAVX", "1", true));
        assertAdvice(Effect.LIMITS, "-XX:MaxVectorSize=16", with("MaxVectorSize", "16", true));
        assertAdvice(Effect.LIMITS, "-Dlanewise.vectorBits=128",
                new Jvm("VM", MIXED, Runtime.Version.parse("25.0.3"), true, "128", Map.of()));
    }

    @Test
    void whatCorruptsDataIsFoundWithItsCure() {
        assertAdvice(Effect.ENDANGERS, "-XX:+UseCompactObjectHeaders", with("UseCompactObjectHeaders", "true", true));
        assertAdvice(Effect.ENDANGERS, "update", jvm(MIXED, "25.0.1", true, Map.of()));
        assertEquals(List.of(),
                JvmSettings.examine(
                        jvm(MIXED, "26.0.1", true, Map.of("UseCompactObjectHeaders", new Flag("true", false)))),
                "only known of 25");
    }

    @Test
    void theMostHarmfulComesFirst() {
        List<Advice> advice = JvmSettings.examine(jvm("interpreted mode", "25.0.1", true,
                Map.of("UseAVX", new Flag("1", true))));
        assertEquals(List.of(Effect.CRIPPLES, Effect.LIMITS, Effect.ENDANGERS),
                advice.stream().map(Advice::effect).toList());
    }

    @Test
    void theFlagsOfThisJvmAreRead() {
        Jvm current = Jvm.current();
        assertTrue(current.vectorModule());
        assertTrue(current.number("MaxVectorSize", -1) >= 8, current.toString());
        assertTrue(current.flags().containsKey("UseFMA"), current.toString());
    }

    private static void assertAdvice(Effect effect, String cure, Jvm jvm) {
        List<Advice> advice = JvmSettings.examine(jvm);
        assertEquals(1, advice.size(), advice.toString());
        assertEquals(effect, advice.getFirst().effect());
        assertTrue(advice.getFirst().cure().contains(cure), advice.toString());
    }

    private static Jvm with(String flag, String value, boolean set) {
        return jvm(MIXED, "25.0.3", true, Map.of(flag, new Flag(value, set)));
    }

    private static Jvm jvm(String mode, String version, boolean vectorModule, Map<String, Flag> flags) {
        return new Jvm("OpenJDK 64-Bit Server VM", mode, Runtime.Version.parse(version), vectorModule, null, flags);
    }
}
