package lanewise.bench.sequence;

import java.util.List;
import java.util.stream.Stream;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.Workload;
import lanewise.bench.peers.Home;
import lanewise.bench.peers.PeerFamily;
import lanewise.bench.peers.Peers;

/** Recurrent layers over sequences, batches of 32 and one sequence alone; attention with many heads, and over many tokens. */
public final class SequenceFamily extends PeerFamily {

    /**
     * Makes the family.
     *
     * @param home how processes are started
     * @param peers whether the native peers take part
     */
    public SequenceFamily(Home home, boolean peers) {
        super("sequence", home, peers, LanewiseSequence.class);
    }

    @Override
    public List<Workload> workloads() {
        return Stream.of("lstm T64 N32 I128 H256 forward", "lstm T64 N32 I128 H256 both",
                "gru T64 N32 I128 H256 forward", "gru T64 N32 I128 H256 both", "lstm T256 N1 I512 H512 forward",
                "attention N8 H8 T256 D64 forward", "attention N8 H8 T256 D64 both",
                "attention N8 H8 T256 D64 causal forward", "attention N8 H8 T256 D64 causal both",
                "attention N1 H1 T2048 D64 forward", "attention N1 H1 T2048 D64 both").map(SequenceProblem::workload)
                .toList();
    }

    @Override
    protected List<List<Contestant>> peers(Peers settings) {
        return List.of(settings.pyTorch("lanewise.bench.pytorch.PyTorchSequence"));
    }
}
