package io.understudy.reaper;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of repair schedules (spec reaper 1.5). */
final class RepairScheduleService {
    private final AppContext context;
    private final RepairUnitService units;
    private final SchedulingManager scheduling;

    RepairScheduleService(AppContext context, RepairUnitService units, SchedulingManager scheduling) {
        this.context = context;
        this.units = units;
        this.scheduling = scheduling;
    }

    /**
     * A schedule as it is asked for, with the configured defaults for what was not given.
     *
     * @param unit what it is to repair, whatever its id
     * @param owner whose it is
     * @param daysBetween null = not given, which is refused
     * @param triggerTime when it fires first, as given; null = the next midnight
     * @param segmentCountPerNode 0 = not given
     * @param percentUnrepairedThreshold -1 = none
     * @param force whether it does not matter that another schedule is in the way
     */
    record Wish(
            RepairUnit unit,
            String owner,
            @Nullable Integer daysBetween,
            @Nullable String triggerTime,
            int segmentCountPerNode,
            RepairParallelism repairParallelism,
            double intensity,
            boolean adaptive,
            int percentUnrepairedThreshold,
            boolean force) {}

    /** What becomes of a schedule that is asked for. */
    sealed interface Creation {
        /** 201. */
        record Created(RepairSchedule schedule) implements Creation {}

        /** 204: this one is there already. */
        record Existing(RepairSchedule schedule) implements Creation {}

        /** 409 with that text, and where the one is that stands in the way. */
        record Conflicting(RepairSchedule schedule, String message) implements Creation {}

        /** 204 without a word: there could be no unit. */
        record NoUnit() implements Creation {}
    }

    // ---- lists ----

    /** The schedules that match exactly; null = any. */
    List<RepairSchedule> schedules(@Nullable String clusterName, @Nullable String keyspace) {
        return context.store().schedules().stream()
                .filter(schedule -> {
                    RepairUnit unit = context.store().requireUnit(schedule.repairUnitId());
                    return (clusterName == null || unit.clusterName().equals(clusterName))
                            && (keyspace == null || unit.keyspaceName().equals(keyspace));
                })
                .toList();
    }

    Outcome<RepairSchedule> schedule(UUID id) {
        return find(id, "repair schedule with id " + id + " doesn't exist");
    }

    /** Three handlers, three sentences (spec reaper P33). */
    private Outcome<RepairSchedule> find(UUID id, String otherwise) {
        return context.store()
                .schedule(id)
                .map(Outcome::of)
                .orElseGet(() -> Outcome.refused(new Refusal.NotFound(otherwise)));
    }

    // ---- creation ----

    /** Rows 18 to 28 of spec reaper 1.5.3; {@link RepairTarget} is for rows 10 to 14. */
    Outcome<Creation> create(Cluster cluster, Wish wish) {
        return TriggerTime.parse(wish.triggerTime(), context.now()).then(firstActivation -> {
            Integer daysBetween = wish.daysBetween();
            return daysBetween == null
                    ? bad("missing required parameter: scheduleDaysBetween")
                    : create(cluster, wish, firstActivation, daysBetween);
        });
    }

    private Outcome<Creation> create(Cluster cluster, Wish wish, Instant firstActivation, int daysBetween) {
        RepairUnit unit = asScheduled(wish.unit());
        return units.check(cluster, unit).then(keyspace -> {
            if (unit.incrementalRepair() && wish.repairParallelism() != RepairParallelism.PARALLEL) {
                return bad("Incremental repairs only supports PARALLEL parallelism mode.");
            }
            if (wish.percentUnrepairedThreshold() > 0 && !unit.incrementalRepair()) {
                return bad("Triggering schedules on % unrepaired threshold is only allowed for incremental repairs.");
            }
            return Outcome.of(create(cluster, unit, wish, firstActivation, daysBetween));
        });
    }

    private static <T> Outcome<T> bad(String message) {
        return Outcome.refused(new Refusal.BadRequest(message));
    }

    /** Spec reaper 1.5.3: a subrange schedule's unit is incremental as well, a run's is not. */
    private static RepairUnit asScheduled(RepairUnit unit) {
        return unit.subrangeIncrementalRepair() ? unit.withIncrementalRepair() : unit;
    }

    private Creation create(Cluster cluster, RepairUnit unit, Wish wish, Instant firstActivation, int daysBetween) {
        Optional<RepairSchedule> identical =
                units.identical(cluster, unit).stream().findFirst();
        if (identical.isPresent()) {
            return new Creation.Existing(identical.get());
        }
        List<RepairSchedule> conflicting = units.conflicting(cluster, unit);
        Optional<RepairSchedule> alike = conflicting.stream()
                .filter(other -> other.daysBetween() == daysBetween
                        && other.owner().equals(wish.owner())
                        && other.repairParallelism() == wish.repairParallelism())
                .findFirst();
        if (alike.isPresent()) {
            return new Creation.Existing(alike.get());
        }
        if (!conflicting.isEmpty() && !wish.force()) {
            return new Creation.Conflicting(
                    conflicting.get(0),
                    "A repair schedule already exists for cluster \"" + unit.clusterName() + "\", keyspace \""
                            + unit.keyspaceName() + "\", and column families: " + unit.columnFamilies());
        }
        Outcome<RepairUnit> stored = units.getOrCreate(unit);
        return stored instanceof Outcome.Accepted<RepairUnit> accepted
                ? new Creation.Created(store(accepted.value(), wish, firstActivation, daysBetween))
                : new Creation.NoUnit();
    }

    private RepairSchedule store(RepairUnit unit, Wish wish, Instant firstActivation, int daysBetween) {
        RepairSchedule schedule = new RepairSchedule(
                context.nextId(),
                unit.id(),
                wish.owner(),
                ScheduleState.ACTIVE,
                daysBetween,
                firstActivation,
                context.now(),
                wish.segmentCountPerNode(),
                wish.repairParallelism(),
                wish.intensity(),
                wish.adaptive(),
                wish.percentUnrepairedThreshold(),
                null,
                null);
        context.store().put(schedule);
        context.emit(
                "scheduleCreated",
                Map.of("schedule", schedule.id().toString(), "nextActivation", firstActivation.toString()));
        scheduling.plan();
        return schedule;
    }

    // ---- changes ----

    /** @param state the name of the state, in whatever case; null = absent */
    Outcome<Written<RepairSchedule>> updateState(UUID id, @Nullable String state) {
        if (state == null) {
            return bad("\"state\" argument missing");
        }
        return find(id, "repair schedule with id " + id + " not found").then(schedule -> {
            ScheduleState wished;
            try {
                wished = ScheduleState.valueOf(state.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                return bad("invalid \"state\" argument: " + state);
            }
            if (wished == schedule.state()) {
                return Outcome.of(Written.unchanged(schedule));
            }
            if (wished == ScheduleState.DELETED) {
                return bad("Transition " + schedule.state() + "->" + wished + " not supported.");
            }
            // next_activation stays: an overdue schedule that is resumed fires at the next tick (spec reaper 3.3)
            return Outcome.of(Written.updated(
                    put(schedule.withState(wished, wished == ScheduleState.PAUSED ? context.now() : null))));
        });
    }

    /** Has it fire at the next tick, unless it is paused (spec reaper 1.5.5). */
    Outcome<RepairSchedule> start(UUID id) {
        return schedule(id).map(schedule -> put(schedule.withNextActivation(context.now())));
    }

    /** @param patch without violations */
    Outcome<RepairSchedule> patch(UUID id, SchedulePatch patch) {
        return find(id, "").map(schedule -> put(patch.apply(schedule)));
    }

    private RepairSchedule put(RepairSchedule schedule) {
        context.store().put(schedule);
        scheduling.plan();
        return schedule;
    }

    /** @param owner null = absent */
    Outcome<RepairSchedule> delete(UUID id, @Nullable String owner) {
        if (owner == null) {
            return bad("required query parameter \"owner\" is missing");
        }
        return find(id, "Repair schedule with id \"" + id + "\" not found").then(schedule -> {
            if (schedule.state() == ScheduleState.ACTIVE) {
                return Outcome.refused(
                        new Refusal.Conflict("Repair schedule " + id + " currently running. Must be first stopped"));
            }
            if (!schedule.owner().equalsIgnoreCase(owner)) {
                return Outcome.refused(new Refusal.Conflict("Repair schedule " + id + " is not owned by " + owner));
            }
            remove(schedule);
            return Outcome.of(schedule);
        });
    }

    /** Takes a schedule away, whatever its state and owner; its runs and its unit stay. */
    void remove(RepairSchedule schedule) {
        context.store().removeSchedule(schedule.id());
        scheduling.plan();
    }
}
