package io.understudy.reaper.cassandra;

import io.understudy.reaper.cassandra.CassandraNode.State;
import io.understudy.reaper.cassandra.Replication.NetworkTopologyStrategy;
import io.understudy.reaper.cassandra.Replication.SimpleStrategy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/** The ready-made clusters (spec reaper 8.1): each call makes new ones, and always the same. */
public final class Universes {
    private static final String CASSANDRA_4 = "4.1.3";
    private static final String CASSANDRA_3 = "3.11.8";
    private static final String RACK = "rack1";

    /** With two to the power of 24 addresses in {@code 10.0.0.0/8} there is room left. */
    private static final int MAX_GRID_NODES = 100_000;

    /** Some gigabytes of memory; real clusters that large are unheard of. */
    private static final int MAX_GRID_TOKENS = 10_000_000;

    private static final long MEBIBYTE = 1L << 20;

    private Universes() {}

    /** {@code test} and {@code analytics}. */
    public static Universe standard() {
        return Universe.of(List.of(test().state(), analytics().state()));
    }

    /** What the suite of the Go client expects: {@code cluster-1}, {@code cluster-2} and {@code cluster-3}. */
    public static Universe goClient() {
        Keyspace tested = new Keyspace(
                "reaper_client_test", new SimpleStrategy(2), List.of(Table.empty("table1"), Table.empty("table2")));
        return Universe.of(List.of(
                goClientCluster("cluster-1", 2, List.of(tested)),
                goClientCluster("cluster-2", 2, List.of(tested)),
                goClientCluster("cluster-3", 1, List.of())));
    }

    /** Three nodes with one token each, as in the check values of spec reaper 3.5. */
    public static CassandraCluster test() {
        String name = "test";
        List<String> tokens = List.of("-9223372036854775808", "-3074457345618258603", "3074457345618258602");
        List<State> nodes = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            State node = State.healthy(
                    name,
                    "127.0.0." + (i + 1),
                    "dc1",
                    "rack" + (i + 1),
                    List.of(new BigInteger(tokens.get(i))),
                    CASSANDRA_4);
            nodes.add(i == 0 ? asInTheGoldenExample(node) : node);
        }
        Replication threefold = new NetworkTopologyStrategy(Map.of("dc1", 3));
        return CassandraCluster.of(new CassandraCluster.State(
                name,
                Partitioner.MURMUR3.className(),
                CASSANDRA_4,
                nodes,
                List.of(
                        new Keyspace(
                                "shop",
                                threefold,
                                List.of(
                                        new Table("users", Table.SIZE_TIERED, 48 * MEBIBYTE),
                                        new Table("orders", Table.SIZE_TIERED, 160 * MEBIBYTE),
                                        new Table("events_twcs", Table.TIME_WINDOW, 320 * MEBIBYTE))),
                        new Keyspace(
                                "booya",
                                threefold,
                                List.of(
                                        Table.empty("booya1"),
                                        Table.empty("booya2"),
                                        new Table("booya_twcs", Table.TIME_WINDOW, 0))),
                        SystemKeyspaces.system(),
                        SystemKeyspaces.systemAuth(),
                        SystemKeyspaces.systemSchema())));
    }

    /** Spec reaper 7.5 shows the first node of {@code test}. */
    private static State asInTheGoldenExample(State node) {
        return new State(
                node.address(),
                UUID.fromString("f091f82b-ce2c-40ee-b30c-6e761e94e821"),
                node.datacenter(),
                node.rack(),
                node.type(),
                node.tokens(),
                node.version(),
                node.gossipStatus(),
                node.liveness(),
                15,
                4_043_215.0,
                node.severity(),
                node.pendingCompactions(),
                node.activeCompactions(),
                node.overrides(),
                node.percentRepaired(),
                node.snapshots());
    }

    /** Four nodes in two datacenters, 16 vnodes each. */
    public static CassandraCluster analytics() {
        String name = "analytics";
        Vnodes vnodes = new Vnodes(name);
        List<State> nodes = IntStream.rangeClosed(1, 4)
                .mapToObj(i ->
                        State.healthy(name, "10.0.0." + i, i <= 2 ? "dc1" : "dc2", RACK, vnodes.next(16), CASSANDRA_3))
                .toList();
        Keyspace telemetry = new Keyspace(
                "telemetry",
                new NetworkTopologyStrategy(Map.of("dc1", 1, "dc2", 1)),
                List.of(
                        new Table("points", Table.SIZE_TIERED, 900 * MEBIBYTE),
                        new Table("rollups", Table.SIZE_TIERED, 70 * MEBIBYTE)));
        return cluster(name, CASSANDRA_3, nodes, List.of(telemetry));
    }

    private static CassandraCluster.State goClientCluster(String name, int nodeCount, List<Keyspace> keyspaces) {
        Vnodes vnodes = new Vnodes(name);
        List<State> nodes = IntStream.range(0, nodeCount)
                .mapToObj(i ->
                        State.healthy(name, name + "-node-" + i, "datacenter1", RACK, vnodes.next(32), CASSANDRA_3))
                .toList();
        return cluster(name, CASSANDRA_3, nodes, keyspaces).state();
    }

    /**
     * A big cluster in one datacenter {@code dc1} with three racks, and in it a keyspace {@code grid} with a table {@code cells}.
     *
     * @throws IllegalArgumentException unless there are 1 to 100,000 nodes with at least one token each and 10 million in all
     */
    public static CassandraCluster grid(String name, int nodes, int vnodesPerNode, int replicationFactor) {
        return grid(name, nodes, vnodesPerNode, replicationFactor, 1, 3);
    }

    /**
     * A big cluster: the nodes {@code 10.1.0.1}, {@code 10.1.0.2}, … are dealt out to datacenters {@code dc1}, {@code dc2}, … and within
     * each to racks {@code rack1}, {@code rack2}, … in turn. In it a keyspace {@code grid} with a table {@code cells}.
     *
     * @param replicationFactor in each datacenter
     * @throws IllegalArgumentException unless there are 1 to 100,000 nodes with at least one token each and 10 million in
     *     all, and at least one datacenter and rack
     */
    public static CassandraCluster grid(
            String name, int nodes, int vnodesPerNode, int replicationFactor, int datacenters, int racksPerDatacenter) {
        if (nodes < 1
                || nodes > MAX_GRID_NODES
                || vnodesPerNode < 1
                || (long) nodes * vnodesPerNode > MAX_GRID_TOKENS
                || datacenters < 1
                || racksPerDatacenter < 1) {
            throw new IllegalArgumentException("no such grid: " + nodes + " nodes with " + vnodesPerNode
                    + " tokens each in " + datacenters + " datacenters with " + racksPerDatacenter + " racks");
        }
        Vnodes vnodes = new Vnodes(name);
        List<State> states = IntStream.range(0, nodes)
                .mapToObj(i -> State.healthy(
                        name,
                        gridAddress(i + 1),
                        "dc" + (1 + i % datacenters),
                        "rack" + (1 + i / datacenters % racksPerDatacenter),
                        vnodes.next(vnodesPerNode),
                        CASSANDRA_4))
                .toList();
        Map<String, Integer> replicationFactors = new TreeMap<>();
        IntStream.rangeClosed(1, datacenters).forEach(i -> replicationFactors.put("dc" + i, replicationFactor));
        Keyspace grid = new Keyspace(
                "grid",
                new NetworkTopologyStrategy(replicationFactors),
                List.of(new Table("cells", Table.SIZE_TIERED, 100 * MEBIBYTE)));
        return cluster(name, CASSANDRA_4, states, List.of(grid));
    }

    private static String gridAddress(int number) {
        return "10." + (1 + (number >> 16)) + "." + (number >> 8 & 0xff) + "." + (number & 0xff);
    }

    private static CassandraCluster cluster(String name, String version, List<State> nodes, List<Keyspace> keyspaces) {
        List<Keyspace> all = new ArrayList<>(keyspaces);
        all.addAll(SystemKeyspaces.all());
        return CassandraCluster.of(
                new CassandraCluster.State(name, Partitioner.MURMUR3.className(), version, nodes, all));
    }

    /** The tokens of a cluster's vnodes, spread over Murmur3's ring as if at random. */
    private static final class Vnodes {
        private final Derivation derived;
        private final Set<Long> taken = new HashSet<>();
        private int drawn;

        Vnodes(String cluster) {
            derived = Derivation.of(cluster + "/tokens");
        }

        List<BigInteger> next(int count) {
            List<BigInteger> tokens = new ArrayList<>(count);
            while (tokens.size() < count) {
                long token = derived.number(Integer.toString(drawn++));
                if (taken.add(token)) {
                    tokens.add(BigInteger.valueOf(token));
                }
            }
            return tokens;
        }
    }
}
