package io.understudy.reaper;

import io.understudy.reaper.ReaperConfiguration.AutoScheduling;
import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.Keyspace;
import io.understudy.world.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Gives every keyspace a schedule by itself, if Reaper is so configured (spec reaper 3.3.2). */
final class ClusterRepairScheduler implements Service {
    private static final String OWNER = "auto-scheduling";
    private static final String SYSTEM_KEYSPACES = "system";

    /** Upstream's default for schedules that nobody asked for. */
    private static final int DAYS_BETWEEN = 7;

    private final AppContext context;
    private final RepairScheduleService schedules;

    /** All registered clusters are looked at. */
    record AutoSchedulingPoll() implements Event {}

    ClusterRepairScheduler(AppContext context, RepairScheduleService schedules) {
        this.context = context;
        this.schedules = schedules;
    }

    private AutoScheduling configuration() {
        return context.configuration().autoScheduling();
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(AutoSchedulingPoll.class);
    }

    @Override
    public void start() {
        if (configuration().enabled()) {
            context.timers().cancelIf(AutoSchedulingPoll.class::isInstance);
            context.at(context.now().plus(configuration().initialDelayPeriod()), new AutoSchedulingPoll());
        }
    }

    @Override
    public void handle(Event event) {
        List.copyOf(context.store().clusters()).forEach(this::scheduleRepairs);
        context.at(context.now().plus(configuration().periodBetweenPolls()), new AutoSchedulingPoll());
    }

    /** Brings the schedules of a cluster up to date; false if its keyspaces cannot be read. */
    boolean scheduleRepairs(Cluster cluster) {
        if (configuration().excludedClusters().contains(cluster.name())) {
            return true;
        }
        Optional<CassandraCluster> cassandra = context.management().connect(cluster);
        if (cassandra.isEmpty()) {
            return false;
        }
        deleteSchedulesOfDroppedKeyspaces(cluster, cassandra.get());
        Set<String> scheduled = schedules.schedules(cluster.name(), null).stream()
                .map(schedule ->
                        context.store().requireUnit(schedule.repairUnitId()).keyspaceName())
                .collect(Collectors.toSet());
        Instant first = context.now().plus(configuration().timeBeforeFirstSchedule());
        int index = 0;
        boolean isDone = true;
        for (String keyspace : toSchedule(cassandra.get())) {
            if (!scheduled.contains(keyspace)) {
                Instant at = first.plus(configuration().scheduleSpreadPeriod().multipliedBy(index++));
                isDone &= schedule(cluster, keyspace, at);
            }
        }
        return isDone;
    }

    private void deleteSchedulesOfDroppedKeyspaces(Cluster cluster, CassandraCluster cassandra) {
        for (RepairSchedule schedule : schedules.schedules(cluster.name(), null)) {
            RepairUnit unit = context.store().requireUnit(schedule.repairUnitId());
            if (cassandra.keyspaceIgnoringCase(unit.keyspaceName()).isEmpty()) {
                schedules.remove(schedule);
            }
        }
    }

    private Set<String> toSchedule(CassandraCluster cassandra) {
        return cassandra.keyspaces().stream()
                .filter(keyspace -> !keyspace.tables().isEmpty())
                .map(Keyspace::name)
                .filter(name -> !name.startsWith(SYSTEM_KEYSPACES)
                        && !configuration().excludedKeyspaces().contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean schedule(Cluster cluster, String keyspace, Instant at) {
        ReaperConfiguration defaults = context.configuration();
        RepairUnit unit = new RepairUnit(
                RepairUnitService.NO_ID,
                cluster.name(),
                keyspace,
                List.of(),
                defaults.incrementalRepair() || defaults.subrangeIncrementalRepair(),
                defaults.subrangeIncrementalRepair(),
                List.of(),
                List.of(),
                List.of(),
                defaults.repairThreadCount(),
                defaults.hangingRepairTimeoutMins());
        return schedules.create(
                        cluster,
                        new RepairScheduleService.Wish(
                                unit,
                                OWNER,
                                DAYS_BETWEEN,
                                at.toString(),
                                defaults.segmentCountPerNode(),
                                unit.incrementalRepair() ? RepairParallelism.PARALLEL : defaults.repairParallelism(),
                                defaults.repairIntensity(),
                                false,
                                -1,
                                false))
                instanceof Outcome.Accepted<?>;
    }
}
