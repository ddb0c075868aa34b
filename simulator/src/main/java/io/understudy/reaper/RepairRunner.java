package io.understudy.reaper;

import io.understudy.reaper.SegmentChoice.Busy;
import io.understudy.reaper.SegmentChoice.Choice;
import io.understudy.world.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Drives one run (spec reaper 3.1.3): looks for a segment to start every so often, one at a time.
 *
 * <p>Where a look could find nothing new, it is left out: the runner sleeps until somebody {@linkplain #wake wakes} it, and then looks
 * at the next instant at which it would have looked anyway.
 */
final class RepairRunner {
    private static final String NOTHING_STARTABLE =
            "All nodes are busy or have too many pending compactions for the remaining candidate segments.";

    private final AppContext context;
    private final RepairManager manager;
    private final RepairRun run;
    private final Map<Long, SegmentRunner> attempts = new TreeMap<>();
    private Instant anchor;
    private @Nullable Instant nextPoll;

    /**
     * A runner as a value.
     *
     * @param runId the run
     * @param anchor the last poll; others are whole intervals away from it
     * @param nextPoll the poll that is planned, if one is
     * @param attempts the attempts at segments whose end or whose locks still matter
     */
    record State(UUID runId, Instant anchor, @Nullable Instant nextPoll, List<SegmentRunner.State> attempts) {}

    /** The runner looks for a segment. */
    record PollRun(UUID runId) implements Event {}

    RepairRunner(AppContext context, RepairManager manager, RepairRun run, State state) {
        this.context = context;
        this.manager = manager;
        this.run = run;
        this.anchor = state.anchor();
        this.nextPoll = state.nextPoll();
        state.attempts().forEach(this::add);
    }

    private void add(SegmentRunner.State attempt) {
        attempts.put(attempt.number(), new SegmentRunner(context, this, attempt));
    }

    State state() {
        return new State(
                run.id(),
                anchor,
                nextPoll,
                attempts.values().stream().map(SegmentRunner::state).toList());
    }

    RepairRun run() {
        return run;
    }

    RepairManager manager() {
        return manager;
    }

    RunSegments segments() {
        return context.runs().segments(run);
    }

    Collection<SegmentRunner> attempts() {
        return attempts.values();
    }

    Optional<SegmentRunner> attempt(long number) {
        return Optional.ofNullable(attempts.get(number));
    }

    boolean hasAttemptsInFlight() {
        return attempts.values().stream().anyMatch(SegmentRunner::isInFlight);
    }

    /** Polls at once, and counts its intervals from here. */
    void submit() {
        anchor = context.now();
        plan(anchor);
    }

    /** Something may be found that was not there before: polls when it would poll next. */
    void wake() {
        wake(context.now());
    }

    /** Polls at the first of its own instants that is not before that one. */
    private void wake(Instant notBefore) {
        if (run.runState() != RunState.RUNNING) {
            return;
        }
        Duration interval = context.configuration().repairManagerSchedulingInterval();
        long millis = Math.max(1, interval.toMillis());
        long behind = Math.max(0, Duration.between(anchor, notBefore).toMillis());
        long intervals = Math.max(1, (behind + millis - 1) / millis);
        Instant poll = anchor.plusMillis(intervals * millis);
        if (nextPoll == null || poll.isBefore(nextPoll)) {
            plan(poll);
        }
    }

    private void plan(Instant poll) {
        nextPoll = poll;
        context.at(poll, new PollRun(run.id()));
    }

    /** Looks for a segment to start, unless it has been thought better of since this was planned. */
    void poll() {
        Instant now = context.now();
        if (nextPoll == null || now.isBefore(nextPoll)) {
            return;
        }
        nextPoll = null;
        anchor = now;
        attempts.values().removeIf(attempt -> !attempt.isInFlight() && !attempt.holdsLead(now));
        // otherwise it is woken when the run is resumed, or when another run makes room, or when the storage is back
        if (run.runState() == RunState.RUNNING
                && manager.isAllowedToRun(run)
                && !context.conditions().storageDown()) {
            // without a node to ask, upstream fails and tries again; only a change of the topology helps
            Coordinators.of(context, run).ifPresent(this::startNextSegment);
            manager.seeds().refresh(run.plan().clusterName());
        }
    }

    private void startNextSegment(Coordinators coordinators) {
        Choice choice = new SegmentChoice(context, coordinators, segments().candidates(), busy(), this::updateLastEvent)
                .choose();
        if (choice instanceof Choice.Start start) {
            submit(start.segment(), coordinators.unit());
        } else if (choice instanceof Choice.Vanished) {
            // upstream's Segment has no toString of its own
            int hash = context.chance("segment-hash").nextInt() & Integer.MAX_VALUE;
            updateLastEvent("No coordinators for range io.cassandrareaper.core.Segment@" + Integer.toHexString(hash));
            manager.endRepairRun(run, RunState.ERROR);
        } else {
            nothingStartable();
        }
    }

    private void nothingStartable() {
        updateLastEvent(NOTHING_STARTABLE);
        if (segments().isAllDone()) {
            updateLastEvent("All done");
            manager.endRepairRun(run, RunState.DONE);
            return;
        }
        // locks that end by themselves; everything else that may change wakes this runner when it does
        Instant now = context.now();
        attempts.values().stream()
                .flatMap(attempt -> attempt.releasedAt().stream())
                .filter(released -> released.isAfter(now))
                .min(Instant::compareTo)
                .ifPresent(this::wake);
        if (context.conditions().flaps(run.plan().clusterName())) {
            wake();
        }
    }

    private Busy busy() {
        Instant now = context.now();
        Set<String> hosts = new HashSet<>();
        Set<UUID> led = new HashSet<>();
        for (SegmentRunner attempt : attempts.values()) {
            if (attempt.holdsLead(now)) {
                led.add(attempt.segmentId());
                hosts.addAll(attempt.segment().replicas().hosts());
            }
        }
        return new Busy(hosts, led);
    }

    private void submit(RepairSegment segment, RepairUnit unit) {
        Duration wait = Duration.ZERO;
        if (unit.isFullyIncremental()) {
            // spec reaper 3.2: 1.0 to 9.9 s before each; the runner itself waits, so that its later polls shift as well
            wait = Duration.ofMillis(100L * context.chance("incremental-wait").nextInt(10, 100));
            anchor = anchor.plus(wait);
        }
        long number = manager.nextAttempt();
        add(SegmentRunner.submitted(number, segment.id(), run.intensity()));
        context.at(
                context.now().plus(wait).plus(context.configuration().repairs().triggerLatency()),
                new SegmentRunner.TriggerRepair(run.id(), number));
        wake();
    }

    /** What the run says of itself; one that is over says no more. */
    void updateLastEvent(String event) {
        if (!run.runState().isTerminated()) {
            run.lastEvent(event);
        }
    }

    /** Takes a segment away from whoever has it, and sends it back to the beginning (spec reaper 1.4.7). */
    void abort(RepairSegment segment, Duration rest) {
        for (SegmentRunner attempt : attempts.values()) {
            if (attempt.isListening() && attempt.segmentId().equals(segment.id())) {
                attempt.abandon(rest);
            }
        }
        segments().postpone(segment);
        wake();
    }

    /** The process has gone: attempts that had not reached a coordinator go with it, of the others nobody hears any more. */
    void forgetAttempts() {
        attempts.values().removeIf(attempt -> !attempt.isUnderRepair());
        attempts.values().forEach(attempt -> attempt.abandon(Duration.ZERO));
        nextPoll = null;
    }
}
