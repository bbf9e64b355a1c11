package lanewise.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.Engine;
import lanewise.bench.contest.Family;

/** A family of Lanewise, plain loops and native peers. */
public abstract class PeerFamily implements Family {

    private final String name;
    private final Home home;
    private final boolean peers;
    private final Class<? extends Engine> lanewise;
    private final Optional<Class<? extends Engine>> scalar;

    /**
     * Makes the family.
     *
     * @param name its name in reports
     * @param home how processes are started
     * @param peers whether the native peers take part
     * @param lanewise the engine of Lanewise
     * @param scalar the plain loops
     */
    protected PeerFamily(String name, Home home, boolean peers, Class<? extends Engine> lanewise,
            Class<? extends Engine> scalar) {
        this(name, home, peers, lanewise, Optional.of(scalar));
    }

    /**
     * Makes a family without plain loops.
     *
     * @param name its name in reports
     * @param home how processes are started
     * @param peers whether the native peers take part
     * @param lanewise the engine of Lanewise
     */
    protected PeerFamily(String name, Home home, boolean peers, Class<? extends Engine> lanewise) {
        this(name, home, peers, lanewise, Optional.empty());
    }

    private PeerFamily(String name, Home home, boolean peers, Class<? extends Engine> lanewise,
            Optional<Class<? extends Engine>> scalar) {
        this.name = name;
        this.home = home;
        this.peers = peers;
        this.lanewise = lanewise;
        this.scalar = scalar;
    }

    /**
     * The native peers, their engines named by strings: the classes need libraries that are on the class path of the child
     * only.
     *
     * @param settings how each is started
     * @return the contestants of each peer
     */
    protected abstract List<List<Contestant>> peers(Peers settings);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<Contestant> contestants(int threads) {
        var contestants = new ArrayList<Contestant>();
        contestants.add(home.lanewise(lanewise.getName()));
        if (peers) {
            peers(new Peers(home, threads)).forEach(contestants::addAll);
        }
        if (threads == 1) {
            scalar.ifPresent(loops -> contestants.add(home.scalar(loops.getName())));
        }
        return contestants;
    }
}
