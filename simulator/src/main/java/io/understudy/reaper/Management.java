package io.understudy.reaper;

import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.reaper.cassandra.Universe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What Reaper sees of the nodes it manages: the universe of Cassandra clusters under the {@link Conditions} in force (upstream's
 * package {@code management}).
 */
final class Management {
    /** What upstream says when no node answers. */
    static final String UNREACHABLE = "no host could be reached through JMX";

    private final Universe universe;
    private final Conditions conditions;

    /** Worked out once: it is asked for with every replica of every candidate. */
    private final Map<String, String> symbolicNames = new HashMap<>();

    private Contacts contacts = (cluster, isReached) -> {};
    private UnaryOperator<CassandraCluster> memory = UnaryOperator.identity();

    /** Who keeps in mind which clusters could be reached. */
    interface Contacts {
        /** Reaper has tried to connect to that registered cluster. */
        void tried(Cluster cluster, boolean isReached);
    }

    Management(Universe universe, Conditions conditions) {
        this.universe = universe;
        this.conditions = conditions;
    }

    void listen(Contacts newContacts) {
        contacts = newContacts;
    }

    /** Has version, tables and ranges of clusters read as that memory has them. */
    void remember(UnaryOperator<CassandraCluster> newMemory) {
        memory = newMemory;
    }

    /** The same as {@link #connect(Cluster)}, for version, tables and ranges, which Reaper may know from a while ago. */
    Optional<CassandraCluster> metadata(Cluster cluster) {
        return connect(cluster).map(memory);
    }

    /** The Cassandra cluster that a registered one stands for, if a node of it can be reached. */
    Optional<CassandraCluster> connect(Cluster cluster) {
        Optional<CassandraCluster> reached = cluster.seedHosts().stream()
                .map(this::connect)
                .flatMap(Optional::stream)
                .findFirst();
        contacts.tried(cluster, reached.isPresent());
        return reached;
    }

    /** The cluster of that node, if the node can be reached. */
    Optional<CassandraCluster> connect(String host) {
        return universe.byHost(host)
                .filter(cluster -> cluster.node(host)
                        .filter(node -> isReachable(cluster, node))
                        .isPresent());
    }

    /** The Cassandra cluster that a registered one stands for, whether or not it can be reached. */
    Optional<CassandraCluster> cassandra(Cluster cluster) {
        for (String seed : cluster.seedHosts()) {
            Optional<CassandraCluster> found = universe.byHost(seed);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The node of a registered cluster, if it can be reached. */
    Optional<CassandraNode> connect(Cluster cluster, String host) {
        return cassandra(cluster)
                .flatMap(cassandra -> cassandra.node(host).filter(node -> isReachable(cassandra, node)));
    }

    /** Whether gossip holds the node to be up. */
    boolean isLive(CassandraCluster cluster, CassandraNode node) {
        return node.isUp() && !conditions.nodeDown(symbolicName(cluster), node.address());
    }

    /** Whether Reaper can connect to the node. */
    boolean isReachable(CassandraCluster cluster, CassandraNode node) {
        return isLive(cluster, node) && !conditions.jmxUnreachable(symbolicName(cluster), node.address());
    }

    /** The addresses of the live nodes. */
    List<String> liveNodes(CassandraCluster cluster) {
        return cluster.nodes().stream()
                .filter(node -> isLive(cluster, node) && !node.hasLeft())
                .map(CassandraNode::address)
                .toList();
    }

    /** How many compactions are pending on the node. */
    int pendingCompactions(CassandraCluster cluster, CassandraNode node) {
        return conditions
                .pendingCompactions(symbolicName(cluster), node.address())
                .orElseGet(() -> node.pendingCompactions().orElse(0));
    }

    private String symbolicName(CassandraCluster cluster) {
        return symbolicNames.computeIfAbsent(cluster.name(), Names::symbolic);
    }
}
