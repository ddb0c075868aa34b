package io.understudy.reaper;

import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.reaper.cassandra.CompactionStats;
import io.understudy.reaper.cassandra.DroppedMessages;
import io.understudy.reaper.cassandra.MetricsHistogram;
import io.understudy.reaper.cassandra.NodeStatistics;
import io.understudy.reaper.cassandra.ThreadPoolStat;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What nodes say of themselves (spec reaper 1.7, 1.8). */
final class NodeStatsService {
    private final AppContext context;
    private final RepairManager manager;
    private Instant worldStart = Instant.EPOCH;

    NodeStatsService(AppContext context, RepairManager manager) {
        this.context = context;
        this.manager = manager;
    }

    /** Counters count from that instant. */
    void begin(Instant start) {
        worldStart = start;
    }

    Instant worldStart() {
        return worldStart;
    }

    Outcome<List<ThreadPoolStat>> tpstats(String clusterName, String host) {
        return statistics(clusterName, host, NodeStatistics::threadPools);
    }

    Outcome<List<DroppedMessages>> dropped(String clusterName, String host) {
        return statistics(clusterName, host, NodeStatistics::droppedMessages);
    }

    Outcome<List<MetricsHistogram>> clientRequestLatencies(String clusterName, String host) {
        return statistics(clusterName, host, NodeStatistics::clientRequestLatencies);
    }

    Outcome<CompactionStats> compactions(String clusterName, String host) {
        return node(ClusterLookup.NODE, clusterName, host).map(found -> {
            CompactionStats stats = statistics(found).compactions();
            return new CompactionStats(
                    context.management().pendingCompactions(found.cassandra(), found.node()),
                    stats.activeCompactions());
        });
    }

    /** The node's tokens as text, in no particular order but always the same; none is an empty body. */
    Outcome<List<String>> tokens(String clusterName, String host) {
        return node(ClusterLookup.NODE, clusterName, host)
                .map(found -> found.node().tokens().stream()
                        .sorted()
                        .map(BigInteger::toString)
                        .toList());
    }

    /** Checks cluster and node; the nodes here stream nothing, so that there is nothing to list (spec reaper 1.8). */
    Outcome<List<String>> streams(String clusterName, String host) {
        return node(ClusterLookup.STREAMS, clusterName, host).map(found -> List.of());
    }

    private record Found(Cluster cluster, CassandraCluster cassandra, CassandraNode node) {}

    private Outcome<Found> node(ClusterLookup lookup, String clusterName, String host) {
        return lookup.find(context, clusterName).then(cluster -> {
            Optional<CassandraCluster> cassandra = context.management().cassandra(cluster);
            Optional<CassandraNode> node = context.management().connect(cluster, host);
            return cassandra.isPresent() && node.isPresent()
                    ? Outcome.of(new Found(cluster, cassandra.get(), node.get()))
                    : Outcome.refused(new Refusal.Failed(Management.UNREACHABLE));
        });
    }

    private <T> Outcome<T> statistics(String clusterName, String host, Function<NodeStatistics, T> which) {
        return node(ClusterLookup.NODE, clusterName, host).map(found -> which.apply(statistics(found)));
    }

    private NodeStatistics statistics(Found found) {
        return found.node()
                .statistics(
                        worldStart,
                        context.now(),
                        manager.activity(found.cluster().name(), found.node().address()));
    }
}
