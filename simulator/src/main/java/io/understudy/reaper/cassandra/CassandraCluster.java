package io.understudy.reaper.cassandra;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One Cassandra cluster: its nodes, its keyspaces, and who holds which part of the ring. */
public final class CassandraCluster {
    private final String name;
    private final Partitioner partitioner;
    private final String version;
    private final Map<String, CassandraNode> nodes = new LinkedHashMap<>();
    private final Map<String, Keyspace> keyspaces = new LinkedHashMap<>();

    /** Worked out from the nodes when it is asked for; gone with every change of the topology. */
    private @Nullable Ring ring;

    private final Map<Replication, List<ReplicatedRange>> ranges = new HashMap<>();

    private CassandraCluster(State state) {
        name = state.name();
        partitioner = new Partitioner(state.partitioner());
        version = state.version();
        state.nodes().forEach(this::addNode);
        state.keyspaces().forEach(this::addKeyspace);
    }

    /**
     * A cluster as a value.
     *
     * @param partitioner the name of its class
     */
    public record State(
            String name,
            String partitioner,
            String version,
            List<CassandraNode.State> nodes,
            List<Keyspace> keyspaces) {
        public State {
            nodes = List.copyOf(nodes);
            keyspaces = List.copyOf(keyspaces);
        }
    }

    /**
     * A cluster like that.
     *
     * <p>Tokens are not checked: two nodes with the same one is a fault that Reaper has an answer to (spec reaper 3.5).
     *
     * @throws IllegalArgumentException if two nodes have the same address, or two keyspaces the same name
     */
    public static CassandraCluster of(State state) {
        return new CassandraCluster(state);
    }

    /** All of the cluster as a value. */
    public State state() {
        return new State(
                name,
                partitioner.className(),
                version,
                nodes.values().stream().map(CassandraNode::state).toList(),
                keyspaces());
    }

    /** As Cassandra reports it, e.g. {@code Test Cluster}. */
    public String name() {
        return name;
    }

    public Partitioner partitioner() {
        return partitioner;
    }

    /** The release that the cluster was set up with, e.g. {@code 4.1.3}; a node may have another. */
    public String version() {
        return version;
    }

    /** All nodes, in the order in which they came. */
    public List<CassandraNode> nodes() {
        return List.copyOf(nodes.values());
    }

    /** The node of exactly that address. */
    public Optional<CassandraNode> node(String address) {
        return Optional.ofNullable(nodes.get(address));
    }

    /** The nodes that are up and have not left: Cassandra's live nodes. */
    public List<CassandraNode> liveNodes() {
        return nodes.values().stream()
                .filter(node -> node.isUp() && !node.hasLeft())
                .toList();
    }

    /** What the nodes know of each other by gossip, told by that one. */
    public GossipInfo gossip(String sourceNode) {
        return GossipInfo.of(sourceNode, nodes.values());
    }

    /** All keyspaces, in the order in which they came. */
    public List<Keyspace> keyspaces() {
        return List.copyOf(keyspaces.values());
    }

    /** The keyspace of exactly that name. */
    public Optional<Keyspace> keyspace(String keyspaceName) {
        return Optional.ofNullable(keyspaces.get(keyspaceName));
    }

    /** The keyspace of that name, or else the first whose name differs in upper and lower case only. */
    public Optional<Keyspace> keyspaceIgnoringCase(String keyspaceName) {
        return keyspace(keyspaceName)
                .or(() -> keyspaces.values().stream()
                        .filter(keyspace -> keyspace.name().equalsIgnoreCase(keyspaceName))
                        .findFirst());
    }

    /** All tokens, ascending; unmodifiable. */
    public List<BigInteger> tokens() {
        return ring().tokens();
    }

    /**
     * The ranges of the ring and who holds the keyspace's data of each: one per token, from that token to the next, the last over
     * the end of the ring. Unmodifiable. The first call after a change of the topology works it out.
     */
    public List<ReplicatedRange> ranges(Keyspace keyspace) {
        return ranges.computeIfAbsent(
                keyspace.replication(), replication -> ReplicaPlacement.ranges(ring(), replication));
    }

    /** The range of the ring that all of the given one lies in; empty when a token lies between, or there are no tokens. */
    public Optional<ReplicatedRange> enclosing(Keyspace keyspace, TokenRange range) {
        if (tokens().isEmpty()) {
            return Optional.empty();
        }
        ReplicatedRange candidate = ranges(keyspace).get(ring().rangeOf(range.end()));
        return candidate.range().encloses(range) ? Optional.of(candidate) : Optional.empty();
    }

    private Ring ring() {
        Ring known = ring;
        if (known == null) {
            known = new Ring(nodes.values());
            ring = known;
        }
        return known;
    }

    private void forgetRing() {
        ring = null;
        ranges.clear();
    }

    /**
     * Adds a node; its tokens are in the ring at once.
     *
     * @throws IllegalArgumentException if there is a node of that address
     */
    public CassandraNode addNode(CassandraNode.State state) {
        CassandraNode node = CassandraNode.of(state);
        if (nodes.putIfAbsent(node.address(), node) != null) {
            throw new IllegalArgumentException("cluster " + name + " has a node " + node.address() + " already");
        }
        forgetRing();
        return node;
    }

    /**
     * Takes a node and its tokens away, as if it had been decommissioned long ago. For one that gossip still remembers, set its
     * gossip status.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public void removeNode(String address) {
        requireNode(address);
        nodes.remove(address);
        forgetRing();
    }

    /**
     * Gives a node another token in the place of one of its own.
     *
     * @throws IllegalArgumentException if there is no such node, or it has no such token
     */
    public void moveToken(String address, BigInteger from, BigInteger to) {
        requireNode(address).replaceToken(from, to);
        forgetRing();
    }

    /**
     * Creates a keyspace.
     *
     * @throws IllegalArgumentException if there is a keyspace of that name
     */
    public void addKeyspace(Keyspace keyspace) {
        if (keyspaces.putIfAbsent(keyspace.name(), keyspace) != null) {
            throw new IllegalArgumentException("cluster " + name + " has a keyspace " + keyspace.name() + " already");
        }
    }

    /**
     * Drops a keyspace with its tables.
     *
     * @throws IllegalArgumentException if there is no such keyspace
     */
    public void dropKeyspace(String keyspaceName) {
        requireKeyspace(keyspaceName);
        keyspaces.remove(keyspaceName);
        ranges.keySet()
                .retainAll(
                        keyspaces.values().stream().map(Keyspace::replication).toList());
    }

    /**
     * Creates a table.
     *
     * @throws IllegalArgumentException if there is no such keyspace, or it has a table of that name
     */
    public void addTable(String keyspaceName, Table table) {
        keyspaces.put(keyspaceName, requireKeyspace(keyspaceName).with(table));
    }

    /**
     * Drops a table.
     *
     * @throws IllegalArgumentException if there is no such keyspace or table
     */
    public void dropTable(String keyspaceName, String tableName) {
        Keyspace keyspace = requireKeyspace(keyspaceName);
        if (keyspace.table(tableName).isEmpty()) {
            throw new IllegalArgumentException("keyspace " + keyspaceName + " has no table " + tableName);
        }
        keyspaces.put(keyspaceName, keyspace.without(tableName));
    }

    private CassandraNode requireNode(String address) {
        return node(address)
                .orElseThrow(() -> new IllegalArgumentException("cluster " + name + " has no node " + address));
    }

    private Keyspace requireKeyspace(String keyspaceName) {
        return keyspace(keyspaceName)
                .orElseThrow(
                        () -> new IllegalArgumentException("cluster " + name + " has no keyspace " + keyspaceName));
    }
}
