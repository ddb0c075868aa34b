package io.understudy.reaper;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a unit's ring (spec reaper 3.1). Its times and its state agree at any time: a start unless NOT_STARTED, a pause in
 * PAUSED alone, an end in the terminated states alone.
 */
final class RepairRun {
    /** What a run that was just created says of itself. */
    static final String NO_EVENTS = "no events";

    private final Plan plan;
    private RunState state;
    private double intensity;
    private @Nullable Instant startTime;
    private @Nullable Instant pauseTime;
    private @Nullable Instant endTime;
    private String lastEvent;

    /**
     * What never changes about a run.
     *
     * @param id its id, of version 1
     * @param repairUnitId what it repairs
     * @param clusterName the cluster's symbolic name
     * @param keyspaceName the keyspace
     * @param owner whose it is
     * @param cause why it is
     * @param repairParallelism how Cassandra is to go about it
     * @param tables the tables that are repaired in effect, in the order of {@link Names#set}
     * @param adaptiveSchedule whether its schedule learns from it
     * @param totalSegments how many segments it has
     * @param creationTime when it was created
     */
    record Plan(
            UUID id,
            UUID repairUnitId,
            String clusterName,
            String keyspaceName,
            String owner,
            String cause,
            RepairParallelism repairParallelism,
            List<String> tables,
            boolean adaptiveSchedule,
            int totalSegments,
            Instant creationTime) {}

    /** A run as a value, without its segments. */
    record State(
            Plan plan,
            RunState state,
            double intensity,
            @Nullable Instant startTime,
            @Nullable Instant pauseTime,
            @Nullable Instant endTime,
            String lastEvent) {}

    RepairRun(Plan plan, double intensity) {
        this(new State(plan, RunState.NOT_STARTED, intensity, null, null, null, NO_EVENTS));
    }

    RepairRun(State state) {
        this.plan = state.plan();
        this.state = state.state();
        this.intensity = state.intensity();
        this.startTime = state.startTime();
        this.pauseTime = state.pauseTime();
        this.endTime = state.endTime();
        this.lastEvent = state.lastEvent();
    }

    State state() {
        return new State(plan, state, intensity, startTime, pauseTime, endTime, lastEvent);
    }

    UUID id() {
        return plan.id();
    }

    Plan plan() {
        return plan;
    }

    RunState runState() {
        return state;
    }

    double intensity() {
        return intensity;
    }

    void intensity(double newIntensity) {
        intensity = newIntensity;
    }

    @Nullable
    Instant startTime() {
        return startTime;
    }

    @Nullable
    Instant pauseTime() {
        return pauseTime;
    }

    @Nullable
    Instant endTime() {
        return endTime;
    }

    String lastEvent() {
        return lastEvent;
    }

    void lastEvent(String event) {
        lastEvent = event;
    }

    /** Goes to RUNNING: for the first time, after a pause, or after an error, and keeps the first start. */
    void run(Instant now) {
        state = RunState.RUNNING;
        startTime = Objects.requireNonNullElse(startTime, now);
        pauseTime = null;
        endTime = null;
    }

    void pause(Instant now) {
        requireStarted();
        state = RunState.PAUSED;
        pauseTime = now;
    }

    /** Goes to one of the terminated states. */
    void end(RunState terminated, Instant now) {
        requireStarted();
        state = terminated;
        pauseTime = null;
        endTime = now;
    }

    private void requireStarted() {
        if (startTime == null) {
            throw new IllegalStateException("run " + plan.id() + " has not started");
        }
    }
}
