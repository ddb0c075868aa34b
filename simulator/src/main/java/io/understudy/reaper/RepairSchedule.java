package io.understudy.reaper;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What creates runs from time to time (spec reaper 2.5, 3.3).
 *
 * @param id its id, of version 1
 * @param repairUnitId what it repairs
 * @param owner whose it is
 * @param state whether it fires
 * @param daysBetween days between activations; 0 = continuous
 * @param nextActivation when it fires next
 * @param creationTime when it was created
 * @param segmentCountPerNode segments per node; 0 = the default of runs
 * @param repairParallelism how Cassandra is to go about it
 * @param intensity the intensity of its runs
 * @param adaptive whether it learns from its runs
 * @param percentUnrepairedThreshold the share of unrepaired data that fires it, in percent; -1 = none
 * @param pauseTime when it was paused, if it is
 * @param lastRun the run that it created last
 */
record RepairSchedule(
        UUID id,
        UUID repairUnitId,
        String owner,
        ScheduleState state,
        int daysBetween,
        Instant nextActivation,
        Instant creationTime,
        int segmentCountPerNode,
        RepairParallelism repairParallelism,
        double intensity,
        boolean adaptive,
        int percentUnrepairedThreshold,
        @Nullable Instant pauseTime,
        @Nullable UUID lastRun) {
    private static final String CAUSE = "scheduled run (schedule id ";

    RepairSchedule withNextActivation(Instant at) {
        return new RepairSchedule(
                id,
                repairUnitId,
                owner,
                state,
                daysBetween,
                at,
                creationTime,
                segmentCountPerNode,
                repairParallelism,
                intensity,
                adaptive,
                percentUnrepairedThreshold,
                pauseTime,
                lastRun);
    }

    RepairSchedule withState(ScheduleState newState, @Nullable Instant paused) {
        return new RepairSchedule(
                id,
                repairUnitId,
                owner,
                newState,
                daysBetween,
                nextActivation,
                creationTime,
                segmentCountPerNode,
                repairParallelism,
                intensity,
                adaptive,
                percentUnrepairedThreshold,
                paused,
                lastRun);
    }

    RepairSchedule withSegmentCountPerNode(int segments) {
        return new RepairSchedule(
                id,
                repairUnitId,
                owner,
                state,
                daysBetween,
                nextActivation,
                creationTime,
                segments,
                repairParallelism,
                intensity,
                adaptive,
                percentUnrepairedThreshold,
                pauseTime,
                lastRun);
    }

    RepairSchedule withLastRun(UUID run) {
        return new RepairSchedule(
                id,
                repairUnitId,
                owner,
                state,
                daysBetween,
                nextActivation,
                creationTime,
                segmentCountPerNode,
                repairParallelism,
                intensity,
                adaptive,
                percentUnrepairedThreshold,
                pauseTime,
                run);
    }

    /** The cause of the runs that it creates (spec reaper 3.3). */
    String cause() {
        return CAUSE + id + ")";
    }

    /** The schedule that created the run of that cause, if one did. */
    static Optional<UUID> causing(String cause) {
        if (!cause.startsWith(CAUSE) || !cause.endsWith(")")) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(cause.substring(CAUSE.length(), cause.length() - 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a run's cause may be anything that a client has written
        }
    }
}
