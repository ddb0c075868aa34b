package io.understudy.reaper;

import io.understudy.reaper.RepairRunner.PollRun;
import io.understudy.reaper.SegmentRunner.RepairEnded;
import io.understudy.reaper.SegmentRunner.RepairStarted;
import io.understudy.reaper.SegmentRunner.TriggerRepair;
import io.understudy.reaper.cassandra.RepairActivity;
import io.understudy.world.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts, pauses and ends runs, and has a {@link RepairRunner} for each that is on its way (spec reaper 3.1). Every run that changes its
 * state does so here.
 */
final class RepairManager implements Service {
    /** How often several processes look after each other's work (spec reaper 3.1.4). */
    static final Duration RESUME_INTERVAL = Duration.ofSeconds(10);

    private final AppContext context;
    private final SeedList seeds;
    private final NodeActivity activity;
    private final SegmentMetrics metrics = new SegmentMetrics();
    private final List<RunListener> listeners = new ArrayList<>();
    private final Map<UUID, RepairRunner> runners = new TreeMap<>(TimeUuids.ORDER);
    private long nextAttempt;
    private Instant begun = Instant.EPOCH;
    private @Nullable Instant nextResume;

    /**
     * What is remembered beside the runs themselves.
     *
     * @param nextAttempt the number of the next attempt at a segment
     * @param begun when the process started
     * @param nextResume when several processes look after each other's work next, if there is need
     * @param runners of runs that are on their way, or have segments that are
     * @param activity what the nodes have been through
     * @param metrics what was measured of attempts at segments
     */
    record State(
            long nextAttempt,
            Instant begun,
            @Nullable Instant nextResume,
            List<RepairRunner.State> runners,
            NodeActivity.State activity,
            SegmentMetrics.State metrics) {
        static final State EMPTY =
                new State(0, Instant.EPOCH, null, List.of(), NodeActivity.State.NONE, SegmentMetrics.State.NONE);
    }

    /** Several processes look after each other's work. */
    record ResumeRuns() implements Event {}

    RepairManager(AppContext context) {
        this.context = context;
        this.seeds = new SeedList(context);
        this.activity = new NodeActivity(context);
    }

    /** Has the listener told of every run that ends. For the time of wiring. */
    void onRunEnded(RunListener listener) {
        listeners.add(listener);
    }

    State state() {
        return new State(
                nextAttempt,
                begun,
                nextResume,
                runners.values().stream().map(RepairRunner::state).toList(),
                activity.state(),
                metrics.state());
    }

    /** Takes over a state. The runs must be restored already. */
    void restore(State state) {
        nextAttempt = state.nextAttempt();
        begun = state.begun();
        nextResume = state.nextResume();
        activity.restore(state.activity());
        metrics.restore(state.metrics());
        seeds.lookAgain();
        runners.clear();
        state.runners()
                .forEach(runner -> runners.put(
                        runner.runId(),
                        new RepairRunner(
                                context,
                                this,
                                context.runs().run(runner.runId()).orElseThrow(),
                                runner)));
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(PollRun.class, TriggerRepair.class, RepairStarted.class, RepairEnded.class, ResumeRuns.class);
    }

    /** Resumes what is stored as running. */
    @Override
    public void start() {
        restart();
    }

    /**
     * The process has ended and begun again: segments that it was at go back to the beginning, and runs go on (spec reaper 4). Also of
     * runs that are over: nobody would ever hear of their segments.
     */
    void restart() {
        begun = context.now();
        nextResume = null;
        metrics.restore(SegmentMetrics.State.NONE);
        seeds.lookAgain();
        runners.values().forEach(RepairRunner::forgetAttempts);
        for (RepairRun run : context.runs().runs()) {
            RunSegments segments = context.runs().segments(run);
            if (segments.number(SegmentState.STARTED) + segments.number(SegmentState.RUNNING) > 0) {
                segments.all().stream().filter(RepairSegment::isUnderRepair).forEach(segments::postpone);
            }
            if (run.runState().isActive()) {
                runner(run).submit();
            }
        }
    }

    @Override
    public void handle(Event event) {
        if (event instanceof PollRun poll) {
            Optional.ofNullable(runners.get(poll.runId())).ifPresent(RepairRunner::poll);
        } else if (event instanceof TriggerRepair trigger) {
            attempt(trigger.runId(), trigger.attempt(), SegmentRunner::trigger);
        } else if (event instanceof RepairStarted started) {
            attempt(started.runId(), started.attempt(), SegmentRunner::started);
        } else if (event instanceof RepairEnded ended) {
            attempt(ended.runId(), ended.attempt(), SegmentRunner::end);
        } else if (event instanceof ResumeRuns) {
            resume();
        } else {
            throw new IllegalArgumentException("no event of repairs: " + event);
        }
    }

    private void attempt(UUID runId, long number, Consumer<SegmentRunner> step) {
        RepairRunner runner = runners.get(runId);
        if (runner == null) {
            return;
        }
        runner.attempt(number).ifPresent(step);
        runner.wake();
        planResume(runner.run());
        dropIfOver(runner);
    }

    /** NOT_STARTED, PAUSED or ERROR to RUNNING. */
    void startRepairRun(RepairRun run) {
        boolean isResumed = run.runState() == RunState.PAUSED;
        run.run(context.now());
        announce(run);
        if (isResumed) {
            // its runner is still there, and notices when it polls next
            runner(run).wake();
        } else {
            runner(run).submit();
        }
    }

    /** RUNNING to PAUSED; segments that are under repair stay so. */
    void pauseRepairRun(RepairRun run) {
        run.pause(context.now());
        announce(run);
        planResume(run);
        wakeRunnersOf(run.plan().clusterName());
    }

    /** To ABORTED; segments that are under repair stay so. */
    void abortRepairRun(RepairRun run) {
        endRepairRun(run, RunState.ABORTED);
    }

    void endRepairRun(RepairRun run, RunState terminated) {
        run.end(terminated, context.now());
        context.runs().segments(run).forgetCandidates();
        announce(run);
        Optional.ofNullable(runners.get(run.id())).ifPresent(this::dropIfOver);
        listeners.forEach(listener -> listener.runEnded(run));
        wakeRunnersOf(run.plan().clusterName());
    }

    /** Takes a run out of the store, whatever state it is in. */
    void removeRepairRun(RepairRun run) {
        runners.remove(run.id());
        context.runs().remove(run);
        wakeRunnersOf(run.plan().clusterName());
    }

    private RepairRunner runner(RepairRun run) {
        return runners.computeIfAbsent(
                run.id(),
                id -> new RepairRunner(context, this, run, new RepairRunner.State(id, context.now(), null, List.of())));
    }

    private void dropIfOver(RepairRunner runner) {
        if (runner.run().runState().isTerminated() && !runner.hasAttemptsInFlight()) {
            runners.remove(runner.run().id());
        }
    }

    private void announce(RepairRun run) {
        context.emit(
                "runState",
                Map.of("run", run.id().toString(), "state", run.runState().name()));
    }

    /** Whether the run is among the oldest of its cluster that are RUNNING (spec reaper 3.1.3). */
    boolean isAllowedToRun(RepairRun run) {
        int older = 0;
        for (RepairRunner runner : runners.values()) {
            RepairRun other = runner.run();
            if (other == run) {
                break;
            }
            if (other.runState() == RunState.RUNNING
                    && other.plan().clusterName().equals(run.plan().clusterName())) {
                older++;
            }
        }
        return older < context.configuration().maxParallelRepairs();
    }

    private void wakeRunnersOf(String clusterName) {
        runners.values().stream()
                .filter(runner -> runner.run().plan().clusterName().equals(clusterName))
                .forEach(RepairRunner::wake);
    }

    /** Nodes have gone or come back, compactions have piled up or not, the ring is another: runners that sleep look again. */
    void conditionsChanged() {
        seeds.lookAgain();
        runners.values().forEach(RepairRunner::wake);
    }

    /** A node has gone while repairs are under way. */
    void nodeDown(String clusterName, String host) {
        for (RepairRunner runner : List.copyOf(runners.values())) {
            if (runner.run().plan().clusterName().equals(clusterName)) {
                List.copyOf(runner.attempts()).forEach(attempt -> attempt.nodeDown(host));
                runner.wake();
                dropIfOver(runner);
            }
        }
    }

    /** Whether another process leads the segment, so that the one that was asked cannot abort it (spec reaper 1.4.7 row 4). */
    boolean isLeadTakenElsewhere(RepairRun run, RepairSegment segment, int instance) {
        RepairRunner runner = runners.get(run.id());
        if (!context.configuration().isDistributed() || runner == null) {
            return false;
        }
        // the lead in a repair by node is one of the whole run
        boolean isOfRun = segment.hostId() != null;
        Instant now = context.now();
        return runner.attempts().stream()
                .filter(attempt -> isOfRun || attempt.segmentId().equals(segment.id()))
                .filter(attempt -> attempt.holdsLead(now))
                .anyMatch(attempt -> instanceOf(attempt) != instance);
    }

    /** The processes take turns. */
    private long instanceOf(SegmentRunner attempt) {
        return attempt.number() % context.configuration().instances();
    }

    /** Sends a segment of a run that is RUNNING or PAUSED back to the beginning. */
    void abortSegment(RepairRun run, RepairSegment segment) {
        runner(run).abort(segment, SegmentRunner.SLEEP_TIME_AFTER_POSTPONE);
    }

    /** All repairs that the node coordinates fail: a runner that has waited long enough cancels them all (spec reaper 3.2). */
    void cancelAllRepairs(String clusterName, String coordinator) {
        for (RepairRunner runner : List.copyOf(runners.values())) {
            if (runner.run().plan().clusterName().equals(clusterName)) {
                List<SegmentRunner> there = runner.attempts().stream()
                        .filter(attempt -> attempt.isUnderRepair() && attempt.isAt(coordinator))
                        .toList();
                there.forEach(SegmentRunner::cancel);
                runner.wake();
                dropIfOver(runner);
            }
        }
    }

    /** Several processes: paused runs do not keep their segments for long (spec reaper 3.1.4). */
    private void resume() {
        if (nextResume == null || context.now().isBefore(nextResume)) {
            return;
        }
        nextResume = null;
        for (RepairRunner runner : runners.values()) {
            if (runner.run().runState() == RunState.PAUSED) {
                List<RepairSegment> underRepair = runner.attempts().stream()
                        .filter(SegmentRunner::isListening)
                        .map(SegmentRunner::segment)
                        .toList();
                underRepair.forEach(segment -> runner.abort(segment, SegmentRunner.SLEEP_TIME_AFTER_POSTPONE));
            }
        }
    }

    private void planResume(RepairRun run) {
        RepairRunner runner = runners.get(run.id());
        if (!context.configuration().isDistributed()
                || nextResume != null
                || runner == null
                || run.runState() != RunState.PAUSED
                || runner.attempts().stream().noneMatch(SegmentRunner::isListening)) {
            return;
        }
        long passed = Duration.between(begun, context.now()).toMillis();
        long rounds = passed / RESUME_INTERVAL.toMillis() + 1;
        Instant next = begun.plusMillis(rounds * RESUME_INTERVAL.toMillis());
        nextResume = next;
        context.at(next, new ResumeRuns());
    }

    SeedList seeds() {
        return seeds;
    }

    NodeActivity activity() {
        return activity;
    }

    SegmentMetrics metrics() {
        return metrics;
    }

    /** What the repairs ask of a node. */
    RepairActivity activity(String clusterName, String host) {
        return activity.of(runners.values(), clusterName, host);
    }

    long nextAttempt() {
        return nextAttempt++;
    }
}
