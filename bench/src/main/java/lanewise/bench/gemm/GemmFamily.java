package lanewise.bench.gemm;

import java.util.List;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.Workload;
import lanewise.bench.peers.Home;
import lanewise.bench.peers.PeerFamily;
import lanewise.bench.peers.Peers;

/** Products of matrices: squares, the shapes of layers, a matrix-vector product and transposed operands. */
public final class GemmFamily extends PeerFamily {

    private static final List<String> NAMES = List.of("32x32x32", "64x64x64", "128x128x128", "256x256x256",
            "512x512x512",
            "1024x1024x1024", "2048x2048x2048", "64x128x784", "128x512x512", "1x1024x1024", "256x64x576", "3136x64x147",
            "12544x64x576", "512x512x512 At*B", "512x512x512 A*Bt");

    /**
     * Makes the family.
     *
     * @param home how processes are started
     * @param peers whether the native peers take part
     */
    public GemmFamily(Home home, boolean peers) {
        super("gemm", home, peers, LanewiseGemm.class, ScalarGemm.class);
    }

    @Override
    public List<Workload> workloads() {
        return NAMES.stream().map(GemmShape::parse).map(GemmShape::workload).toList();
    }

    @Override
    protected List<List<Contestant>> peers(Peers settings) {
        return List.of(settings.oneDnn("sgemm", "lanewise.bench.bytedeco.OneDnnSgemm"),
                settings.oneDnn("matmul", "lanewise.bench.bytedeco.OneDnnMatmul"),
                settings.mkl("lanewise.bench.bytedeco.MklGemm"),
                settings.openBlas("lanewise.bench.bytedeco.OpenBlasGemm"),
                settings.pyTorch("lanewise.bench.pytorch.PyTorchGemm"),
                settings.netlib("lanewise.bench.netlib.NetlibGemm"));
    }
}
