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

    /** The whole store as JSON, as {@code GET /metadata} shows it. */
    public String metadata() {
        return step(() -> MetaStoreJson.write(deployment.broker().metadata()));
    }

    /** What the broker last saved to its metadata file, as JSON; empty if nothing yet. */
    public Optional<String> metaFile() {
        return step(() -> deployment.process().metaFile().content().map(MetaStoreJson::write));
    }

    /** What the external storage keeps, as JSON: {@link #metadata} as soon as the broker refreshes its cache; empty without one. */
    public Optional<String> externalMetadata() {
        return step(() -> deployment.process().external().map(external -> MetaStoreJson.write(external.store())));
    }

    /** The replicas that the broker pushes its store to. */
    public List<String> replicaAddresses() {
        return step(() -> deployment.broker().replicaAddresses());
    }

    // ---- domain controls ----

    /**
     * Gives the broker (and its external storage) another store, whatever its epoch: where {@code PUT /metadata} refuses to go
     * back, this does, as a failback to a lagging replica would.
     *
     * @param json a whole store, as {@link #metadata} gives it
     * @throws IllegalArgumentException saying what is wrong with the JSON
     */
    public void restoreMetadata(String json) {
        MetaStoreData store = MetaStoreJson.read(json);
        kernel.step(() -> deployment.replaceStore(store));
    }

    /**
     * Restarts the broker's process. Its memory is lost: the store is empty and the epoch 0, or what was last saved if the knob
     * {@code recoverFromMetaFile} is on; server proxies keep the epochs they know. A client that waits for a scale-out loses its
     * connection. With external storage the cache is empty until it is refreshed or the broker writes.
     */
    public void restart() {
        kernel.step(deployment::restart);
    }

    /**
     * Has another broker write a store to the external storage. This one shows it when it has refreshed its cache or written
     * something itself.
     *
     * @param json a whole store, as {@link #metadata} gives it
     * @throws IllegalArgumentException saying what is wrong with the JSON
     * @throws IllegalStateException if the knob {@code storage} is not {@code external}
     */
    public void writeExternal(String json) {
        MetaStoreData store = MetaStoreJson.read(json);
        kernel.step(() -> deployment.writeExternal(store));
    }

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

    /** The metadata file cannot be written: with {@code autoUpdateMetaFile} changes are answered 500, although they are made. */
    public FaultScope metaFileUnwritable() {
        return begin(UndermoonFaults.META_FILE_UNWRITABLE, Map.of());
    }

    /**
     * The external storage cannot be reached: mutations are answered 500 {@code EXTERNAL}, and what is shown becomes stale.
     *
     * @param probability how likely that is for each exchange with the storage, 0 to 1
     */
    public FaultScope externalUnavailable(double probability) {
        return begin(UndermoonFaults.EXTERNAL_UNAVAILABLE, Map.of("probability", Double.toString(probability)));
    }

    /**
     * The external storage does not answer in time: mutations are answered 504 {@code EXTERNAL_TIMEOUT}, at once.
     *
     * @param written whether it does what it is asked all the same
     */
    public FaultScope externalTimeout(boolean written) {
        return begin(UndermoonFaults.EXTERNAL_TIMEOUT, Map.of("written", Boolean.toString(written)));
    }

    /**
     * Another broker always writes to the external storage first: mutations are answered 409 {@code RETRY}.
     *
     * @param probability how likely that is for each of them, 0 to 1
     */
    public FaultScope externalConflict(double probability) {
        return begin(UndermoonFaults.EXTERNAL_CONFLICT, Map.of("probability", Double.toString(probability)));
    }

    /** The external storage leaves out the version: mutations are answered 500 {@code EMPTY_EXTERNAL_VERSION}. */
    public FaultScope externalVersionMissing() {
        return begin(UndermoonFaults.EXTERNAL_VERSION_MISSING, Map.of());
    }

    private FaultScope begin(String name, Map<String, String> arguments) {
        return faults.add(FaultRule.in(system(), new DomainFault(name, arguments)));
    }

    private <T> T step(Supplier<T> action) {
        return kernel.step(action);
    }
}
