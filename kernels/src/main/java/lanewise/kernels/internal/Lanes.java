package lanewise.kernels.internal;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The only place that looks at the hardware and at system properties: how wide vectors are, whether fused multiply-add
 * is an instruction, how many vector registers there are, and whether the JIT compiler that kernels need is on.
 *
 * <p>
 * Kernels copy {@link #FLOATS} into a {@code private static final} of their own: C2 needs the species to be a constant.
 */
public final class Lanes {

    /** Overrides the width of the vectors: 64, 128, 256 or 512 bits. Results do not depend on it. */
    public static final String WIDTH_PROPERTY = "lanewise.vectorBits";

    /** Overrides the number of vector registers that kernels are made for: 16 or 32. Results do not depend on it. */
    public static final String REGISTERS_PROPERTY = "lanewise.vectorRegisters";

    /** The species that kernels use: the machine's widest, or what {@value #WIDTH_PROPERTY} asks for. */
    public static final VectorSpecies<Float> FLOATS = species();

    /**
     * The class of the vectors that kernels use. A sum that a loop carries is cast to it before its own methods are called:
     * C2 takes such a variable for any {@link FloatVector} and asks the profile which one it is. Where other code of the
     * process uses another width, the answer can make it keep the sum as an object, in every round of the loop. A cast to a
     * constant class needs no profile, and nothing is left of it in the machine code (decision 0011).
     */
    @SuppressWarnings("unchecked")
    public static final Class<FloatVector> VECTOR = (Class<FloatVector>) (Class<?>) FLOATS.vectorType();

    /** Number of floats in a vector. */
    public static final int LANES = FLOATS.length();

    /**
     * Whether fused multiply-add is an instruction here. Where it is not, {@code fma} is emulated with
     * {@code BigDecimal}, about a thousand times slower, so kernels then multiply and add, and the promise of equal bits
     * does not hold.
     */
    public static final boolean FMA = flag("UseFMA", true);

    /** Whether there are 32 vector registers (AVX-512, AArch64) and not 16 (SSE, AVX2). */
    public static final boolean WIDE_REGISTER_FILE = wideRegisterFile();

    /** Whether C2 compiles vectors of this width to instructions; where it does not, a kernel stays slow for ever. */
    public static final boolean COMPILED = c2IsOn()
            && FLOATS.vectorBitSize() <= FloatVector.SPECIES_PREFERRED.vectorBitSize();

    /** Number of running sums of every reduction along lanes, at every width. */
    public static final int SUM_LANES = 32;

    static {
        warnOfSlowJvm();
    }

    private Lanes() {}

    /**
     * The sum of the {@link #SUM_LANES} running sums stored at {@code t[offset]}, by one fixed tree: halves are added
     * until one is left.
     *
     * <p>
     * {@code reduceLanes(ADD)} is not used on floats: its bits change when the JIT compiles it.
     *
     * @param t the running sums
     * @param offset index of the first
     * @return the sum
     */
    public static float sum(float[] t, int offset) {
        return sumOf16(t, offset) + sumOf16(t, offset + 1);
    }

    private static float sumOf16(float[] t, int i) {
        return sumOf8(t, i) + sumOf8(t, i + 2);
    }

    private static float sumOf8(float[] t, int i) {
        return sumOf4(t, i) + sumOf4(t, i + 4);
    }

    private static float sumOf4(float[] t, int i) {
        return t[i] + t[i + 16] + (t[i + 8] + t[i + 24]);
    }

    /**
     * {@code a * b + c}, fused where the hardware can: the scalar twin of what kernels do with vectors.
     *
     * @param a a factor
     * @param b a factor
     * @param c the addend
     * @return the result, rounded once where {@link #FMA} holds, twice elsewhere
     */
    public static float fma(float a, float b, float c) {
        return FMA ? Math.fma(a, b, c) : a * b + c;
    }

    private static VectorSpecies<Float> species() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            throw new IllegalStateException(
                    "Lanewise needs the module jdk.incubator.vector, which is not in this JVM's "
                            + "module graph: start java with --add-modules jdk.incubator.vector");
        }
        String bits = System.getProperty(WIDTH_PROPERTY);
        if (bits == null) {
            return FloatVector.SPECIES_PREFERRED;
        }
        return switch (bits) {
            case "64", "128", "256", "512" ->
                VectorSpecies.of(float.class, VectorShape.forBitSize(Integer.parseInt(bits)));
            default -> throw new IllegalArgumentException(
                    WIDTH_PROPERTY + " = " + bits + ", need 64, 128, 256 or 512 (or leave it unset)");
        };
    }

    private static boolean wideRegisterFile() {
        String registers = System.getProperty(REGISTERS_PROPERTY);
        if (registers != null) {
            return switch (registers) {
                case "16" -> false;
                case "32" -> true;
                default -> throw new IllegalArgumentException(
                        REGISTERS_PROPERTY + " = " + registers + ", need 16 or 32 (or leave it unset)");
            };
        }
        return switch (System.getProperty("os.arch")) {
            case "aarch64" -> true;
            case "amd64", "x86_64" -> number("UseAVX", 2) >= 3;
            default -> false;
        };
    }

    private static boolean c2IsOn() {
        return number("TieredStopAtLevel", 4) == 4
                && !System.getProperty("java.vm.info", "").contains("interpreted mode");
    }

    private static void warnOfSlowJvm() {
        System.Logger log = System.getLogger("lanewise.kernels");
        if (!c2IsOn()) {
            log.log(Level.WARNING,
                    "The C2 compiler is off (-Xint or -XX:TieredStopAtLevel): kernels run about a hundred "
                            + "times slower. Remove that flag.");
        }
        if (!FMA) {
            log.log(Level.WARNING,
                    "No fused multiply-add on this CPU or JVM (UseFMA is false): kernels multiply and add, "
                            + "and results differ in the last bits from those of other machines.");
        }
    }

    private static boolean flag(String name, boolean otherwise) {
        String value = option(name);
        return value == null ? otherwise : Boolean.parseBoolean(value);
    }

    private static int number(String name, int otherwise) {
        String value = option(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** The value of a HotSpot flag, or null where this JVM has no such flag. */
    private static String option(String name) {
        HotSpotDiagnosticMXBean hotspot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (hotspot == null) {
            return null;
        }
        try {
            return hotspot.getVMOption(name).getValue();
        } catch (IllegalArgumentException noSuchFlag) {
            return null;
        }
    }
}
