package lanewise.bench.convolution;

import java.util.List;
import java.util.stream.Stream;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.Workload;
import lanewise.bench.peers.Home;
import lanewise.bench.peers.PeerFamily;
import lanewise.bench.peers.Peers;

/** Convolutions: those of LeNet-5, of ResNet's stages, pointwise, depthwise, for one image and with a stride. */
public final class ConvolutionFamily extends PeerFamily {

    private static final List<String> SHAPES = List.of("64x1x28x28 k6 5x5 s1 p2", "64x6x14x14 k16 5x5 s1 p0",
            "8x3x224x224 k64 7x7 s2 p3", "8x64x56x56 k64 3x3 s1 p1", "8x128x28x28 k128 3x3 s1 p1",
            "8x256x14x14 k256 3x3 s1 p1", "8x512x7x7 k512 3x3 s1 p1", "8x256x56x56 k64 1x1 s1 p0",
            "8x144x28x28 k144 g144 3x3 s1 p1", "1x64x56x56 k64 3x3 s1 p1", "8x64x56x56 k128 3x3 s2 p1");

    /**
     * Makes the family.
     *
     * @param home how processes are started
     * @param peers whether the native peers take part
     */
    public ConvolutionFamily(Home home, boolean peers) {
        super("conv", home, peers, LanewiseConvolution.class, ScalarConvolution.class);
    }

    @Override
    public List<Workload> workloads() {
        return SHAPES.stream().flatMap(
                shape -> Stream.of("forward", "backward-data", "backward-filter")
                        .map(pass -> ConvolutionShape.parse("conv " + shape + " " + pass).workload()))
                .toList();
    }

    @Override
    protected List<List<Contestant>> peers(Peers settings) {
        return List.of(settings.oneDnnIn("nchw", "", "lanewise.bench.bytedeco.OneDnnConvolution$Nchw"),
                settings.oneDnnIn("any", "", "lanewise.bench.bytedeco.OneDnnConvolution$Any"),
                settings.pyTorch("lanewise.bench.pytorch.PyTorchConvolution"));
    }
}
