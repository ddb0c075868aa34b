package io.understudy.reaper;

import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.reaper.cassandra.Keyspace;
import io.understudy.reaper.cassandra.Table;
import io.understudy.world.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects how much of the tables of incremental schedules is repaired, while there are such schedules (spec reaper 2.8). */
final class PercentRepairedMonitor implements Service {
    /** How far back the API shows metrics (spec reaper 1.5.8). */
    private static final Duration SHOWN = Duration.ofHours(1);

    private final AppContext context;
    private final Map<UUID, List<PercentRepairedMetric>> metrics = new TreeMap<>(TimeUuids.ORDER);
    private Runnable listener = () -> {};
    private Instant startedAt = Instant.EPOCH;
    private @Nullable Instant nextCollection;

    /**
     * What is remembered.
     *
     * @param metrics the last ones of every schedule, one of each node
     * @param startedAt when the process started; collections are whole intervals after that
     * @param nextCollection when the planned one is; null = none is planned
     */
    record State(
            List<PercentRepairedMetric> metrics,
            Instant startedAt,
            @Nullable Instant nextCollection) {
        static final State EMPTY = new State(List.of(), Instant.EPOCH, null);
    }

    /** Percent repaired is collected. */
    record CollectPercentRepaired() implements Event {}

    PercentRepairedMonitor(AppContext context) {
        this.context = context;
    }

    /** Has the listener called after each collection. */
    void listen(Runnable newListener) {
        listener = newListener;
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(CollectPercentRepaired.class);
    }

    @Override
    public void start() {
        startedAt = context.now();
        nextCollection = null;
        context.timers().cancelIf(CollectPercentRepaired.class::isInstance);
        plan();
    }

    /** To be called when schedules have changed. */
    void plan() {
        if (nextCollection == null && hasIncrementalSchedules()) {
            long interval =
                    context.configuration().percentRepairedCheckInterval().toMillis();
            long passed = Duration.between(startedAt, context.now()).toMillis() / interval;
            nextCollection = startedAt.plusMillis(interval * (passed + 1));
            context.at(nextCollection, new CollectPercentRepaired());
        }
    }

    private boolean hasIncrementalSchedules() {
        return context.store().schedules().stream().anyMatch(this::isIncremental);
    }

    private boolean isIncremental(RepairSchedule schedule) {
        return context.store().requireUnit(schedule.repairUnitId()).incrementalRepair();
    }

    @Override
    public void handle(Event event) {
        nextCollection = null;
        metrics.keySet().removeIf(id -> context.store().schedule(id).isEmpty());
        for (RepairSchedule schedule : context.store().schedules()) {
            if (isIncremental(schedule)) {
                collect(schedule);
            }
        }
        plan();
        listener.run();
    }

    private void collect(RepairSchedule schedule) {
        RepairUnit unit = context.store().requireUnit(schedule.repairUnitId());
        Optional<CassandraCluster> cassandra =
                context.store().cluster(unit.clusterName()).flatMap(context.management()::connect);
        Optional<Keyspace> keyspace = cassandra.flatMap(it -> it.keyspaceIgnoringCase(unit.keyspaceName()));
        if (cassandra.isPresent() && keyspace.isPresent()) {
            metrics.put(
                    schedule.id(),
                    cassandra.get().nodes().stream()
                            .filter(node -> context.management().isReachable(cassandra.get(), node))
                            .map(node -> worst(schedule, unit, keyspace.get(), node))
                            .flatMap(Optional::stream)
                            .toList());
        }
    }

    /** The table with the lowest percentage stands for the node. */
    private Optional<PercentRepairedMetric> worst(
            RepairSchedule schedule, RepairUnit unit, Keyspace keyspace, CassandraNode node) {
        return keyspace.tables().stream()
                .filter(table ->
                        unit.columnFamilies().isEmpty() || unit.columnFamilies().contains(table.name()))
                .filter(table -> !unit.blacklistedTables().contains(table.name()))
                .min(Comparator.comparingInt((Table table) -> node.percentRepaired(keyspace.name(), table)))
                .map(table -> new PercentRepairedMetric(
                        unit.clusterName(),
                        node.address(),
                        schedule.id(),
                        keyspace.name(),
                        table.name(),
                        node.percentRepaired(keyspace.name(), table),
                        context.now()));
    }

    /** Those of a schedule that the API shows; none for a cluster that is not the schedule's. */
    List<PercentRepairedMetric> metrics(String clusterName, UUID scheduleId) {
        return since(scheduleId, SHOWN)
                .filter(metric -> metric.cluster().equals(clusterName))
                .toList();
    }

    /** How much is not repaired on the best node, as the last collection says if it is not older than a minute over the interval. */
    OptionalInt percentUnrepaired(UUID scheduleId) {
        OptionalInt repaired = since(scheduleId, freshness())
                .mapToInt(PercentRepairedMetric::percentRepaired)
                .max();
        return repaired.isEmpty() ? repaired : OptionalInt.of(100 - repaired.getAsInt());
    }

    /** Until when what was last collected for a schedule counts. */
    Optional<Instant> freshUntil(UUID scheduleId) {
        return metrics.getOrDefault(scheduleId, List.of()).stream()
                .findFirst()
                .map(metric -> metric.collectedAt().plus(freshness()));
    }

    private Duration freshness() {
        return context.configuration().percentRepairedCheckInterval().plusMinutes(1);
    }

    private Stream<PercentRepairedMetric> since(UUID scheduleId, Duration age) {
        Instant oldest = context.now().minus(age);
        return metrics.getOrDefault(scheduleId, List.of()).stream()
                .filter(metric -> !metric.collectedAt().isBefore(oldest));
    }

    /** What an incremental run has gone through is repaired. */
    void repaired(RepairRun run, RepairUnit unit) {
        Optional<CassandraCluster> cassandra =
                context.store().cluster(unit.clusterName()).flatMap(context.management()::cassandra);
        Optional<Keyspace> keyspace = cassandra.flatMap(it -> it.keyspaceIgnoringCase(unit.keyspaceName()));
        if (cassandra.isPresent() && keyspace.isPresent()) {
            for (CassandraNode node : cassandra.get().nodes()) {
                if ((unit.nodes().isEmpty() || unit.nodes().contains(node.address()))
                        && (unit.datacenters().isEmpty() || unit.datacenters().contains(node.datacenter()))) {
                    run.plan()
                            .tables()
                            .forEach(table ->
                                    node.setPercentRepaired(keyspace.get().name(), table, 100));
                }
            }
        }
    }

    State state() {
        return new State(metrics.values().stream().flatMap(List::stream).toList(), startedAt, nextCollection);
    }

    void restore(State state) {
        metrics.clear();
        state.metrics().stream()
                .collect(Collectors.groupingBy(PercentRepairedMetric::repairScheduleId))
                .forEach(metrics::put);
        startedAt = state.startedAt();
        nextCollection = state.nextCollection();
    }
}
