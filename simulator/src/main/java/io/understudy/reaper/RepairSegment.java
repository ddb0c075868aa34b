package io.understudy.reaper;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.reaper.cassandra.Replicas;
import io.understudy.reaper.cassandra.TokenRange;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a run's ring, repaired in one go by one coordinator (spec reaper 3.2). There may be a million of them, so it is small:
 * what it shares with its run it does not repeat, and it knows what is where by reference. It moves through its {@link RunSegments}
 * only, which count.
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

    /**
     * A segment as a value.
     *
     * @param replicas the place of its replicas in the run's list of them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record State(
            UUID id,
            List<TokenRange> tokenRanges,
            int replicas,
            @Nullable UUID hostId,
            SegmentState state,
            int failCount,
            @Nullable String coordinatorHost,
            @Nullable Instant startTime,
            @Nullable Instant endTime) {}

    RepairSegment(UUID id, GeneratedSegment generated) {
        this.id = id;
        this.tokenRanges = generated.tokenRanges();
        this.replicas = generated.replicas();
        this.hostId = generated.hostId();
        this.coordinatorHost = generated.coordinatorHost();
        this.state = SegmentState.NOT_STARTED;
    }

    RepairSegment(State stored, Replicas replicas) {
        this.id = stored.id();
        this.tokenRanges = stored.tokenRanges();
        this.replicas = replicas;
        this.hostId = stored.hostId();
        this.state = stored.state();
        this.failCount = stored.failCount();
        this.coordinatorHost = stored.coordinatorHost();
        this.startTime = stored.startTime();
        this.endTime = stored.endTime();
    }

    State state(int placeOfReplicas) {
        return new State(
                id, tokenRanges, placeOfReplicas, hostId, state, failCount, coordinatorHost, startTime, endTime);
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

    /** Whether a coordinator has it. */
    boolean isUnderRepair() {
        return state == SegmentState.STARTED || state == SegmentState.RUNNING;
    }

    void start(String coordinator, Instant now) {
        require(state == SegmentState.NOT_STARTED, SegmentState.STARTED);
        state = SegmentState.STARTED;
        coordinatorHost = coordinator;
        startTime = now;
    }

    void run() {
        require(state == SegmentState.STARTED, SegmentState.RUNNING);
        state = SegmentState.RUNNING;
    }

    void done(Instant now) {
        require(isUnderRepair(), SegmentState.DONE);
        state = SegmentState.DONE;
        endTime = now;
    }

    /** Back to the beginning, one failure richer, from any state. */
    void postpone() {
        state = SegmentState.NOT_STARTED;
        failCount++;
        startTime = null;
        endTime = null;
        if (hostId == null) {
            // spec reaper 3.2: "kept for non-subrange incremental", which alone have a host id
            coordinatorHost = null;
        }
    }

    private void require(boolean possible, SegmentState next) {
        if (!possible) {
            throw new IllegalStateException("segment " + id + " cannot go from " + state + " to " + next);
        }
    }
}
