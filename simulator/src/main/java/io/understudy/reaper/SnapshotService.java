package io.understudy.reaper;

import io.understudy.reaper.ReaperConfiguration.DatacenterAvailability;
import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.reaper.cassandra.Keyspace;
import io.understudy.reaper.cassandra.TableSnapshot;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of nodes and of whole clusters (spec reaper 1.6). What is on the nodes is theirs; of those taken cluster-wide Reaper
 * keeps who took them, and why.
 */
final class SnapshotService {
    static final String DEFAULT_NAME = "reaper";
    static final String DEFAULT_OWNER = "reaper";
    static final String DEFAULT_CAUSE = "Snapshot taken with Reaper";

    private static final DateTimeFormatter SUFFIX =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss").withZone(ZoneOffset.UTC);
    private static final String WITHIN_FUTURE =
            "java.util.concurrent.ExecutionException: io.cassandrareaper.ReaperException: ";

    private final AppContext context;

    SnapshotService(AppContext context) {
        this.context = context;
    }

    /**
     * One table's part of a snapshot (spec reaper 2.7); owner, cause and date are there for those taken cluster-wide through Reaper.
     *
     * @param clusterName as Cassandra reports it
     */
    record Snapshot(
            TableSnapshot onNode,
            String host,
            @Nullable String owner,
            @Nullable String cause,
            @Nullable Instant creationDate,
            String clusterName) {}

    /** @param snapshotName as given; null = not given */
    String effectiveName(@Nullable String snapshotName) {
        return (snapshotName == null ? DEFAULT_NAME : snapshotName) + "-" + SUFFIX.format(context.now());
    }

    /**
     * Takes a snapshot on one node, and gives back its effective name.
     *
     * @param keyspace null = all; the empty text is a keyspace of that name
     */
    Outcome<String> take(String clusterName, String host, @Nullable String keyspace, @Nullable String snapshotName) {
        if (context.configuration().datacenterAvailability() == DatacenterAvailability.SIDECAR) {
            return Outcome.refused(new Refusal.NotFound("Snapshots aren't yet supported in sidecar mode"));
        }
        return ClusterLookup.SNAPSHOT_OF_HOST.find(context, clusterName).then(cluster -> {
            Optional<CassandraNode> node = context.management().connect(cluster, host);
            if (node.isEmpty()) {
                return Outcome.refused(new Refusal.Failed(Management.UNREACHABLE));
            }
            CassandraCluster cassandra = context.management().cassandra(cluster).orElseThrow();
            return take(cassandra, List.of(node.get()), keyspace, effectiveName(snapshotName), "");
        });
    }

    /**
     * Takes a snapshot on all nodes, and gives back its effective name.
     *
     * @param keyspace null or empty = all
     */
    Outcome<String> takeClusterWide(
            String clusterName,
            @Nullable String keyspace,
            @Nullable String snapshotName,
            @Nullable String owner,
            @Nullable String cause) {
        return ClusterLookup.SNAPSHOT_OF_CLUSTER.find(context, clusterName).then(cluster -> {
            Optional<CassandraCluster> cassandra = context.management().connect(cluster);
            if (cassandra.isEmpty()) {
                return Outcome.refused(new Refusal.Failed(Management.UNREACHABLE));
            }
            String name = effectiveName(snapshotName);
            // spec reaper 1.6: the record is written before the nodes are asked, whatever they say
            context.store().snapshots().removeIf(it -> isOf(it, cluster, name));
            context.store()
                    .snapshots()
                    .add(new SnapshotRecord(
                            cluster.name(),
                            name,
                            owner == null ? DEFAULT_OWNER : owner,
                            cause == null ? DEFAULT_CAUSE : cause,
                            context.now()));
            String wanted = keyspace == null || keyspace.isEmpty() ? null : keyspace;
            List<CassandraNode> live = cassandra.get().nodes().stream()
                    .filter(node -> context.management().isLive(cassandra.get(), node) && !node.hasLeft())
                    .toList();
            if (live.stream().anyMatch(node -> !context.management().isReachable(cassandra.get(), node))) {
                return Outcome.refused(new Refusal.Failed(WITHIN_FUTURE + Management.UNREACHABLE));
            }
            return take(cassandra.get(), live, wanted, name, WITHIN_FUTURE);
        });
    }

    private Outcome<String> take(
            CassandraCluster cassandra,
            List<CassandraNode> nodes,
            @Nullable String keyspace,
            String name,
            String exceptionsAround) {
        Optional<Keyspace> found = keyspace == null ? Optional.empty() : cassandra.keyspace(keyspace);
        if (keyspace != null && found.isEmpty()) {
            return Outcome.refused(new Refusal.Failed(
                    exceptionsAround + "java.io.IOException: Keyspace " + keyspace + " does not exist"));
        }
        List<Keyspace> keyspaces = found.map(List::of).orElseGet(cassandra::keyspaces);
        for (CassandraNode node : nodes) {
            String complaint = switch (node.takeSnapshot(name, keyspaces)) {
                case TAKEN -> "";
                case ALREADY_EXISTS -> "java.io.IOException: Snapshot " + name + " already exists.";
                case NO_SPACE_LEFT -> "java.io.IOException: No space left on device";
            };
            if (!complaint.isEmpty()) {
                return Outcome.refused(new Refusal.Failed(exceptionsAround + complaint));
            }
        }
        context.emit("snapshotTaken", Map.of("snapshot", name, "nodes", nodes.size()));
        return Outcome.of(name);
    }

    /** The snapshots of one node: name to entries. */
    Outcome<Map<String, List<Snapshot>>> list(String clusterName, String host) {
        return ClusterLookup.SNAPSHOT_OF_HOST.find(context, clusterName).then(cluster -> {
            Optional<CassandraNode> node = context.management().connect(cluster, host);
            if (node.isEmpty()) {
                return Outcome.refused(new Refusal.Failed(Management.UNREACHABLE));
            }
            return cannotList(node.get())
                    ? Outcome.refused(new Refusal.Unexpected())
                    : Outcome.of(byName(cluster, node.get()));
        });
    }

    /** The snapshots of all nodes that can be reached: name to host to entries. */
    Outcome<Map<String, Map<String, List<Snapshot>>>> listClusterWide(String clusterName) {
        return ClusterLookup.SNAPSHOT_OF_CLUSTER.find(context, clusterName).then(cluster -> {
            List<CassandraNode> nodes = reachable(cluster);
            if (nodes.isEmpty()) {
                return Outcome.refused(new Refusal.Failed(Management.UNREACHABLE));
            }
            if (nodes.stream().anyMatch(SnapshotService::cannotList)) {
                return Outcome.refused(
                        new Refusal.NotImplemented("Listing snapshots is not supported with Cassandra 2.0 and prior."));
            }
            Map<String, Map<String, List<Snapshot>>> found = new TreeMap<>();
            for (CassandraNode node : nodes) {
                byName(cluster, node)
                        .forEach((name, entries) -> found.computeIfAbsent(name, key -> new TreeMap<>())
                                .put(node.address(), entries));
            }
            return Outcome.of(found);
        });
    }

    private static boolean cannotList(CassandraNode node) {
        return RepairTarget.isBefore(node.version(), 2, 1);
    }

    private List<CassandraNode> reachable(Cluster cluster) {
        return context.management()
                .connect(cluster)
                .map(cassandra -> cassandra.nodes().stream()
                        .filter(node -> context.management().isReachable(cassandra, node))
                        .toList())
                .orElse(List.of());
    }

    private Map<String, List<Snapshot>> byName(Cluster cluster, CassandraNode node) {
        String reported = context.management().cassandra(cluster).orElseThrow().name();
        Map<String, List<Snapshot>> found = new TreeMap<>();
        for (TableSnapshot entry : node.snapshots()) {
            Optional<SnapshotRecord> taken = context.store().snapshots().stream()
                    .filter(it -> isOf(it, cluster, entry.name()))
                    .findFirst();
            found.computeIfAbsent(entry.name(), name -> new ArrayList<>())
                    .add(new Snapshot(
                            entry,
                            node.address(),
                            taken.map(SnapshotRecord::owner).orElse(null),
                            taken.map(SnapshotRecord::cause).orElse(null),
                            taken.map(SnapshotRecord::creationDate).orElse(null),
                            reported));
        }
        return found;
    }

    private static boolean isOf(SnapshotRecord snapshot, Cluster cluster, String name) {
        return snapshot.clusterName().equals(cluster.name()) && snapshot.name().equals(name);
    }

    /** Clears a snapshot on one node. */
    Outcome<String> clear(String clusterName, String host, String snapshotName) {
        return ClusterLookup.SNAPSHOT_OF_HOST.find(context, clusterName).then(cluster -> {
            Optional<CassandraNode> node = context.management().connect(cluster, host);
            if (node.isEmpty()) {
                return Outcome.refused(new Refusal.Failed(Management.UNREACHABLE));
            }
            return node.get().clearSnapshot(snapshotName)
                    ? Outcome.of(snapshotName)
                    : Outcome.refused(new Refusal.NotFound(""));
        });
    }

    /** Clears a snapshot wherever it can be reached; a node that fails does not matter. */
    Outcome<String> clearClusterWide(String clusterName, String snapshotName) {
        return ClusterLookup.SNAPSHOT_OF_CLUSTER.find(context, clusterName).then(cluster -> {
            boolean isOneFound = false;
            for (CassandraNode node : reachable(cluster)) {
                isOneFound |= node.clearSnapshot(snapshotName);
            }
            context.store().snapshots().removeIf(it -> isOf(it, cluster, snapshotName));
            return isOneFound ? Outcome.of(snapshotName) : Outcome.refused(new Refusal.NotFound(""));
        });
    }
}
