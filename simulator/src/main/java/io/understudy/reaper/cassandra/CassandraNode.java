package io.understudy.reaper.cassandra;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One node: where it stands, what the others know of it, and what somebody has set by hand. Its tokens change through its
 * {@link CassandraCluster} only.
 */
public final class CassandraNode {
    /** The gossip state of a node in its ordinary life. */
    public static final String NORMAL = "NORMAL";

    /** Tables of all snapshots together; far above what a test looks at, and a client that never clears them meets a full disk in real life too. */
    public static final int MAX_TABLE_SNAPSHOTS = 100_000;

    private static final int FULLY_REPAIRED = 100;

    private final String address;
    private final UUID hostId;
    private final String datacenter;
    private final String rack;
    private final NodeType type;
    private final List<BigInteger> tokens;
    private final List<TableSnapshot> snapshots;
    private final Map<String, Integer> percentRepaired;
    private String version;
    private @Nullable String gossipStatus;
    private Liveness liveness;
    private int gossipVersion;
    private double load;
    private double severity;
    private @Nullable Integer pendingCompactions;
    private List<Compaction> activeCompactions;
    private StatisticsOverrides overrides;

    private CassandraNode(State state) {
        address = state.address();
        hostId = state.hostId();
        datacenter = state.datacenter();
        rack = state.rack();
        type = state.type();
        tokens = new ArrayList<>(state.tokens());
        version = state.version();
        gossipStatus = state.gossipStatus();
        liveness = state.liveness();
        gossipVersion = state.gossipVersion();
        load = state.load();
        severity = state.severity();
        pendingCompactions = state.pendingCompactions();
        activeCompactions = state.activeCompactions();
        overrides = state.overrides();
        percentRepaired = new TreeMap<>(state.percentRepaired());
        snapshots = new ArrayList<>(state.snapshots());
    }

    /** What came of a request for a snapshot. */
    public enum SnapshotOutcome {
        TAKEN,
        /** A keyspace has one of that name; Cassandra says {@code Snapshot <name> already exists.} */
        ALREADY_EXISTS,
        /** {@link #MAX_TABLE_SNAPSHOTS} is reached. */
        NO_SPACE_LEFT
    }

    /**
     * A node as a value.
     *
     * @param gossipStatus null when nothing is known
     * @param load bytes on its disk
     * @param pendingCompactions as set by hand, null when it was not
     * @param percentRepaired {@code keyspace.table} to percent, 0 to 100, as set by hand
     */
    public record State(
            String address,
            UUID hostId,
            String datacenter,
            String rack,
            NodeType type,
            List<BigInteger> tokens,
            String version,
            @Nullable String gossipStatus,
            Liveness liveness,
            int gossipVersion,
            double load,
            double severity,
            @Nullable Integer pendingCompactions,
            List<Compaction> activeCompactions,
            StatisticsOverrides overrides,
            Map<String, Integer> percentRepaired,
            List<TableSnapshot> snapshots) {
        public State {
            tokens = List.copyOf(tokens);
            activeCompactions = List.copyOf(activeCompactions);
            snapshots = List.copyOf(snapshots);
        }

        /** A healthy node. Its host id, load and gossip version are derived from the cluster's name and its address. */
        public static State healthy(
                String cluster,
                String address,
                String datacenter,
                String rack,
                List<BigInteger> tokens,
                String version) {
            Derivation derived = Derivation.of(cluster + "/" + address);
            return new State(
                    address,
                    derived.uuid("host-id"),
                    datacenter,
                    rack,
                    NodeType.CASSANDRA,
                    tokens,
                    version,
                    NORMAL,
                    Liveness.UP,
                    derived.between("gossip-version", 12, 40),
                    derived.between("load", 4_000_000, 5_000_000),
                    0.0,
                    null,
                    List.of(),
                    StatisticsOverrides.NONE,
                    Map.of(),
                    List.of());
        }
    }

    static CassandraNode of(State state) {
        return new CassandraNode(state);
    }

    /** All of the node as a value. */
    public State state() {
        return new State(
                address,
                hostId,
                datacenter,
                rack,
                type,
                tokens,
                version,
                gossipStatus,
                liveness,
                gossipVersion,
                load,
                severity,
                pendingCompactions,
                activeCompactions,
                overrides,
                new TreeMap<>(percentRepaired),
                snapshots);
    }

    /** What it is called in the ring: an IP address or a host name. */
    public String address() {
        return address;
    }

    public UUID hostId() {
        return hostId;
    }

    public String datacenter() {
        return datacenter;
    }

    public String rack() {
        return rack;
    }

    public NodeType type() {
        return type;
    }

    /** Its own tokens, in no particular order. */
    public List<BigInteger> tokens() {
        return List.copyOf(tokens);
    }

    void replaceToken(BigInteger from, BigInteger to) {
        int place = tokens.indexOf(from);
        if (place < 0) {
            throw new IllegalArgumentException(address + " has no token " + from);
        }
        tokens.set(place, to);
    }

    /** Its release, e.g. {@code 4.1.3}. */
    public String version() {
        return version;
    }

    /** Up- or downgrades it. */
    public void setVersion(String release) {
        version = release;
    }

    /** {@code NORMAL}, {@code LEAVING}, {@code left}, …; empty when nothing is known. */
    public Optional<String> gossipStatus() {
        return Optional.ofNullable(gossipStatus);
    }

    /** Changes what gossip says of it; the ring stays. Null for nothing. */
    public void setGossipStatus(@Nullable String status) {
        gossipStatus = status;
    }

    /** Whether gossip says that it is gone: its status contains "left" or "removed" (spec reaper 2.3). */
    public boolean hasLeft() {
        String status = gossipStatus == null ? "" : gossipStatus.toLowerCase(Locale.ROOT);
        return status.contains("left") || status.contains("removed");
    }

    public Liveness liveness() {
        return liveness;
    }

    /** The switch by hand: a node that is not {@link Liveness#UP} can neither be reached nor repaired. */
    public void setLiveness(Liveness value) {
        liveness = value;
    }

    /** Whether Reaper can reach it. */
    public boolean isUp() {
        return liveness == Liveness.UP;
    }

    /** {@link #setLiveness} to up or down. */
    public void setUp(boolean up) {
        liveness = up ? Liveness.UP : Liveness.DOWN;
    }

    /** The small counter that Reaper shows as {@code tokens}. */
    public int gossipVersion() {
        return gossipVersion;
    }

    public void setGossipVersion(int counter) {
        gossipVersion = counter;
    }

    /** Bytes on its disk. */
    public double load() {
        return load;
    }

    public void setLoad(double bytes) {
        load = bytes;
    }

    public double severity() {
        return severity;
    }

    public void setSeverity(double value) {
        severity = value;
    }

    /** How many compactions wait, as set by hand; empty when it was not. */
    public OptionalInt pendingCompactions() {
        return pendingCompactions == null ? OptionalInt.empty() : OptionalInt.of(pendingCompactions);
    }

    /** Sets how many compactions wait: with more than Reaper's {@code maxPendingCompactions} it repairs nothing here. Empty for the usual. */
    public void setPendingCompactions(OptionalInt number) {
        pendingCompactions = number.isPresent() ? number.getAsInt() : null;
    }

    /** The compactions under way, as set by hand; those of repairs come on top. */
    public List<Compaction> activeCompactions() {
        return activeCompactions;
    }

    public void setActiveCompactions(List<Compaction> compactions) {
        activeCompactions = List.copyOf(compactions);
    }

    /** The statistics set by hand. */
    public StatisticsOverrides overrides() {
        return overrides;
    }

    public void setOverrides(StatisticsOverrides statistics) {
        overrides = statistics;
    }

    /**
     * How much of a table's data is repaired incrementally, 0 to 100. Unless it was set, it is as Cassandra computes it for data that never
     * was: 0, and 100 for a table without any.
     */
    public int percentRepaired(String keyspace, Table table) {
        Integer set = percentRepaired.get(keyspace + "." + table.name());
        if (set != null) {
            return set;
        }
        return table.bytes() == 0 ? FULLY_REPAIRED : 0;
    }

    /**
     * Sets how much of a table is repaired incrementally.
     *
     * @throws IllegalArgumentException if it is no percentage
     */
    public void setPercentRepaired(String keyspace, String table, int percent) {
        if (percent < 0 || percent > FULLY_REPAIRED) {
            throw new IllegalArgumentException("a percentage is 0 to 100, not " + percent);
        }
        percentRepaired.put(keyspace + "." + table, percent);
    }

    /** Thread pools, messages, latencies and compactions at that instant of virtual time. */
    public NodeStatistics statistics(Instant worldStart, Instant now, RepairActivity repairs) {
        return new NodeStatistics(this, worldStart, now, repairs);
    }

    /** Takes a snapshot of these keyspaces: one entry for each of their tables, or nothing at all. */
    public SnapshotOutcome takeSnapshot(String name, Collection<Keyspace> keyspaces) {
        List<TableSnapshot> taken = new ArrayList<>();
        for (Keyspace keyspace : keyspaces) {
            if (snapshots.stream()
                    .anyMatch(old -> old.name().equals(name) && old.keyspace().equals(keyspace.name()))) {
                return SnapshotOutcome.ALREADY_EXISTS;
            }
            keyspace.tables().forEach(table -> taken.add(TableSnapshot.of(name, keyspace.name(), table)));
        }
        if (snapshots.size() + taken.size() > MAX_TABLE_SNAPSHOTS) {
            return SnapshotOutcome.NO_SPACE_LEFT;
        }
        snapshots.addAll(taken);
        return SnapshotOutcome.TAKEN;
    }

    /** All snapshots, table by table, oldest first. */
    public List<TableSnapshot> snapshots() {
        return List.copyOf(snapshots);
    }

    /** Clears the snapshot of that name; false when there is none. */
    public boolean clearSnapshot(String name) {
        return snapshots.removeIf(snapshot -> snapshot.name().equals(name));
    }
}
