package io.understudy.reaper;

import io.understudy.world.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Forgets runs that ended long ago, and those of units that have many (spec reaper 3.4). It does so every hour; an hour in which there
 * will be nothing to forget is left out.
 */
final class PurgeService implements Service, RunListener {
    private static final Duration PERIOD = Duration.ofHours(1);

    private final AppContext context;
    private final RepairManager manager;
    private Instant begun = Instant.EPOCH;
    private @Nullable Instant next;

    /**
     * What is remembered.
     *
     * @param begun when the process started; the hours count from here
     * @param next when there will be something to forget, as far as is known
     */
    record State(Instant begun, @Nullable Instant next) {
        static final State EMPTY = new State(Instant.EPOCH, null);
    }

    /** An hour in which there is something to forget. */
    record PurgeRuns() implements Event {}

    PurgeService(AppContext context, RepairManager manager) {
        this.context = context;
        this.manager = manager;
    }

    State state() {
        return new State(begun, next);
    }

    void restore(State state) {
        begun = state.begun();
        next = state.next();
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(PurgeRuns.class);
    }

    /** Purges at once. Also when the process starts again. */
    @Override
    public void start() {
        begun = context.now();
        next = null;
        purge();
        planAgain();
    }

    @Override
    public void handle(Event event) {
        if (next == null || context.now().isBefore(next)) {
            return;
        }
        next = null;
        purge();
        planAgain();
    }

    @Override
    public void runEnded(RepairRun run) {
        plan(run);
    }

    /**
     * Forgets what is to be forgotten now.
     *
     * @return how many runs that were
     */
    int purge() {
        Instant now = context.now();
        List<RepairRun> old = context.runs().runs().stream()
                .filter(run -> outlived(run).filter(now::isAfter).isPresent())
                .toList();
        old.forEach(manager::removeRepairRun);
        List<RepairRun> deep = tooMany();
        deep.forEach(manager::removeRepairRun);
        return old.size() + deep.size();
    }

    /** The last instant at which the run is young enough, if it has ended and age matters. */
    private Optional<Instant> outlived(RepairRun run) {
        int days = context.configuration().purgeRecordsAfterInDays();
        return days <= 0
                ? Optional.empty()
                : Optional.ofNullable(run.endTime()).map(end -> end.plus(Duration.ofDays(days)));
    }

    private List<RepairRun> tooMany() {
        int kept = context.configuration().numberOfRunsToKeepPerUnit();
        if (kept <= 0) {
            return List.of();
        }
        Map<UUID, List<RepairRun>> byUnit = new HashMap<>();
        context.runs().runs().stream()
                .filter(run -> run.endTime() != null)
                .forEach(run -> byUnit.computeIfAbsent(run.plan().repairUnitId(), unit -> new ArrayList<>())
                        .add(run));
        List<RepairRun> tooMany = new ArrayList<>();
        byUnit.values().stream().filter(runs -> runs.size() > kept).forEach(runs -> {
            runs.sort(Comparator.comparing(PurgeService::end)
                    .thenComparing(RepairRun::id, TimeUuids.ORDER)
                    .reversed());
            tooMany.addAll(runs.subList(kept, runs.size()));
        });
        tooMany.sort(Comparator.comparing(RepairRun::id, TimeUuids.ORDER));
        return tooMany;
    }

    private static Instant end(RepairRun run) {
        Instant end = run.endTime();
        return end == null ? Instant.MAX : end;
    }

    private void planAgain() {
        context.runs().runs().stream().filter(run -> run.endTime() != null).forEach(this::plan);
    }

    /** Plans the hour in which a run that has ended will be forgotten, or makes another be forgotten. */
    private void plan(RepairRun run) {
        int kept = context.configuration().numberOfRunsToKeepPerUnit();
        if (kept > 0 && endedRunsOf(run.plan().repairUnitId()) > kept) {
            planAfter(context.now());
        }
        outlived(run).ifPresent(this::planAfter);
    }

    private long endedRunsOf(UUID unit) {
        return context.runs().ofUnit(unit).stream()
                .filter(run -> run.endTime() != null)
                .count();
    }

    private void planAfter(Instant instant) {
        Instant latest = instant.isBefore(context.now()) ? context.now() : instant;
        long hours = Math.max(0, Duration.between(begun, latest).toMillis()) / PERIOD.toMillis() + 1;
        Instant hour = begun.plus(PERIOD.multipliedBy(hours));
        if (next == null || hour.isBefore(next)) {
            next = hour;
            context.at(hour, new PurgeRuns());
        }
    }
}
