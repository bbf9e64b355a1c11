package lanewise.bench.gemm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.Family;
import lanewise.bench.contest.Workload;
import lanewise.bench.peers.Home;
import lanewise.bench.peers.Peers;

/** Products of matrices: squares, the shapes of layers, a matrix-vector product and transposed operands. */
public final class GemmFamily implements Family {

    private static final List<String> NAMES = List.of("32x32x32", "64x64x64", "128x128x128", "256x256x256",
            "512x512x512",
            "1024x1024x1024", "2048x2048x2048", "64x128x784", "128x512x512", "1x1024x1024", "256x64x576", "3136x64x147",
            "12544x64x576", "512x512x512 At*B", "512x512x512 A*Bt");

    private final Home home;
    private final boolean peers;

    /**
     * Makes the family.
     *
     * @param home how processes are started
     * @param peers whether the native peers take part
     */
    public GemmFamily(Home home, boolean peers) {
        this.home = home;
        this.peers = peers;
    }

    @Override
    public String name() {
        return "gemm";
    }

    @Override
    public List<Workload> workloads() {
        return NAMES.stream().map(GemmShape::parse).map(GemmShape::workload).toList();
    }

    @Override
    public List<Contestant> contestants(int threads) {
        var contestants = new ArrayList<Contestant>();
        contestants.add(home.lanewise(LanewiseGemm.class.getName()));
        if (peers) {
            contestants.addAll(peers(new Peers(home, threads)));
        }
        if (threads == 1) {
            contestants.add(home.scalar(ScalarGemm.class.getName()));
        }
        return contestants;
    }

    private static List<Contestant> peers(Peers peers) {
        // Named by strings: their classes need libraries that are on the class path of the child only.
        return Stream.of(peers.oneDnn("sgemm", "lanewise.bench.bytedeco.OneDnnSgemm"),
                peers.oneDnn("matmul", "lanewise.bench.bytedeco.OneDnnMatmul"),
                peers.mkl("lanewise.bench.bytedeco.MklGemm"), peers.openBlas("lanewise.bench.bytedeco.OpenBlasGemm"),
                peers.pyTorch("lanewise.bench.pytorch.PyTorchGemm"), peers.netlib("lanewise.bench.netlib.NetlibGemm"))
                .flatMap(List::stream).toList();
    }
}
