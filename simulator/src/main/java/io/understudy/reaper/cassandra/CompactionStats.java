package io.understudy.reaper.cassandra;

import java.util.List;

/** What a node has to compact and is compacting (spec reaper 2.8). */
public record CompactionStats(int pendingCompactions, List<Compaction> activeCompactions) {
    public CompactionStats {
        activeCompactions = List.copyOf(activeCompactions);
    }
}
