package io.understudy.reaper;

import io.understudy.reaper.cassandra.Replicas;
import io.understudy.reaper.cassandra.TokenRange;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A segment of a ring, before it belongs to a run (spec reaper 3.5).
 *
 * @param tokenRanges its ranges, at least one
 * @param replicas who holds them
 * @param coordinatorHost of non-subrange incremental segments: the node that it is for
 * @param hostId of non-subrange incremental segments: that node's host id
 */
record GeneratedSegment(
        List<TokenRange> tokenRanges,
        Replicas replicas,
        @Nullable String coordinatorHost,
        @Nullable UUID hostId) {}
