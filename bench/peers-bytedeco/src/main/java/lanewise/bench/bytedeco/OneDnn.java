package lanewise.bench.bytedeco;

import java.util.HexFormat;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;

/** What the ways through oneDNN have in common. Its threads are OpenMP's, set in the environment of the process. */
final class OneDnn {

    private OneDnn() {}

    static void requireThreads(int threads) {
        String variable = System.getenv("OMP_NUM_THREADS");
        if (!Integer.toString(threads).equals(variable)) {
            throw new IllegalArgumentException("OMP_NUM_THREADS = " + variable + ", need threads = " + threads);
        }
    }

    static String description() {
        dnnl_version_t version = dnnl.dnnl_version();
        return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch() + ", instruction set 0x"
                + HexFormat.of().toHexDigits((short) dnnl.dnnl_get_effective_cpu_isa()) + ", OMP_NUM_THREADS "
                + System.getenv("OMP_NUM_THREADS");
    }
}
