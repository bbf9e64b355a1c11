package lanewise.bench.bytedeco;

import java.nio.charset.StandardCharsets;
import org.bytedeco.mkl.global.mkl_rt;

/** What all engines of MKL share. */
final class Mkl {

    private static final int VERSION_LENGTH = 256;

    private Mkl() {}

    static void useThreads(int threads) {
        mkl_rt.MKL_Set_Dynamic(0);
        mkl_rt.MKL_Set_Num_Threads(threads);
    }

    static String description() {
        byte[] version = new byte[VERSION_LENGTH];
        mkl_rt.MKL_Get_Version_String(version, VERSION_LENGTH);
        String text = new String(version, StandardCharsets.US_ASCII);
        return text.substring(0, Math.max(0, text.indexOf('\0'))).strip() + ", threads " + mkl_rt.MKL_Get_Max_Threads();
    }
}
