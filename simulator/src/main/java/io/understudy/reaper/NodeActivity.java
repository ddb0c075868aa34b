package io.understudy.reaper;

import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.Keyspace;
import io.understudy.reaper.cassandra.RepairActivity;
import io.understudy.reaper.cassandra.RepairActivity.RunningRepair;
import io.understudy.reaper.cassandra.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** What the repairs of this Reaper ask of the nodes, for the nodes' statistics. */
final class NodeActivity {
    private final AppContext context;
    private final Map<String, Map<String, Long>> completed = new TreeMap<>();

    /** @param completed by cluster and node: how many repairs of tables are over */
    record State(Map<String, Map<String, Long>> completed) {
        static final State NONE = new State(Map.of());
    }

    NodeActivity(AppContext context) {
        this.context = context;
    }

    State state() {
        Map<String, Map<String, Long>> copy = new TreeMap<>();
        completed.forEach((cluster, nodes) -> copy.put(cluster, new TreeMap<>(nodes)));
        return new State(copy);
    }

    void restore(State state) {
        completed.clear();
        state.completed().forEach((cluster, nodes) -> completed.put(cluster, new TreeMap<>(nodes)));
    }

    /** The attempt's repair is over. */
    void completed(SegmentRunner attempt, RepairRun run) {
        Map<String, Long> nodes = completed.computeIfAbsent(run.plan().clusterName(), name -> new TreeMap<>());
        long repairs = run.plan().tables().size();
        hosts(attempt).forEach(host -> nodes.merge(host, repairs, Long::sum));
    }

    private static Collection<String> hosts(SegmentRunner attempt) {
        List<String> replicas = attempt.segment().replicas().hosts();
        // a repair by node does not say who else takes part
        return replicas.isEmpty() ? attempt.coordinator().stream().toList() : replicas;
    }

    /** What is asked of that node. */
    RepairActivity of(Collection<RepairRunner> runners, String clusterName, String host) {
        List<RunningRepair> running = new ArrayList<>();
        for (RepairRunner runner : runners) {
            if (runner.run().plan().clusterName().equals(clusterName)) {
                runner.attempts().stream()
                        .filter(attempt ->
                                attempt.isUnderRepair() && hosts(attempt).contains(host))
                        .forEach(attempt -> running.addAll(repairs(attempt, runner.run())));
            }
        }
        long over = completed.getOrDefault(clusterName, Map.of()).getOrDefault(host, 0L);
        return new RepairActivity(running, over);
    }

    private List<RunningRepair> repairs(SegmentRunner attempt, RepairRun run) {
        Optional<Coordinators> coordinators = Coordinators.of(context, run);
        Optional<Keyspace> keyspace = coordinators.flatMap(Coordinators::keyspace);
        if (keyspace.isEmpty()) {
            return List.of();
        }
        double share = Math.min(1, coordinators.get().share(attempt.segment()) * nodesPerReplica(attempt, run));
        return run.plan().tables().stream()
                .map(keyspace.get()::table)
                .flatMap(Optional::stream)
                .map(table -> repair(attempt, run, table, share))
                .toList();
    }

    /** A node has only a part of the ring: of what is on its disk a segment is a larger share than of the ring. */
    private double nodesPerReplica(SegmentRunner attempt, RepairRun run) {
        int nodes = context.store()
                .cluster(run.plan().clusterName())
                .flatMap(context.management()::cassandra)
                .map(CassandraCluster::nodes)
                .map(List::size)
                .orElse(1);
        return (double) nodes / Math.max(1, attempt.segment().replicas().size());
    }

    private static RunningRepair repair(SegmentRunner attempt, RepairRun run, Table table, double share) {
        String key = attempt.segmentId() + "/" + attempt.number() + "/" + table.name();
        return new RunningRepair(
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)),
                run.plan().keyspaceName(),
                table.name(),
                (long) (table.bytes() * share),
                attempt.since().orElseThrow());
    }
}
