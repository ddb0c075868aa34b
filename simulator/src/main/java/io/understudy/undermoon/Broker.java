package io.understudy.undermoon;

import io.understudy.undermoon.Outcome.Done;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The broker's commands and questions, one method per endpoint (spec undermoon 3; the number stands before each).
 *
 * <p>Checks run in the order of the spec, body checks excepted: those are the API's. A refused command leaves the store
 * as it was, except where spec undermoon 5.11 says otherwise. Node numbers, epochs and limits are unsigned 64-bit
 * ({@link Epoch}); time is unix seconds of the virtual clock. Not thread-safe.
 */
final class Broker {
    private final BrokerConfig config;
    private MetaStore store;
    private List<String> replicaAddresses;
    private Optional<AutoScale> autoScale;

    /** An empty broker. */
    Broker(BrokerConfig config) {
        this(config, new BrokerState(MetaStoreData.empty(config.enableOrderedProxy()), List.of(), null));
    }

    /** A broker that goes on where {@code state} was taken. */
    Broker(BrokerConfig config, BrokerState state) {
        this.config = config;
        this.store = new MetaStore(state.metadata());
        this.replicaAddresses = state.replicaAddresses();
        this.autoScale = Optional.ofNullable(state.waiting());
    }

    BrokerConfig config() {
        return config;
    }

    /** Everything remembered, for snapshots and forks. */
    BrokerState state() {
        return new BrokerState(store.data(), replicaAddresses, autoScale.orElse(null));
    }

    /** What the model's other parts read; only commands change it. */
    MetaStore store() {
        return store;
    }

    // Metadata and epochs

    /** 2: the unlimited store. */
    MetaStoreData metadata() {
        return store.data();
    }

    /** 3: version and epoch checked, nothing else. */
    Outcome<Done> restore(MetaStoreData data) {
        if (!data.version().equals(MetaStoreData.VERSION)) {
            return Outcome.refused(ErrorCode.INVALID_META_VERSION);
        }
        if (Epoch.isLess(data.globalEpoch(), store.globalEpoch())) {
            return Outcome.refused(ErrorCode.EPOCH_SMALLER_THAN_CURRENT);
        }
        replaceStore(data);
        return Outcome.done();
    }

    /** Not an endpoint: a restarted or rolled-back broker has this store, whatever its epoch. */
    void replaceStore(MetaStoreData data) {
        store = new MetaStore(data);
    }

    /** Not an endpoint: the process has been started anew, with this store; nobody waits any more. */
    void restart(MetaStoreData data, List<String> newReplicaAddresses) {
        store = new MetaStore(data);
        replicaAddresses = List.copyOf(newReplicaAddresses);
        autoScale = Optional.empty();
    }

    /** 29. */
    long globalEpoch() {
        return store.globalEpoch();
    }

    /** 30. */
    Outcome<Done> forceEpoch(long newEpoch) {
        if (Epoch.isAtLeast(store.globalEpoch(), newEpoch)) {
            return Outcome.refused(ErrorCode.EPOCH_SMALLER_THAN_CURRENT);
        }
        store.forceEpoch(newEpoch);
        return Outcome.done();
    }

    /** 31: given what all proxies of {@link #proxyAddresses} answered; gives back the unreachable ones. */
    List<String> recoverEpoch(EpochAnswers answers) {
        store.forceEpoch(Epoch.max(answers.highest() + 2, store.globalEpoch() + 1));
        return answers.unreachable();
    }

    /** 27. */
    List<String> replicaAddresses() {
        return replicaAddresses;
    }

    /** 28. */
    void setReplicaAddresses(List<String> addresses) {
        replicaAddresses = List.copyOf(addresses);
    }

    // Clusters

    /** 4: all names; paging is the caller's. */
    List<String> clusterNames() {
        return config.tieOrder().arrange(store.clusters().keySet());
    }

    /** 5: empty for unknown and invalid names. */
    Optional<ClusterView> cluster(String name) {
        return limited(name).map(MetaStoreQuery::cluster);
    }

    /** 6. */
    Outcome<ClusterInfo> clusterInfo(String name) {
        return limited(name)
                .map(cluster -> Outcome.accepted(MetaStoreQuery.info(cluster)))
                .orElseGet(() -> Outcome.refused(ErrorCode.CLUSTER_NOT_FOUND));
    }

    /** A cluster as endpoints 5, 6, 19 and 23 show it. */
    Optional<Cluster> limited(String name) {
        return store.cluster(name).map(cluster -> LimitedView.of(cluster, config.migrationLimit()));
    }

    /** 7. */
    Outcome<Done> createCluster(String name, long nodeNumber) {
        return update().createCluster(name, nodeNumber);
    }

    /** 8. */
    Outcome<Done> deleteCluster(String name) {
        return onCluster(name, cluster -> {
            update().deleteCluster(name);
            return Outcome.done();
        });
    }

    /** 9: the added nodes, slot-less. */
    Outcome<List<NodeView>> addNodes(String name, long nodeNumber) {
        return autoScale.isPresent()
                ? scaling()
                : onCluster(name, cluster -> update().addNodes(name, cluster, nodeNumber));
    }

    /** 10: as 9, to a desired total. */
    Outcome<List<NodeView>> scaleUpNodes(String name, long clusterNodeNumber) {
        return autoScale.isPresent()
                ? scaling()
                : onCluster(name, cluster -> {
                    long existing = cluster.nodeNumber();
                    return Epoch.isAtLeast(existing, clusterNodeNumber)
                            ? Outcome.refused(ErrorCode.NODE_NUM_ALREADY_ENOUGH)
                            : update().addNodes(name, cluster, clusterNodeNumber - existing);
                });
    }

    /** 11. */
    Outcome<Done> deleteFreeNodes(String name) {
        return autoScale.isPresent() ? scaling() : onCluster(name, cluster -> update().deleteFreeNodes(name, cluster));
    }

    /** 16: the pairs are tried in the map's order. */
    Outcome<Done> changeConfig(String name, Map<String, String> changes) {
        return onCluster(name, cluster -> update().changeConfig(name, cluster, changes));
    }

    /** 17. */
    Outcome<Done> balanceMasters(String name) {
        return onCluster(name, cluster -> {
            update().balanceMasters(name, cluster);
            return Outcome.done();
        });
    }

    // Migrations

    /** 12. */
    Outcome<Done> expand(String name) {
        if (autoScale.isPresent()) {
            return scaling();
        }
        return ClusterName.isValid(name) ? migrate().expand(name) : Outcome.refused(ErrorCode.INVALID_CLUSTER_NAME);
    }

    /** 13: to a new total. */
    Outcome<Done> shrink(String name, long newNodeNumber) {
        if (autoScale.isPresent()) {
            return scaling();
        }
        return ClusterName.isValid(name)
                ? migrate().shrink(name, newNodeNumber)
                : Outcome.refused(ErrorCode.INVALID_CLUSTER_NAME);
    }

    /** 14, up to the wait; {@code ticket} names the waiting request. May finish at once. */
    AutoScale.Step beginAutoScale(String name, long nodeNumber, String ticket) {
        if (autoScale.isPresent()) {
            return new AutoScale.Step.Finished(scaling());
        }
        Outcome<Done> outcome = onCluster(name, cluster -> {
            if (cluster.migrates()) {
                return Outcome.refused(ErrorCode.MIGRATION_RUNNING);
            }
            // Dropped whatever comes next, so that a repeated call starts afresh (P15).
            update().deleteFreeNodes(name, cluster);
            return changeNodeNumber(name, nodeNumber, ticket);
        });
        return autoScale
                .<AutoScale.Step>map(AutoScale.Step.Waiting::new)
                .orElseGet(() -> new AutoScale.Step.Finished(outcome));
    }

    private Outcome<Done> changeNodeNumber(String name, long nodeNumber, String ticket) {
        Cluster cluster = store.cluster(name).orElseThrow();
        long existing = cluster.nodeNumber();
        if (existing == nodeNumber) {
            return Outcome.done();
        }
        if (Epoch.isLess(nodeNumber, existing)) {
            return migrate().shrink(name, nodeNumber);
        }
        return update().addNodes(name, cluster, nodeNumber - existing).map(added -> {
            Cluster grown = store.cluster(name).orElseThrow();
            autoScale = Optional.of(new AutoScale(ticket, name, nodeNumber, grown.epoch(), grown.proxyAddresses(), 0));
            return Done.DONE;
        });
    }

    /** 14: one round of the wait, {@value AutoScale#ROUND_SECONDS} s after the last step. Only while one waits. */
    AutoScale.Step autoScaleRound(EpochAnswers answers) {
        AutoScale waiting = autoScale.orElseThrow(() -> new IllegalStateException("nobody waits"));
        if (!answers.unreachable().isEmpty()) {
            AutoScale failed = waiting.afterFailingRound();
            return failed.failingRounds() >= AutoScale.GIVE_UP_AT
                    ? finish(Outcome.refused(ErrorCode.PROXY_NOT_SYNC))
                    : keepWaiting(failed);
        }
        if (!waiting.isSatisfiedBy(answers)) {
            return keepWaiting(waiting);
        }
        Cluster cluster = store.cluster(waiting.cluster()).orElse(null);
        if (cluster == null) {
            return finish(Outcome.refused(ErrorCode.CLUSTER_NOT_FOUND));
        }
        return finish(
                Epoch.isAtLeast(cluster.nodeNumberWithSlots(), waiting.nodeNumber())
                        ? Outcome.done()
                        : migrate().expand(waiting.cluster()));
    }

    private AutoScale.Step keepWaiting(AutoScale waiting) {
        autoScale = Optional.of(waiting);
        return new AutoScale.Step.Waiting(waiting);
    }

    private AutoScale.Step finish(Outcome<Done> outcome) {
        autoScale = Optional.empty();
        return new AutoScale.Step.Finished(outcome);
    }

    /** 14: the client has gone; the lock is free, the added nodes stay. Does nothing when none waits. */
    void abortAutoScale() {
        autoScale = Optional.empty();
    }

    /** 14: who waits, if anybody. */
    Optional<AutoScale> autoScale() {
        return autoScale;
    }

    /** 15. */
    Outcome<Done> commitMigration(MigrationTask task) {
        return migrate().commit(task);
    }

    // Proxies

    /** 18: all registered proxies; paging is the caller's. */
    List<String> proxyAddresses() {
        return config.tieOrder().arrange(store.allProxies().keySet());
    }

    /** 19. */
    Optional<ProxyView> proxy(String address) {
        return store.proxy(address)
                .map(proxy -> proxy.cluster()
                        .flatMap(this::limited)
                        .map(cluster -> MetaStoreQuery.used(address, cluster))
                        .orElseGet(() -> MetaStoreQuery.free(proxy, store.globalEpoch())));
    }

    /** 20: a refusal with {@code ALREADY_EXISTED} may still have changed the store. */
    Outcome<Done> registerProxy(ProxyRegistration registration) {
        return update().registerProxy(registration);
    }

    /** 21. */
    Outcome<Done> removeProxy(String address) {
        return update().removeProxy(address);
    }

    /** 22. */
    List<String> failedProxies() {
        return config.tieOrder().arrange(store.failedProxies());
    }

    /** 23: the replacement's view, or empty for a free proxy and in ordered mode. A refusal may still change the store. */
    Outcome<Optional<ProxyView>> failover(String address) {
        return new Failover(store, config.tieOrder()).of(address).map(replacement -> replacement.flatMap(this::proxy));
    }

    /** 24: never refused. */
    void reportFailure(String address, String reporterId, long nowUnixSeconds) {
        update().reportFailure(address, reporterId, nowUnixSeconds);
    }

    /** 25: purges expired reports, then lists the suspected proxies. */
    List<String> failures(long nowUnixSeconds) {
        return update().failures(nowUnixSeconds);
    }

    /** 26: the hosts that cannot fail. */
    Outcome<List<String>> checkResource() {
        return new ResourceCheck(store, config.tieOrder()).hostsThatCannotFail();
    }

    // Shared

    private MetaStoreUpdate update() {
        return new MetaStoreUpdate(store, config);
    }

    private MetaStoreMigrate migrate() {
        return new MetaStoreMigrate(store);
    }

    /** One lock for all clusters, held from the beginning of endpoint 14 to its end (spec undermoon 3.0, P42). */
    private static <T> Outcome<T> scaling() {
        return Outcome.refused(ErrorCode.NODE_NUMBER_CHANGING);
    }

    /** The checks most commands begin with. */
    private <T> Outcome<T> onCluster(String name, Function<Cluster, Outcome<T>> command) {
        if (!ClusterName.isValid(name)) {
            return Outcome.refused(ErrorCode.INVALID_CLUSTER_NAME);
        }
        return store.cluster(name).map(command).orElseGet(() -> Outcome.refused(ErrorCode.CLUSTER_NOT_FOUND));
    }
}
