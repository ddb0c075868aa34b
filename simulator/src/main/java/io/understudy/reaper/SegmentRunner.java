package io.understudy.reaper;

import io.understudy.reaper.Conditions.Attempt;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.world.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a segment: hands it to a coordinator, waits for what Cassandra says of it, and holds the locks of its replicas until
 * some time after (spec reaper 3.2).
 */
final class SegmentRunner {
    /** How long a runner rests before it lets go of a segment that was postponed. */
    static final Duration SLEEP_TIME_AFTER_POSTPONE = Duration.ofSeconds(10);

    /** What a time-out is multiplied with where one segment is a whole node. */
    private static final int MAX_TIMEOUT_EXTENSIONS = 10;

    /** Far beyond the end of virtual time, and still something that can be added to an instant. */
    private static final long LONGEST_MINUTES = 6_000_000_000L;

    private static final double LONGEST_MILLIS = 60_000.0 * LONGEST_MINUTES;

    private static final String NO_COORDINATOR = "Postponed a segment because no coordinator was reachable";

    private final AppContext context;
    private final RepairRunner runner;
    private final long number;
    private final UUID segmentId;
    private final double intensity;
    private Phase phase;
    private @Nullable String coordinator;
    private @Nullable Instant since;
    private @Nullable Result result;
    private @Nullable Instant endsAt;
    private @Nullable Instant timesOutAt;
    private @Nullable Instant releasedAt;
    private boolean isAbandoned;

    /** Where the repair is. */
    enum Phase {
        /** On its way to a coordinator. */
        SUBMITTED,
        /** The coordinator has it, and has not said that it began. */
        TRIGGERED,
        /** The coordinator has begun. */
        RUNNING,
        /** The coordinator is through with it, in one way or another. */
        OVER
    }

    /** What the repair comes to, which is settled when it is triggered. */
    enum Result {
        SUCCESS,
        ERROR,
        TIMEOUT
    }

    /**
     * An attempt as a value.
     *
     * @param number its number among all attempts of this Reaper
     * @param segmentId the segment
     * @param intensity the run's intensity when it was submitted
     * @param phase where it is
     * @param coordinator who has it, once somebody has
     * @param since since when
     * @param result what comes of it
     * @param endsAt when, once that is known
     * @param timesOutAt when the runner will have waited long enough
     * @param releasedAt when its locks are let go, once that is known
     * @param isAbandoned whether nobody listens to the coordinator any more
     */
    record State(
            long number,
            UUID segmentId,
            double intensity,
            Phase phase,
            @Nullable String coordinator,
            @Nullable Instant since,
            @Nullable Result result,
            @Nullable Instant endsAt,
            @Nullable Instant timesOutAt,
            @Nullable Instant releasedAt,
            boolean isAbandoned) {}

    /** The attempt reaches its coordinator. */
    record TriggerRepair(UUID runId, long attempt) implements Event {}

    /** Cassandra notifies that the repair has begun. */
    record RepairStarted(UUID runId, long attempt) implements Event {}

    /** Cassandra notifies success or error, or the runner has waited long enough. */
    record RepairEnded(UUID runId, long attempt) implements Event {}

    SegmentRunner(AppContext context, RepairRunner runner, State state) {
        this.context = context;
        this.runner = runner;
        this.number = state.number();
        this.segmentId = state.segmentId();
        this.intensity = state.intensity();
        this.phase = state.phase();
        this.coordinator = state.coordinator();
        this.since = state.since();
        this.result = state.result();
        this.endsAt = state.endsAt();
        this.timesOutAt = state.timesOutAt();
        this.releasedAt = state.releasedAt();
        this.isAbandoned = state.isAbandoned();
    }

    static State submitted(long number, UUID segmentId, double intensity) {
        return new State(number, segmentId, intensity, Phase.SUBMITTED, null, null, null, null, null, null, false);
    }

    State state() {
        return new State(
                number,
                segmentId,
                intensity,
                phase,
                coordinator,
                since,
                result,
                endsAt,
                timesOutAt,
                releasedAt,
                isAbandoned);
    }

    long number() {
        return number;
    }

    RepairSegment segment() {
        return runner.segments().require(segmentId);
    }

    UUID segmentId() {
        return segmentId;
    }

    /** Whether something is still to come of it. */
    boolean isInFlight() {
        return phase != Phase.OVER;
    }

    /** Whether the coordinator works on it. */
    boolean isUnderRepair() {
        return phase == Phase.TRIGGERED || phase == Phase.RUNNING;
    }

    /** Whether what the coordinator says moves the segment. */
    boolean isListening() {
        return isUnderRepair() && !isAbandoned;
    }

    boolean isAt(String host) {
        return host.equals(coordinator);
    }

    /** Since when the coordinator has it, if one does. */
    Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    Optional<String> coordinator() {
        return Optional.ofNullable(coordinator);
    }

    /** Whether its locks hold. */
    boolean holdsLead(Instant now) {
        return releasedAt == null || releasedAt.isAfter(now);
    }

    /** When its locks are let go, if that is known. */
    Optional<Instant> releasedAt() {
        return Optional.ofNullable(releasedAt);
    }

    /** Hands the segment to a coordinator. */
    void trigger() {
        RepairSegment segment = segment();
        Optional<Coordinators> coordinators = Coordinators.of(context, runner.run());
        List<CassandraNode> reachable =
                coordinators.map(known -> known.reachable(segment)).orElse(List.of());
        if (reachable.isEmpty()) {
            runner.updateLastEvent(NO_COORDINATOR);
            postpone(segment);
            return;
        }
        String chosen = reachable
                .get(context.chance("coordinator").nextInt(reachable.size()))
                .address();
        coordinator = chosen;
        since = context.now();
        runner.segments().start(segment, chosen, context.now());
        await(segment, chosen, coordinators.orElseThrow());
    }

    private void await(RepairSegment segment, String chosen, Coordinators coordinators) {
        Attempt attempt = context.conditions().attempt(runner.run(), segment, chosen);
        double nothing = context.configuration().repairs().nothingToRepairShare();
        boolean isNothing = attempt instanceof Attempt.Succeeds
                && nothing > 0
                && context.chance("nothing-to-repair").nextDouble() < nothing;
        if (isNothing) {
            // command number 0: no notification will come
            done(segment);
            return;
        }
        runner.updateLastEvent("Triggered repair of segment " + segmentId + " via host " + chosen);
        phase = Phase.TRIGGERED;
        announce(segment);
        plan(segment, attempt, coordinators);
    }

    /** What will come of it is known from here on: it ends by itself, or by the time-out if that is earlier. */
    private void plan(RepairSegment segment, Attempt attempt, Coordinators coordinators) {
        Instant now = context.now();
        Instant begins = now.plus(context.configuration().repairs().startLatency());
        Instant timeout = now.plus(timeout(segment, coordinators.unit()));
        Instant ends;
        if (attempt instanceof Attempt.Succeeds succeeds) {
            ends = begins.plus(duration(segment, coordinators, succeeds.slower()));
            result = Result.SUCCESS;
        } else if (attempt instanceof Attempt.Fails fails) {
            ends = begins.plus(fails.after());
            result = Result.ERROR;
        } else {
            ends = timeout;
            result = Result.TIMEOUT;
        }
        if (timeout.isBefore(ends)) {
            ends = timeout;
            result = Result.TIMEOUT;
        }
        timesOutAt = timeout;
        if (!ends.isAfter(now)) {
            // a negative time-out: upstream does not even begin to wait
            end();
            return;
        }
        if (!begins.isAfter(ends)) {
            context.at(begins, new RepairStarted(runner.run().id(), number));
        }
        endAt(ends);
    }

    private void endAt(Instant ends) {
        endsAt = ends;
        context.at(ends, new RepairEnded(runner.run().id(), number));
    }

    /**
     * A node has gone, in the middle of it all. Without a replica Cassandra gives the repair up and says so; without the coordinator
     * there is nobody to say anything, and the runner waits until it has waited long enough.
     */
    void nodeDown(String host) {
        if (!isUnderRepair()) {
            return;
        }
        if (isAt(host)) {
            result = Result.TIMEOUT;
            endAt(timesOutAt == null ? context.now() : timesOutAt);
        } else if (result != Result.TIMEOUT && segment().replicas().contains(host)) {
            cancel();
        }
    }

    /** Spec reaper 3.2: minutes × (failCount + 1), ten times that where one segment is a whole node. */
    private static Duration timeout(RepairSegment segment, RepairUnit unit) {
        long extensions = unit.isFullyIncremental() ? MAX_TIMEOUT_EXTENSIONS : 1;
        long minutes = unit.timeout() * extensions * (segment.failCount() + 1L);
        return Duration.ofMinutes(Math.max(-1, Math.min(minutes, LONGEST_MINUTES)));
    }

    private Duration duration(RepairSegment segment, Coordinators coordinators, double slower) {
        ReaperConfiguration.Repairs repairs = context.configuration().repairs();
        double millis;
        if (!repairs.durationPerRing().isZero()) {
            millis = repairs.durationPerRing().toMillis() * coordinators.share(segment);
        } else {
            long min = repairs.minDuration().toMillis();
            long max = repairs.maxDuration().toMillis();
            millis = (double) (max > min ? context.chance("segment-duration").nextLong(min, max + 1) : min);
        }
        return Duration.ofMillis((long) Math.min(millis * slower, LONGEST_MILLIS));
    }

    /** The coordinator says that it has begun. */
    void started() {
        if (phase != Phase.TRIGGERED) {
            return;
        }
        phase = Phase.RUNNING;
        if (!isAbandoned) {
            runner.segments().run(segment());
        }
    }

    /** What was settled has come. */
    void end() {
        if (!isUnderRepair() || (endsAt != null && context.now().isBefore(endsAt))) {
            return;
        }
        runner.manager().activity().completed(this, runner.run());
        Result settled = result;
        if (isAbandoned) {
            phase = Phase.OVER;
        } else if (settled == Result.SUCCESS) {
            done(segment());
        } else {
            postpone(segment());
            if (settled == Result.TIMEOUT && coordinator != null) {
                runner.manager().cancelAllRepairs(runner.run().plan().clusterName(), coordinator);
            }
        }
    }

    /** The coordinator was told to stop. */
    void cancel() {
        if (isUnderRepair()) {
            result = Result.ERROR;
            endsAt = context.now();
            end();
        }
    }

    private void done(RepairSegment segment) {
        measure(segment);
        runner.segments().done(segment, context.now());
        phase = Phase.OVER;
        releasedAt = context.now().plusMillis(intensityBasedDelayMillis(segment));
        announce(segment);
    }

    private void measure(RepairSegment segment) {
        Instant begun = since;
        Duration repairing = begun == null ? null : Duration.between(begun, context.now());
        runner.manager()
                .metrics()
                .ran(
                        runner.run(),
                        segment.hostId() == null ? null : segment.coordinatorHost(),
                        repairing,
                        context.configuration()
                                .repairs()
                                .triggerLatency()
                                .plus(repairing == null ? Duration.ZERO : repairing));
    }

    /** Spec reaper 3.2: the pause is to the segment as what intensity leaves over is to intensity. */
    private long intensityBasedDelayMillis(RepairSegment segment) {
        Instant start = segment.startTime();
        Instant end = segment.endTime();
        if (start == null || end == null) {
            return 0;
        }
        long duration = Math.max(1, Duration.between(start, end).toMillis());
        return (long) (duration / intensity - duration);
    }

    private void postpone(RepairSegment segment) {
        measure(segment);
        runner.manager().metrics().postponed(runner.run(), segment.coordinatorHost());
        runner.segments().postpone(segment);
        phase = Phase.OVER;
        releasedAt = context.now().plus(SLEEP_TIME_AFTER_POSTPONE);
        announce(segment);
    }

    /**
     * The segment was taken away: its repair goes on at the coordinator, but nobody listens. The segment goes back to the beginning.
     *
     * @param rest how long the locks stay
     */
    void abandon(Duration rest) {
        isAbandoned = true;
        releasedAt = context.now().plus(rest);
    }

    private void announce(RepairSegment segment) {
        context.emit(
                "segmentState",
                Map.of(
                        "run",
                        runner.run().id().toString(),
                        "segment",
                        segmentId.toString(),
                        "state",
                        segment.state().name()));
    }
}
