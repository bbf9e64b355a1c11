package lanewise.bench.training;

import java.util.Arrays;
import java.util.List;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.Workload;
import lanewise.bench.peers.Home;
import lanewise.bench.peers.PeerFamily;
import lanewise.bench.peers.Peers;

/** Whole training steps on a batch that stands ready. */
public final class TrainingFamily extends PeerFamily {

    /**
     * Makes the family.
     *
     * @param home how processes are started
     * @param peers whether the native peers take part
     */
    public TrainingFamily(Home home, boolean peers) {
        super("train", home, peers, LanewiseTraining.class);
    }

    @Override
    public List<Workload> workloads() {
        return Arrays.stream(TrainingTask.values()).map(TrainingTask::workload).toList();
    }

    @Override
    protected List<List<Contestant>> peers(Peers settings) {
        return List.of(settings.pyTorch("lanewise.bench.pytorch.PyTorchTraining"));
    }
}
