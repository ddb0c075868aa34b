package io.understudy.undermoon;

import io.understudy.undermoon.Outcome.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What moves slots: expand, shrink, commit (spec undermoon 3.5, 5.3 – 5.5). */
final class MetaStoreMigrate {
    private final MetaStore store;

    MetaStoreMigrate(MetaStore store) {
        this.store = store;
    }

    /** From "ge +1" of endpoint 12 on: the epoch goes up whatever comes of it (P13). */
    Outcome<Done> expand(String name) {
        long epoch = store.bumpGlobalEpoch();
        Cluster cluster = store.cluster(name).orElse(null);
        if (cluster == null) {
            return Outcome.refused(ErrorCode.CLUSTER_NOT_FOUND);
        }
        if (!cluster.hasEmptyPart()) {
            return Outcome.refused(ErrorCode.SLOTS_ALREADY_EVEN);
        }
        if (cluster.migrates()) {
            return Outcome.refused(ErrorCode.MIGRATION_RUNNING);
        }
        store.put(
                name,
                cluster.withChunks(ExpandPlan.plan(cluster.chunks(), epoch)).withEpoch(epoch));
        return Outcome.done();
    }

    /** From "ge +1" of endpoint 13 on. */
    Outcome<Done> shrink(String name, long newNodeNumber) {
        long epoch = store.bumpGlobalEpoch();
        Cluster cluster = store.cluster(name).orElse(null);
        if (cluster == null) {
            return Outcome.refused(ErrorCode.CLUSTER_NOT_FOUND);
        }
        if (cluster.hasEmptyPart()) {
            return Outcome.refused(ErrorCode.FREE_NODE_FOUND);
        }
        if (cluster.migrates()) {
            return Outcome.refused(ErrorCode.MIGRATION_RUNNING);
        }
        if (newNodeNumber == 0
                || Long.remainderUnsigned(newNodeNumber, Chunk.NODES) != 0
                || Epoch.isAtLeast(newNodeNumber, cluster.nodeNumber())) {
            return Outcome.refused(ErrorCode.INVALID_NODE_NUMBER);
        }
        int keptChunks = (int) (newNodeNumber / Chunk.NODES);
        store.put(
                name,
                cluster.withChunks(ShrinkPlan.plan(cluster.chunks(), keptChunks, epoch))
                        .withEpoch(epoch));
        return Outcome.done();
    }

    Outcome<Done> commit(MigrationTask task) {
        Cluster cluster = store.cluster(task.clusterName()).orElse(null);
        if (cluster == null) {
            return Outcome.refused(ErrorCode.CLUSTER_NOT_FOUND);
        }
        Optional<Long> epoch = epochOf(task.slotRange().tag());
        if (epoch.isEmpty()) {
            return Outcome.refused(ErrorCode.INVALID_MIGRATION_TASK);
        }
        RangeList slots = task.slotRange().rangeList();
        Optional<ChunkPart> src = find(cluster, slots, epoch.get(), true);
        Optional<ChunkPart> dst = find(cluster, slots, epoch.get(), false);
        if (src.isEmpty() || dst.isEmpty()) {
            return Outcome.refused(ErrorCode.MIGRATION_TASK_NOT_FOUND);
        }
        Cluster committed = without(cluster, src.get(), slots, epoch.get(), true);
        committed = without(committed, dst.get(), slots, epoch.get(), false);
        store.putWithNewEpoch(task.clusterName(), arrived(committed, dst.get(), slots));
        return Outcome.done();
    }

    private static Optional<Long> epochOf(SlotRangeTag tag) {
        if (tag instanceof SlotRangeTag.Migrating migrating) {
            return Optional.of(migrating.meta().epoch());
        }
        return tag instanceof SlotRangeTag.Importing importing
                ? Optional.of(importing.meta().epoch())
                : Optional.empty();
    }

    /** Ranges literally, and the epoch; nothing else counts (P17). */
    private static boolean matches(StoredTask task, RangeList slots, long epoch, boolean outgoing) {
        return task.isMigrating() == outgoing
                && task.meta().epoch() == epoch
                && task.rangeList().equals(slots);
    }

    private static Optional<ChunkPart> find(Cluster cluster, RangeList slots, long epoch, boolean outgoing) {
        for (int index = 0; index < cluster.chunks().size(); index++) {
            for (int part = 0; part < Chunk.PARTS; part++) {
                for (StoredTask task : cluster.chunks().get(index).tasks(part)) {
                    if (matches(task, slots, epoch, outgoing)) {
                        return Optional.of(new ChunkPart(index, part));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Cluster without(Cluster cluster, ChunkPart place, RangeList slots, long epoch, boolean outgoing) {
        Chunk chunk = cluster.chunks().get(place.chunkIndex());
        List<StoredTask> left = new ArrayList<>(chunk.tasks(place.part()));
        left.removeIf(task -> matches(task, slots, epoch, outgoing));
        return cluster.withChunk(place.chunkIndex(), chunk.withTasks(place.part(), left));
    }

    private static Cluster arrived(Cluster cluster, ChunkPart dst, RangeList slots) {
        Chunk chunk = cluster.chunks().get(dst.chunkIndex());
        RangeList stable = chunk.stable(dst.part()).orElse(RangeList.EMPTY).merge(slots);
        return cluster.withChunk(dst.chunkIndex(), chunk.withStable(dst.part(), Optional.of(stable)));
    }
}
