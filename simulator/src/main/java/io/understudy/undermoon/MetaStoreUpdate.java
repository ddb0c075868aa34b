package io.understudy.undermoon;

import io.understudy.undermoon.Outcome.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What changes proxies and clusters without moving slots (spec undermoon 3.2 – 3.4, 3.6). */
final class MetaStoreUpdate {
    private final MetaStore store;
    private final BrokerConfig config;

    MetaStoreUpdate(MetaStore store, BrokerConfig config) {
        this.store = store;
        this.config = config;
    }

    Outcome<Done> registerProxy(ProxyRegistration given) {
        String address = given.proxyAddress();
        int colon = address.indexOf(':');
        if (colon < 0 || colon != address.lastIndexOf(':')) {
            return Outcome.refused(ErrorCode.INVALID_PROXY_ADDRESS);
        }
        if (store.enableOrderedProxy() && given.index().isEmpty()) {
            return Outcome.refused(ErrorCode.MISSING_SERVER_PROXY_INDEX);
        }
        boolean isNew = store.addProxy(new ProxyResource(
                address,
                given.nodes(),
                given.host().orElse(address.substring(0, colon)),
                store.enableOrderedProxy() ? given.index().getAsLong() : 0,
                Optional.empty()));
        boolean wasFailed = store.clearFailed(address);
        boolean wasReported = store.clearReports(address);
        if (isNew || wasFailed || wasReported) {
            store.bumpGlobalEpoch();
        }
        return isNew ? Outcome.done() : Outcome.refused(ErrorCode.ALREADY_EXISTED);
    }

    Outcome<Done> removeProxy(String address) {
        ProxyResource proxy = store.proxy(address).orElse(null);
        if (proxy == null) {
            return Outcome.refused(ErrorCode.PROXY_NOT_FOUND);
        }
        if (!proxy.free()) {
            return Outcome.refused(ErrorCode.IN_USE);
        }
        store.removeProxy(address);
        store.clearFailed(address);
        store.clearReports(address);
        store.bumpGlobalEpoch();
        return Outcome.done();
    }

    void reportFailure(String address, String reporterId, long nowUnixSeconds) {
        if (store.addReport(address, reporterId, nowUnixSeconds)) {
            store.bumpGlobalEpoch();
        }
    }

    List<String> failures(long nowUnixSeconds) {
        store.purgeReports(nowUnixSeconds, config.failureTtl().toSeconds());
        return config.tieOrder().arrange(store.failures().keySet()).stream()
                .filter(address -> store.proxy(address).isPresent())
                .filter(address -> Epoch.isAtLeast(reportersOf(address), config.failureQuorum()))
                .toList();
    }

    private int reportersOf(String address) {
        Map<String, Long> reports = store.failures().get(address);
        return reports == null ? 0 : reports.size();
    }

    Outcome<Done> createCluster(String name, long nodeNumber) {
        if (store.enableOrderedProxy() && !store.clusters().isEmpty()) {
            return Outcome.refused(ErrorCode.ONE_CLUSTER_ALREADY_EXISTED);
        }
        if (!ClusterName.isValid(name)) {
            return Outcome.refused(ErrorCode.INVALID_CLUSTER_NAME);
        }
        if (store.cluster(name).isPresent()) {
            return Outcome.refused(ErrorCode.ALREADY_EXISTED);
        }
        return allocate(nodeNumber, 0).map(chunks -> {
            List<Chunk> filled = SlotPlan.distribute(chunks);
            store.putWithNewEpoch(name, new Cluster(0, name, filled, config.defaultClusterConfig()));
            store.markUsed(filled, name);
            return Done.DONE;
        });
    }

    void deleteCluster(String name) {
        store.markFree(store.removeCluster(name).chunks());
        store.bumpGlobalEpoch();
    }

    /** From step 5 of endpoint 9 on; the added nodes. */
    Outcome<List<NodeView>> addNodes(String name, Cluster cluster, long nodeNumber) {
        if (cluster.migrates()) {
            return Outcome.refused(ErrorCode.MIGRATION_RUNNING);
        }
        return allocate(nodeNumber, cluster.chunks().size()).map(added -> {
            List<Chunk> chunks = new ArrayList<>(cluster.chunks());
            chunks.addAll(added);
            Cluster grown = cluster.withChunks(chunks);
            store.putWithNewEpoch(name, grown);
            store.markUsed(added, name);
            return MetaStoreQuery.nodes(grown, cluster.chunks().size());
        });
    }

    private Outcome<List<Chunk>> allocate(long nodeNumber, int existingChunks) {
        return new Allocation(store, config.tieOrder()).chunks(nodeNumber, existingChunks);
    }

    Outcome<Done> deleteFreeNodes(String name, Cluster cluster) {
        if (cluster.migrates()) {
            return Outcome.refused(ErrorCode.MIGRATION_RUNNING);
        }
        List<Chunk> free =
                cluster.chunks().stream().filter(Chunk::hasNoStableSlots).toList();
        if (free.isEmpty()) {
            return Outcome.refused(ErrorCode.FREE_NODE_NOT_FOUND);
        }
        List<Chunk> kept = cluster.chunks().stream()
                .filter(chunk -> !chunk.hasNoStableSlots())
                .toList();
        store.putWithNewEpoch(name, cluster.withChunks(kept));
        store.markFree(free);
        return Outcome.done();
    }

    Outcome<Done> changeConfig(String name, Cluster cluster, Map<String, String> changes) {
        if (cluster.migrates()) {
            return Outcome.refused(ErrorCode.MIGRATION_RUNNING);
        }
        Outcome<ClusterConfig> changed = Outcome.accepted(cluster.config());
        for (Map.Entry<String, String> change : changes.entrySet()) {
            changed = changed.flatMap(current -> current.with(change.getKey(), change.getValue()));
        }
        return changed.map(newConfig -> {
            store.putWithNewEpoch(name, cluster.withConfig(newConfig));
            return Done.DONE;
        });
    }

    /** Chunks with a failed or merely reported proxy are passed over, yet the epochs go up in any case (P38). */
    void balanceMasters(String name, Cluster cluster) {
        List<Chunk> chunks = cluster.chunks().stream()
                .map(chunk -> chunk.proxyAddresses().stream().allMatch(store::isClean)
                        ? chunk.withRolePosition(RolePosition.NORMAL)
                        : chunk)
                .toList();
        store.putWithNewEpoch(name, cluster.withChunks(chunks));
    }
}
