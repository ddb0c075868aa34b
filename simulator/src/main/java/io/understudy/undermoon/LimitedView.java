package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster as it is shown under a migration limit (spec undermoon 5.6): of every source part at most one migration, of
 * the cluster at most {@code limit}. A hidden one looks as if it had not been planned: its slots rest at the source, and
 * the destination knows nothing.
 */
final class LimitedView {
    private LimitedView() {}

    /** @param limit unsigned; 0 = everything is shown */
    static Cluster of(Cluster cluster, long limit) {
        if (limit == 0 || !cluster.migrates()) {
            return cluster;
        }
        Set<StoredTask> shown = migrations(cluster, limit);
        List<Chunk> chunks = new ArrayList<>();
        for (Chunk chunk : cluster.chunks()) {
            chunks.add(chunk.migrates() ? limited(chunk, shown) : chunk);
        }
        return cluster.withChunks(chunks);
    }

    /**
     * The migrations that are shown, in the order of their sources. Whoever looks at nothing else is spared the whole view.
     *
     * @param limit unsigned; 0 = all
     */
    static Set<StoredTask> migrations(Cluster cluster, long limit) {
        Set<StoredTask> shown = new LinkedHashSet<>();
        for (Chunk chunk : cluster.chunks()) {
            for (List<StoredTask> tasks : chunk.migratingSlots()) {
                if (limit != 0 && Epoch.isAtLeast(shown.size(), limit)) {
                    return shown;
                }
                addOutgoing(tasks, limit != 0, shown);
            }
        }
        return shown;
    }

    private static void addOutgoing(List<StoredTask> tasks, boolean firstOnly, Set<StoredTask> shown) {
        for (StoredTask task : tasks) {
            if (task.isMigrating()) {
                shown.add(task);
                if (firstOnly) {
                    return;
                }
            }
        }
    }

    private static Chunk limited(Chunk chunk, Set<StoredTask> shown) {
        Chunk limited = chunk;
        for (int part = 0; part < Chunk.PARTS; part++) {
            List<StoredTask> visible = new ArrayList<>();
            Optional<RangeList> stable = chunk.stable(part);
            for (StoredTask task : chunk.tasks(part)) {
                if (shown.contains(task.isMigrating() ? task : task.counterpart())) {
                    visible.add(task);
                } else if (task.isMigrating()) {
                    stable = Optional.of(stable.orElse(RangeList.EMPTY).merge(task.rangeList()));
                }
            }
            limited = limited.withStable(part, stable).withTasks(part, visible);
        }
        return limited;
    }
}
