package lanewise.bench.pointwise;

import java.util.List;
import java.util.stream.Stream;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.Workload;
import lanewise.bench.peers.Home;
import lanewise.bench.peers.PeerFamily;
import lanewise.bench.peers.Peers;

/** Memory-bound operations: on tensors within the caches and beyond. */
public final class PointwiseFamily extends PeerFamily {

    private static final List<String> ELEMENTWISE = List.of("relu", "sigmoid", "tanh", "gelu", "silu", "mul");
    private static final List<String> OTHERS = List.of("softmax 4096x1000", "log-softmax 4096x1000",
            "cross-entropy 4096x1000", "layer-norm 4096x768", "batch-norm 32x64x56x56");

    /**
     * Makes the family.
     *
     * @param home how processes are started
     * @param peers whether the native peers take part
     */
    public PointwiseFamily(Home home, boolean peers) {
        super("pointwise", home, peers, LanewisePointwise.class, ScalarPointwise.class);
    }

    @Override
    public List<Workload> workloads() {
        Stream<String> sized = Stream.of(" 16384", " 1048576")
                .flatMap(size -> Stream.concat(Stream.of("add" + size + " forward", "exp" + size + " forward"),
                        ELEMENTWISE.stream().map(kind -> kind + size).flatMap(PointwiseFamily::passes)));
        Stream<String> names = Stream.concat(sized, Stream.concat(OTHERS.stream().flatMap(PointwiseFamily::passes),
                Stream.of("adam 1048576 update")));
        return names.map(name -> PointwiseShape.parse(name).workload()).toList();
    }

    private static Stream<String> passes(String operation) {
        return Stream.of(operation + " forward", operation + " backward");
    }

    @Override
    protected List<List<Contestant>> peers(Peers settings) {
        return List.of(settings.oneDnn("", "lanewise.bench.bytedeco.OneDnnPointwise"),
                settings.mkl("lanewise.bench.bytedeco.MklPointwise"),
                settings.pyTorch("lanewise.bench.pytorch.PyTorchPointwise"),
                settings.onnxRuntime("lanewise.bench.onnxruntime.OnnxRuntimePointwise"));
    }
}
