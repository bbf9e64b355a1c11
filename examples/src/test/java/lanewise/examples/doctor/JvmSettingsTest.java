package lanewise.examples.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
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
    void whatMakesKernelsSlowIsFoundWithItsCure() {
        assertCure("--add-modules jdk.incubator.vector", jvm(MIXED, "25.0.3", false, Map.of()));
        assertCure("-Xint", jvm("interpreted mode, sharing", "25.0.3", true, Map.of()));
        assertCure("-XX:TieredStopAtLevel=1", with("TieredStopAtLevel", "1", true));
        assertCure("-XX:-UseFMA", with("UseFMA", "false", true));
        assertCure("virtual machine", with("UseFMA", "false", false));
        assertCure("-XX:UseAVX=1", with("UseAVX", "1", true));
        assertCure("-XX:MaxVectorSize=16", with("MaxVectorSize", "16", true));
        assertCure("-XX:-EnableVectorSupport", with("EnableVectorSupport", "false", true));
        assertCure("-XX:+UseJVMCICompiler", with("UseJVMCICompiler", "true", true));
    }

    @Test
    void whatCorruptsDataIsFoundButNotCalledSlow() {
        Advice headers = single(with("UseCompactObjectHeaders", "true", true));
        assertTrue(headers.finding().contains("JDK-8380060") && !headers.slow(), headers.toString());
        assertEquals(List.of(), JvmSettings.examine(jvm(MIXED, "26.0.1", true,
                Map.of("UseCompactObjectHeaders", new Flag("true", false)))), "only known of 25");
        Advice old = single(jvm(MIXED, "25.0.1", true, Map.of()));
        assertTrue(old.cure().contains("update") && !old.slow(), old.toString());
    }

    @Test
    void theFlagsOfThisJvmAreRead() {
        Jvm current = Jvm.current();
        assertTrue(current.vectorModule());
        assertTrue(current.number("MaxVectorSize", -1) >= 8, current.toString());
        assertTrue(current.flags().containsKey("UseFMA"), current.toString());
    }

    private static void assertCure(String cure, Jvm jvm) {
        Advice advice = single(jvm);
        assertTrue(advice.cure().contains(cure) && advice.slow(), advice.toString());
    }

    private static Advice single(Jvm jvm) {
        List<Advice> advice = JvmSettings.examine(jvm);
        assertEquals(1, advice.size(), advice.toString());
        return advice.getFirst();
    }

    private static Jvm with(String flag, String value, boolean set) {
        return jvm(MIXED, "25.0.3", true, Map.of(flag, new Flag(value, set)));
    }

    private static Jvm jvm(String mode, String version, boolean vectorModule, Map<String, Flag> flags) {
        return new Jvm("OpenJDK 64-Bit Server VM", mode, Runtime.Version.parse(version), vectorModule, flags);
    }
}
