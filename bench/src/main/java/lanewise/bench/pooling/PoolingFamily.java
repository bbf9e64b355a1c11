package lanewise.bench.pooling;

import java.util.List;
import java.util.stream.Stream;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.Workload;
import lanewise.bench.peers.Home;
import lanewise.bench.peers.PeerFamily;
import lanewise.bench.peers.Peers;

/** Pooling of a batch that does not fit into the caches. */
public final class PoolingFamily extends PeerFamily {

    private static final List<String> SHAPES = List.of("max 2x2 s2 p0", "max 3x3 s2 p1", "average 2x2 s2 p0",
            "average 3x3 s2 p1", "l2 2x2 s2 p0");

    /**
     * Makes the family.
     *
     * @param home how processes are started
     * @param peers whether the native peers take part
     */
    public PoolingFamily(Home home, boolean peers) {
        super("pool", home, peers, LanewisePooling.class, ScalarPooling.class);
    }

    @Override
    public List<Workload> workloads() {
        return SHAPES.stream().flatMap(shape -> Stream.of("forward", "backward")
                .map(pass -> PoolingShape.parse("pool 32x64x56x56 " + shape + " " + pass).workload())).toList();
    }

    @Override
    protected List<List<Contestant>> peers(Peers settings) {
        return List.of(settings.oneDnnIn("nchw", "plain", "lanewise.bench.bytedeco.OneDnnPooling$Plain"),
                settings.oneDnnIn("nchw", "reordered", "lanewise.bench.bytedeco.OneDnnPooling$Reordered"),
                settings.oneDnnIn("any", "", "lanewise.bench.bytedeco.OneDnnPooling$Any"),
                settings.pyTorch("lanewise.bench.pytorch.PyTorchPooling"),
                settings.onnxRuntime("lanewise.bench.onnxruntime.OnnxRuntimePooling"),
                settings.nd4j("lanewise.bench.nd4j.Nd4jPooling"));
    }
}
