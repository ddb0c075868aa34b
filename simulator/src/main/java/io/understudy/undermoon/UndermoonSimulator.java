package io.understudy.undermoon;

import io.understudy.fault.DomainFault;
import io.understudy.fault.FaultRule;
import io.understudy.fault.FaultScope;
import io.understudy.fault.Faults;
import io.understudy.system.Addresses;
import io.understudy.system.Simulator;
import io.understudy.world.Kernel;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Undermoon in a world: its memory broker, the server proxies that are registered there, and the coordinator's stand-in.
 *
 * <p>Point a client at {@link #baseUrl}; the API is below {@code /api/v3}. What can go wrong is started by the methods that give
 * back a {@link FaultScope} and lasts until that is closed or the world is reset. Every method may be called from any thread.
 */
public final class UndermoonSimulator implements Simulator {
    static final String NODE = "broker";

    private final Kernel kernel;
    private final Deployment deployment;
    private final Faults faults;
    private final Addresses addresses;

    UndermoonSimulator(Kernel kernel, Deployment deployment, Faults faults, Addresses addresses) {
        this.kernel = kernel;
        this.deployment = deployment;
        this.faults = faults;
        this.addresses = addresses;
    }

    /**
     * A cluster as the broker shows it.
     *
     * @param name its name
     * @param epoch its own epoch, unsigned
     * @param nodeNumber how many nodes it has, a multiple of 4
     * @param nodeNumberWithSlots how many of them belong to shards with stable slots
     * @param migrating whether migrations are under way
     */
    public record ClusterStatus(
            String name, long epoch, long nodeNumber, long nodeNumberWithSlots, boolean migrating) {}

    @Override
    public String system() {
        return UndermoonFaults.SYSTEM;
    }

    @Override
    public URI baseUrl() {
        return addresses.url(NODE);
    }

    /** The broker's {@code host:port}, as coordinators and operators are configured with it. */
    public String brokerAddress() {
        return baseUrl().getAuthority();
    }

    // ---- what it looks like inside ----

    /** The global epoch, unsigned. */
    public long globalEpoch() {
        return step(() -> deployment.broker().globalEpoch());
    }

    /** The names of the clusters, in the order in which the API lists them. */
    public List<String> clusterNames() {
        return step(() -> deployment.broker().clusterNames());
    }

    /** A cluster; empty if there is none of that name. */
    public Optional<ClusterStatus> cluster(String name) {
        return step(() -> {
            Broker broker = deployment.broker();
            Outcome<ClusterInfo> outcome = broker.clusterInfo(name);
            return outcome instanceof Outcome.Accepted<ClusterInfo> accepted
                    ? broker.cluster(name).map(view -> status(accepted.value(), view.epoch()))
                    : Optional.empty();
        });
    }

    private static ClusterStatus status(ClusterInfo info, long epoch) {
        return new ClusterStatus(info.name(), epoch, info.nodeNumber(), info.nodeNumberWithSlots(), info.isMigrating());
    }

    /** The addresses of the registered proxies, in the order in which the API lists them. */
    public List<String> proxyAddresses() {
        return step(() -> deployment.broker().proxyAddresses());
    }

    /** The addresses of the proxies that are marked failed. */
    public List<String> failedProxies() {
        return step(() -> deployment.broker().failedProxies());
    }

    /** The epoch that a server proxy has got to know, unsigned: what it would answer to {@code UMCTL GETEPOCH}. */
    public long knownEpoch(String address) {
        return step(() -> deployment.proxies().knownEpoch(address, deployment.broker(), deployment.now()));
    }

    // ---- domain controls ----

    /** Whether the stand-in coordinator works: commits migrations, reports dead proxies and fails them over. */
    public boolean isAutopilotOn() {
        return step(deployment::isAutopilotOn);
    }

    /** Switches the stand-in coordinator; the knob {@code coordinatorSim} says how a world begins. */
    public void switchAutopilot(boolean on) {
        kernel.step(() -> deployment.switchAutopilot(on));
    }

    /** Commits every migration that the cluster shows now, as a coordinator would, and says how many there were. */
    public int commitShownMigrations(String cluster) {
        return step(() -> deployment.commitShownMigrations(cluster));
    }

    /** Has a server proxy get to know changes so long after them, from now on; not negative, in virtual time. */
    public void setProxyLag(String address, Duration lag) {
        if (lag.isNegative()) {
            throw new IllegalArgumentException("the lag is " + lag + "; it must not be negative");
        }
        kernel.step(() -> deployment.changeProxies(proxies -> proxies.setLag(address, lag)));
    }

    /** Nails the epoch that a server proxy knows, be it behind or ahead of the broker's; unsigned. */
    public void freezeProxyEpoch(String address, long epoch) {
        kernel.step(() -> deployment.changeProxies(proxies -> proxies.freeze(address, epoch)));
    }

    /** Has a server proxy with a frozen epoch learn again. */
    public void thawProxyEpoch(String address) {
        kernel.step(() -> deployment.changeProxies(proxies -> proxies.thaw(address, deployment.now())));
    }

    // ---- domain faults ----

    /** The proxy does not answer: dead for the coordinator, unreachable for {@code UMCTL GETEPOCH}. */
    public FaultScope proxySilent(String address) {
        return begin(UndermoonFaults.PROXY_SILENT, Map.of("address", address));
    }

    /** All proxies of the host do not answer. */
    public FaultScope hostDown(String host) {
        return begin(UndermoonFaults.HOST_DOWN, Map.of("host", host));
    }

    /** The proxy answers, but its epoch stays where it is. */
    public FaultScope proxyNeverInSync(String address) {
        return begin(UndermoonFaults.PROXY_NEVER_IN_SYNC, Map.of("address", address));
    }

    /** The cluster's migrations do not progress. */
    public FaultScope migrationStuck(String cluster) {
        return begin(UndermoonFaults.MIGRATION_STUCK, Map.of("cluster", cluster));
    }

    /**
     * Migrations take longer.
     *
     * @param factor how many times longer, 1 to 1,000,000
     */
    public FaultScope slowCommit(double factor) {
        return begin(UndermoonFaults.SLOW_COMMIT, Map.of("factor", Double.toString(factor)));
    }

    /** A proxy that replaces a failed one keeps the epoch it had when it was free. */
    public FaultScope staleEpochAfterFailover() {
        return begin(UndermoonFaults.STALE_EPOCH_AFTER_FAILOVER, Map.of());
    }

    private FaultScope begin(String name, Map<String, String> arguments) {
        return faults.add(FaultRule.in(system(), new DomainFault(name, arguments)));
    }

    private <T> T step(Supplier<T> action) {
        return kernel.step(action);
    }
}
