package io.understudy.reaper;

import io.understudy.reaper.cassandra.Replicas;
import io.understudy.reaper.cassandra.TokenRange;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A segment of a run to come (spec reaper 2.6).
 *
 * @param tokenRanges at least one; the first is the base range
 * @param replicas those in the run's datacenters; none for an incremental repair by node
 * @param coordinatorHost and {@code hostId}: preset for an incremental repair by node only
 */
record GeneratedSegment(
        List<TokenRange> tokenRanges,
        Replicas replicas,
        @Nullable String coordinatorHost,
        @Nullable UUID hostId) {
    static GeneratedSegment of(List<TokenRange> tokenRanges, Replicas replicas) {
        return new GeneratedSegment(tokenRanges, replicas, null, null);
    }
}
