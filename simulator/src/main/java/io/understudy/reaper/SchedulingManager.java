package io.understudy.reaper;

import io.understudy.reaper.ReaperConfiguration.ScheduleOverlapRule;
import io.understudy.world.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fires schedules (spec reaper 3.3). Upstream looks at all of them every 60 s; here a tick is planned only if something can happen
 * at it: what that is follows from what is stored, and is worked out anew whenever that changes.
 */
final class SchedulingManager implements Service, RunListener {
    /** The first tick is so long after the start, and up to twice that. */
    private static final Duration FIRST_TICK = Duration.ofSeconds(1);

    private final AppContext context;
    private final ScheduledRuns runs;
    private final PercentRepairedMonitor percentRepaired;
    private Instant firstTick = Instant.EPOCH;
    private @Nullable PlannedTick planned;

    /** A tick that is planned, and under which number. */
    record PlannedTick(Instant at, long sequence) {}

    /**
     * What is remembered.
     *
     * @param firstTick the first tick since the process started; all others are whole periods after it
     * @param planned the next tick at which something can happen
     */
    record State(Instant firstTick, @Nullable PlannedTick planned) {
        static final State EMPTY = new State(Instant.EPOCH, null);
    }

    /** The schedules are looked at. */
    record SchedulerTick() implements Event {}

    SchedulingManager(AppContext context, ScheduledRuns runs, PercentRepairedMonitor percentRepaired) {
        this.context = context;
        this.runs = runs;
        this.percentRepaired = percentRepaired;
        percentRepaired.listen(this::plan);
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(SchedulerTick.class);
    }

    @Override
    public void start() {
        long spread = context.chance("scheduler-phase").nextLong(FIRST_TICK.toMillis() + 1);
        firstTick = context.now().plus(FIRST_TICK).plusMillis(spread);
        context.timers().cancelIf(SchedulerTick.class::isInstance);
        planned = null;
        plan();
    }

    // ---- when ----

    /** To be called when schedules, or runs that keep them from firing, have changed. */
    void plan() {
        percentRepaired.plan();
        Optional<Instant> next = context.store().schedules().stream()
                .map(this::nextTick)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        PlannedTick before = planned;
        if (before != null && next.filter(before.at()::equals).isPresent()) {
            return;
        }
        if (before != null) {
            context.timers().cancel(before.sequence());
        }
        planned = next.map(at -> new PlannedTick(at, context.timers().at(at, new SchedulerTick())))
                .orElse(null);
    }

    /** The first tick from now on at which the schedule does something. */
    private Optional<Instant> nextTick(RepairSchedule schedule) {
        if (schedule.state() != ScheduleState.ACTIVE) {
            return Optional.empty();
        }
        RepairUnit unit = context.store().requireUnit(schedule.repairUnitId());
        Instant due = tickAfter(schedule.nextActivation());
        Optional<Instant> byThreshold = thresholdHolds(schedule, unit);
        if (schedule.daysBetween() == 0 && due.equals(tickAfter(context.now())) && isHeldBack(schedule)) {
            // it stays due and does nothing until what holds it back is over
            return Optional.empty();
        }
        return byThreshold.filter(due::isAfter).or(() -> Optional.of(due));
    }

    /** Never one of the past, nor the one of this very instant, which has been. */
    private Instant tickAfter(Instant at) {
        Instant from = at.isBefore(context.now()) ? context.now() : at;
        if (from.isBefore(firstTick)) {
            return firstTick;
        }
        Duration period = context.configuration().schedulerPeriod();
        long millis = period.toMillis();
        long passed = (from.toEpochMilli() - firstTick.toEpochMilli()) / millis;
        return firstTick.plusMillis(millis * (passed + 1));
    }

    /** The first tick at which the percent-unrepaired rule holds, if nothing new is collected before it. */
    private Optional<Instant> thresholdHolds(RepairSchedule schedule, RepairUnit unit) {
        if (!exceedsThreshold(schedule, unit)) {
            return Optional.empty();
        }
        Instant tick = tickAfter(restUntil(schedule).orElse(context.now()));
        return percentRepaired
                .freshUntil(schedule.id())
                .filter(until -> !tick.isAfter(until))
                .map(until -> tick);
    }

    /** A run that has not completed has not ended so long ago, either. */
    private boolean isLastRunUnderWay(RepairSchedule schedule) {
        return Optional.ofNullable(schedule.lastRun())
                .flatMap(context.runs()::run)
                .filter(run -> !run.runState().isTerminated())
                .isPresent();
    }

    /** Until when the percent-unrepaired rule leaves a schedule alone after its last completed run. */
    private Optional<Instant> restUntil(RepairSchedule schedule) {
        String cause = schedule.cause();
        return context.runs().ofUnit(schedule.repairUnitId()).stream()
                .filter(run ->
                        run.runState() == RunState.DONE && run.plan().cause().equals(cause))
                .flatMap(run -> Optional.ofNullable(run.endTime()).stream())
                .max(Instant::compareTo)
                .map(end -> end.plus(
                        context.configuration().percentRepairedCheckInterval().multipliedBy(2)));
    }

    // ---- what ----

    @Override
    public void handle(Event event) {
        planned = null;
        // without storage a tick finds nothing; what is due stays due until the storage is back
        boolean isStorageDown = context.conditions().storageDown();
        for (RepairSchedule schedule : List.copyOf(context.store().schedules())) {
            if (!isStorageDown && isDue(schedule)) {
                activate(schedule);
            }
        }
        plan();
    }

    private boolean isDue(RepairSchedule schedule) {
        if (schedule.state() != ScheduleState.ACTIVE) {
            return false;
        }
        if (schedule.nextActivation().isBefore(context.now())) {
            return schedule.daysBetween() != 0 || !isHeldBack(schedule);
        }
        RepairUnit unit = context.store().requireUnit(schedule.repairUnitId());
        return exceedsThreshold(schedule, unit)
                && restUntil(schedule)
                        .filter(end -> !context.now().isAfter(end))
                        .isEmpty();
    }

    private boolean exceedsThreshold(RepairSchedule schedule, RepairUnit unit) {
        if (schedule.percentUnrepairedThreshold() <= 0 || !unit.incrementalRepair()) {
            return false;
        }
        OptionalInt unrepaired = percentRepaired.percentUnrepaired(schedule.id());
        return unrepaired.isPresent()
                && unrepaired.getAsInt() >= schedule.percentUnrepairedThreshold()
                && !isLastRunUnderWay(schedule);
    }

    /** One step on, and a run unless something forbids it. */
    private void activate(RepairSchedule due) {
        RepairSchedule schedule = due.withNextActivation(due.nextActivation().plus(Duration.ofDays(due.daysBetween())));
        context.store().put(schedule);
        RepairUnit unit = context.store().requireUnit(schedule.repairUnitId());
        if (context.conditions().scheduleMissed(schedule, unit)) {
            tell("scheduleMissed", schedule);
        } else if (isHeldBack(schedule)) {
            tell("scheduleSkipped", schedule);
        } else if (runs.create(schedule, unit) instanceof Outcome.Accepted<RepairRun> accepted) {
            context.store().put(schedule.withLastRun(accepted.value().id()));
            tell("scheduleFired", schedule);
        } else {
            // upstream logs the exception and goes on; next_activation has moved all the same
            tell("scheduleFailed", schedule);
        }
    }

    private void tell(String what, RepairSchedule schedule) {
        context.emit(what, Map.of("schedule", schedule.id().toString()));
    }

    private boolean isHeldBack(RepairSchedule schedule) {
        String cause = schedule.cause();
        boolean isAnyRunInTheWay = context.configuration().scheduleOverlapRule() == ScheduleOverlapRule.CAUSE_ONLY;
        return context.runs().ofUnit(schedule.repairUnitId()).stream().anyMatch(run -> {
            boolean isItsOwn = run.plan().cause().equals(cause);
            return isAnyRunInTheWay
                    ? isItsOwn
                    : run.runState().isActive() || run.runState() == RunState.NOT_STARTED && isItsOwn;
        });
    }

    // ---- when a run is over ----

    @Override
    public void runEnded(RepairRun run) {
        RepairUnit unit = context.store().requireUnit(run.plan().repairUnitId());
        if (run.runState() == RunState.DONE && unit.incrementalRepair()) {
            percentRepaired.repaired(run, unit);
        }
        Optional<RepairSchedule> schedule =
                RepairSchedule.causing(run.plan().cause()).flatMap(context.store()::schedule);
        if (schedule.isPresent()
                && run.runState() == RunState.DONE
                && run.plan().adaptiveSchedule()) {
            AdaptiveRule.of(context.runs().segments(run).all()).ifPresent(rule -> adapt(schedule.get(), unit, rule));
        }
        if (schedule.isPresent() && run.runState() == RunState.ERROR) {
            retry(schedule.get());
        }
        plan();
    }

    private void adapt(RepairSchedule schedule, RepairUnit unit, AdaptiveRule rule) {
        context.store().put(schedule.withSegmentCountPerNode(rule.segmentCountPerNode(schedule.segmentCountPerNode())));
        context.store().put(unit.withTimeout(rule.timeout(unit.timeout())));
        context.emit("scheduleAdapted", Map.of("schedule", schedule.id().toString(), "rule", rule.name()));
    }

    private void retry(RepairSchedule schedule) {
        Instant retry = context.now().plus(context.configuration().scheduleRetryDelay());
        if (context.configuration().scheduleRetryOnError() && retry.isBefore(schedule.nextActivation())) {
            context.store().put(schedule.withNextActivation(retry));
            tell("scheduleRetries", schedule);
        }
    }

    /** A schedule that waits for a run to go may fire now; to be called when runs may have changed in any way. */
    void runsMayHaveChanged() {
        boolean isOneContinuous = context.store().schedules().stream()
                .anyMatch(schedule -> schedule.daysBetween() == 0 && schedule.state() == ScheduleState.ACTIVE);
        if (isOneContinuous) {
            plan();
        }
    }

    State state() {
        return new State(firstTick, planned);
    }

    void restore(State state) {
        firstTick = state.firstTick();
        planned = state.planned();
    }
}
