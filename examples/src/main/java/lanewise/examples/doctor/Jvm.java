package lanewise.examples.doctor;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a JVM from within.
 *
 * @param name of the virtual machine
 * @param mode how it runs code, as {@code java.vm.info} has it
 * @param version of Java
 * @param vectorModule whether {@code jdk.incubator.vector} is there
 * @param vectorBits what {@code lanewise.vectorBits} is set to; null if it is not
 * @param flags values of the HotSpot flags that matter to kernels, by name; those it does not know are absent
 */
public record Jvm(String name, String mode, Runtime.Version version, boolean vectorModule, String vectorBits,
        Map<String, Flag> flags) {

    /**
     * A HotSpot flag.
     *
     * @param value its value
     * @param set whether somebody set it, rather than the JVM itself
     */
    public record Flag(String value, boolean set) {}

    private static final List<String> FLAGS = List.of("UseFMA", "UseAVX", "UseSVE", "MaxVectorSize",
            "TieredStopAtLevel",
            "EnableVectorSupport", "UseCompactObjectHeaders", "UseJVMCICompiler");

    /**
     * The JVM that runs this.
     *
     * @return its facts
     */
    public static Jvm current() {
        return new Jvm(System.getProperty("java.vm.name"), System.getProperty("java.vm.info", ""), Runtime.version(),
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
                System.getProperty("lanewise.vectorBits"), readFlags());
    }

    /**
     * The value of a flag that is a number.
     *
     * @param flag its name
     * @param otherwise what to answer where there is no such flag
     * @return the value
     */
    public long number(String flag, long otherwise) {
        return flags.containsKey(flag) ? Long.parseLong(flags.get(flag).value()) : otherwise;
    }

    /**
     * Whether a flag has a value.
     *
     * @param flag its name
     * @param value the value
     * @return false also where there is no such flag
     */
    public boolean has(String flag, String value) {
        return flags.containsKey(flag) && flags.get(flag).value().equals(value);
    }

    /**
     * Whether somebody set a flag.
     *
     * @param flag its name
     * @return false where the JVM chose the value itself, or knows no such flag
     */
    public boolean isSet(String flag) {
        return flags.containsKey(flag) && flags.get(flag).set();
    }

    private static Map<String, Flag> readFlags() {
        HotSpotDiagnosticMXBean hotspot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        Map<String, Flag> flags = new LinkedHashMap<>();
        if (hotspot != null) {
            for (String name : FLAGS) {
                readFlag(hotspot, name).ifPresent(flag -> flags.put(name, flag));
            }
        }
        return flags;
    }

    private static Optional<Flag> readFlag(HotSpotDiagnosticMXBean hotspot, String name) {
        try {
            VMOption option = hotspot.getVMOption(name);
            boolean set = switch (option.getOrigin()) {
                case DEFAULT, ERGONOMIC -> false;
                default -> true;
            };
            return Optional.of(new Flag(option.getValue(), set));
        } catch (IllegalArgumentException noSuchFlag) {
            return Optional.empty();
        }
    }
}
