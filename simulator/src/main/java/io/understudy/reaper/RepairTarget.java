package io.understudy.reaper;

import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import java.util.Collection;
import java.util.Optional;

/** Where a run or a schedule is to repair: finds the cluster, and checks whether it can do what is asked (spec reaper 1.4.3, rows 10 to 14). */
final class RepairTarget {
    private RepairTarget() {}

    /**
     * The cluster of that name.
     *
     * @param clusterName as given
     * @param incremental with the configured default for a request that does not say
     * @param subrange with the configured default for a request that does not say
     */
    static Outcome<Cluster> find(
            AppContext context,
            String clusterName,
            Collection<String> nodes,
            Collection<String> datacenters,
            boolean incremental,
            boolean subrange) {
        return ClusterLookup.REPAIR.find(context, clusterName).then(cluster -> {
            if (!nodes.isEmpty() && !datacenters.isEmpty()) {
                return bad("Parameters \"datacenters\" and \"nodes\" are mutually exclusive.");
            }
            if (!incremental && !subrange) {
                return Outcome.of(cluster);
            }
            Optional<String> version = version(context, cluster);
            if (version.isEmpty()) {
                return Outcome.refused(new Refusal.Failed("find version of cluster " + cluster.name() + " failed"));
            }
            if (subrange && isBefore(version.get(), 4, 0)) {
                return bad("Subrange incremental repair does not work with Cassandra versions before 4.0.0");
            }
            if (!subrange && isBefore(version.get(), 2, 1)) {
                return bad("Incremental repair does not work with Cassandra versions before 2.1");
            }
            return Outcome.of(cluster);
        });
    }

    private static Outcome<Cluster> bad(String message) {
        return Outcome.refused(new Refusal.BadRequest(message));
    }

    /** What the first node says that can be reached. */
    private static Optional<String> version(AppContext context, Cluster cluster) {
        Optional<CassandraCluster> cassandra = context.management().metadata(cluster);
        return cassandra.flatMap(it -> it.nodes().stream()
                .filter(node -> context.management().isReachable(it, node))
                .findFirst()
                .map(CassandraNode::version));
    }

    static boolean isBefore(String version, int major, int minor) {
        String[] parts = version.split("[.\\-]");
        int itsMajor = number(parts, 0);
        return itsMajor < major || itsMajor == major && number(parts, 1) < minor;
    }

    private static int number(String[] parts, int index) {
        return index < parts.length && parts[index].matches("\\d{1,6}") ? Integer.parseInt(parts[index]) : 0;
    }
}
