package io.understudy.reaper;

import io.understudy.reaper.cassandra.Replicas;
import io.understudy.reaper.cassandra.TokenRange;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a run's ring, repaired in one go by one coordinator (spec reaper 3.2). There may be a million of them, so it is small:
 * what it shares with its run it does not repeat, and it knows what is where by reference.
 */
final class RepairSegment {
    private final UUID id;
    private final List<TokenRange> tokenRanges;
    private final Replicas replicas;
    private final @Nullable UUID hostId;
    private SegmentState state;
    private int failCount;
    private @Nullable String coordinatorHost;
    private @Nullable Instant startTime;
    private @Nullable Instant endTime;

    RepairSegment(UUID id, GeneratedSegment generated) {
        this.id = id;
        this.tokenRanges = generated.tokenRanges();
        this.replicas = generated.replicas();
        this.hostId = generated.hostId();
        this.coordinatorHost = generated.coordinatorHost();
        this.state = SegmentState.NOT_STARTED;
    }

    UUID id() {
        return id;
    }

    List<TokenRange> tokenRanges() {
        return tokenRanges;
    }

    TokenRange baseRange() {
        return tokenRanges.get(0);
    }

    Replicas replicas() {
        return replicas;
    }

    /** Of non-subrange incremental segments only: the node that it is for. */
    @Nullable
    UUID hostId() {
        return hostId;
    }

    SegmentState state() {
        return state;
    }

    int failCount() {
        return failCount;
    }

    @Nullable
    String coordinatorHost() {
        return coordinatorHost;
    }

    @Nullable
    Instant startTime() {
        return startTime;
    }

    @Nullable
    Instant endTime() {
        return endTime;
    }
}
