package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what is stored into what is shown (spec undermoon 4.1, 4.2, 4.5). */
final class MetaStoreQuery {
    private MetaStoreQuery() {}

    static ClusterView cluster(Cluster cluster) {
        return new ClusterView(cluster.name(), cluster.epoch(), nodes(cluster, 0), cluster.config());
    }

    static ClusterInfo info(Cluster cluster) {
        return new ClusterInfo(cluster.name(), cluster.nodeNumber(), cluster.nodeNumberWithSlots(), cluster.migrates());
    }

    /** The nodes of the chunks from {@code firstChunk} on. */
    static List<NodeView> nodes(Cluster cluster, int firstChunk) {
        List<NodeView> nodes = new ArrayList<>();
        for (Chunk chunk : cluster.chunks().subList(firstChunk, cluster.chunks().size())) {
            for (int i = 0; i < Chunk.NODES; i++) {
                nodes.add(node(cluster, chunk, i));
            }
        }
        return nodes;
    }

    static ProxyView free(ProxyResource proxy, long globalEpoch) {
        List<NodeView> nodes = proxy.nodeAddresses().stream()
                .map(node -> new NodeView(node, proxy.proxyAddress(), List.of(), Role.MASTER, List.of()))
                .toList();
        return new ProxyView(Optional.empty(), proxy.proxyAddress(), globalEpoch, nodes, List.of(), Optional.empty());
    }

    static ProxyView used(String address, Cluster cluster) {
        List<NodeView> own = new ArrayList<>();
        // Peers stand in the order of their first master; those with replicas only do not occur (P26).
        Map<String, List<SlotRange>> peers = new LinkedHashMap<>();
        for (NodeView node : nodes(cluster, 0)) {
            if (node.proxyAddress().equals(address)) {
                own.add(node);
            } else if (node.role() == Role.MASTER) {
                peers.computeIfAbsent(node.proxyAddress(), proxy -> new ArrayList<>())
                        .addAll(node.slots());
            }
        }
        return new ProxyView(
                Optional.of(cluster.name()),
                address,
                cluster.epoch(),
                own,
                peers.entrySet().stream()
                        .map(peer -> new PeerProxy(peer.getKey(), peer.getValue()))
                        .toList(),
                Optional.of(cluster.config()));
    }

    /** A stored half of a migration as its node shows it. */
    static SlotRange slotRange(Cluster cluster, StoredTask task) {
        StoredTask.Meta stored = task.meta();
        MigrationMeta meta = new MigrationMeta(
                stored.epoch(),
                proxyAt(cluster, stored.src()),
                nodeAt(cluster, stored.src()),
                proxyAt(cluster, stored.dst()),
                nodeAt(cluster, stored.dst()));
        return new SlotRange(
                task.rangeList(),
                task.isMigrating() ? new SlotRangeTag.Migrating(meta) : new SlotRangeTag.Importing(meta));
    }

    private static NodeView node(Cluster cluster, Chunk chunk, int i) {
        List<SlotRange> slots = new ArrayList<>();
        Role role = Role.REPLICA;
        for (int part = 0; part < Chunk.PARTS; part++) {
            if (chunk.rolePosition().nodeOfPart(part) == i) {
                role = Role.MASTER;
                chunk.stable(part).map(SlotRange::stable).ifPresent(slots::add);
                chunk.tasks(part).forEach(task -> slots.add(slotRange(cluster, task)));
            }
        }
        int peer = Chunk.NODES - 1 - i;
        return new NodeView(
                chunk.nodeAddresses().get(i),
                chunk.proxyAddresses().get(i / 2),
                slots,
                role,
                List.of(new ReplPeer(
                        chunk.nodeAddresses().get(peer), chunk.proxyAddresses().get(peer / 2))));
    }

    private static String proxyAt(Cluster cluster, ChunkPart place) {
        return cluster.chunkAt(place)
                .map(chunk -> chunk.proxyOfPart(place.part()))
                .orElse("");
    }

    private static String nodeAt(Cluster cluster, ChunkPart place) {
        return cluster.chunkAt(place)
                .map(chunk -> chunk.nodeOfPart(place.part()))
                .orElse("");
    }
}
