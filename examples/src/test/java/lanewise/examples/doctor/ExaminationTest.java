package lanewise.examples.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExaminationTest {

    @Test
    void whereNothingCanRunEachFamilyNamesTheCure() {
        StringWriter out = new StringWriter();
        Jvm interpreter = new Jvm("VM", "interpreted mode", Runtime.Version.parse("25.0.3"), true, null, Map.of());

        new Examination(new PrintWriter(out), interpreter, 1).run();

        List<String> families = KernelProbe.all(1, 1).stream().map(KernelProbe::family).toList();
        List<String> slow = out.toString().lines().filter(line -> line.contains(" slow ")).toList();
        assertEquals(families.size(), slow.size(), out.toString());
        for (int i = 0; i < slow.size(); i++) {
            assertTrue(slow.get(i).startsWith(families.get(i)), slow.get(i));
            assertTrue(slow.get(i).endsWith("cure: remove -Xint"), slow.get(i));
        }
    }

    @Test
    void aFastKernelIsOkAndASlowOneNamesTheSettingThatMayBeTheCause() {
        KernelProbe gemm = KernelProbe.all(64, 64).getFirst();
        Advice limits = new Advice(Advice.Effect.LIMITS, "narrow", "remove -XX:UseAVX=1");
        Advice endangers = new Advice(Advice.Effect.ENDANGERS, "old", "update the JDK");

        assertEquals("ok      64x64x64: 90.0 GFLOP/s, 90 % of the FMA peak",
                Examination.verdict(gemm, 90, 100, List.of(endangers, limits)));
        assertEquals("slow    64x64x64: 40.0 GFLOP/s, 40 % of the FMA peak; cure: remove -XX:UseAVX=1",
                Examination.verdict(gemm, 40, 100, List.of(endangers, limits)));
        assertEquals(
                "slow    64x64x64: 40.0 GFLOP/s, 40 % of the FMA peak; no setting of the JVM explains it: if the machine"
                        + " is idle, please report it",
                Examination.verdict(gemm, 40, 100, List.of(endangers)));
    }
}
