package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the masters off a failed proxy and puts another one in its place (spec undermoon 5.8).
 *
 * <pre>
 *   before                  take over                     replace
 *   sp1 [M0 R ]             sp1 [R  R ]  failed           sp3 [R  R ]      sp1 is free and failed
 *   sp2 [M1 R ]   ge +1     sp2 [M1 M0]          ge +1    sp2 [M1 M0]
 * </pre>
 */
final class Failover {
    private final MetaStore store;
    private final TieOrder ties;

    Failover(MetaStore store, TieOrder ties) {
        this.store = store;
        this.ties = ties;
    }

    /** The replacement's address; empty for a free proxy and in ordered mode. */
    Outcome<Optional<String>> of(String address) {
        ProxyResource failed = store.proxy(address).orElse(null);
        if (failed == null) {
            return Outcome.refused(ErrorCode.PROXY_NOT_FOUND);
        }
        if (failed.free()) {
            store.clearReports(address);
            store.markFailed(address);
            return Outcome.accepted(Optional.empty());
        }
        String name = failed.cluster().orElseThrow();
        int index = store.cluster(name).map(cluster -> cluster.chunkOf(address)).orElse(-1);
        if (index < 0) {
            return Outcome.refused(ErrorCode.CLUSTER_NOT_FOUND);
        }
        takeOver(name, index, address);
        if (store.enableOrderedProxy()) {
            store.bumpGlobalEpoch();
            return Outcome.accepted(Optional.empty());
        }
        store.markFailed(address);
        return replacement(failed.host()).map(next -> replace(name, index, address, next));
    }

    /** Step 2. Nothing happens to a chunk whose masters are on the other half already, but the global epoch goes up. */
    private void takeOver(String name, int index, String address) {
        long epoch = store.bumpGlobalEpoch();
        Cluster cluster = store.cluster(name).orElseThrow();
        Chunk chunk = cluster.chunks().get(index);
        int half = chunk.halfOf(address);
        RolePosition position = RolePosition.without(half);
        if (chunk.rolePosition() != position) {
            Cluster switched = cluster.withChunk(index, chunk.withRolePosition(position));
            store.put(name, resetTasks(switched, chunk.tasks(half), epoch).withEpoch(epoch));
        }
    }

    /**
     * The tasks of the lost part get the new epoch, and with them every task that shares an end with one of them: the
     * proxies at those ends must start anew together.
     */
    private static Cluster resetTasks(Cluster cluster, List<StoredTask> tasks, long epoch) {
        if (tasks.isEmpty()) {
            return cluster;
        }
        Set<ChunkPart> ends = new HashSet<>();
        for (StoredTask task : tasks) {
            ends.add(task.meta().src());
            ends.add(task.meta().dst());
        }
        List<Chunk> chunks = new ArrayList<>();
        for (Chunk chunk : cluster.chunks()) {
            for (int part = 0; part < Chunk.PARTS; part++) {
                chunk = chunk.withTasks(
                        part,
                        chunk.tasks(part).stream()
                                .map(task -> touches(task, ends) ? task.withEpoch(epoch) : task)
                                .toList());
            }
            chunks.add(chunk);
        }
        return cluster.withChunks(chunks);
    }

    private static boolean touches(StoredTask task, Set<ChunkPart> ends) {
        return ends.contains(task.meta().src()) || ends.contains(task.meta().dst());
    }

    /** Step 4: the host least linked with the failed one's, then with most usable proxies, then the first. */
    private Outcome<ProxyResource> replacement(String failedHost) {
        FreeHostProxies free = new FreeHostProxies(store, ties);
        LinkTable links = new LinkTable(store);
        return free.leastLinked(failedHost, links, links.isLinkedToItself(failedHost))
                .map(host -> Outcome.accepted(free.takeFirst(host)))
                .orElseGet(() -> Outcome.refused(ErrorCode.NO_AVAILABLE_RESOURCE));
    }

    /** Step 5. The failed proxy's reports stay (P32). */
    private Optional<String> replace(String name, int index, String address, ProxyResource next) {
        Cluster cluster = store.cluster(name).orElseThrow();
        Chunk chunk = cluster.chunks().get(index);
        Chunk repaired = chunk.withProxy(chunk.halfOf(address), next);
        store.putWithNewEpoch(name, cluster.withChunk(index, repaired));
        store.changeProxy(address, ProxyResource::freed);
        store.changeProxy(next.proxyAddress(), proxy -> proxy.usedBy(name));
        return Optional.of(next.proxyAddress());
    }
}
