package io.understudy.reaper;

import io.understudy.fault.DomainFault;
import io.understudy.fault.FaultRule;
import io.understudy.fault.FaultScope;
import io.understudy.fault.Faults;
import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.reaper.cassandra.Compaction;
import io.understudy.reaper.cassandra.Keyspace;
import io.understudy.reaper.cassandra.Replication.SimpleStrategy;
import io.understudy.reaper.cassandra.StatisticsOverrides;
import io.understudy.reaper.cassandra.Table;
import io.understudy.system.Addresses;
import io.understudy.system.Simulator;
import io.understudy.world.Kernel;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Cassandra Reaper in a world, with the Cassandra clusters that it manages.
 *
 * <p>Point a client at {@link #baseUrl}; probes and metrics are at {@link #adminUrl}. What can go wrong is started by the methods
 * that give back a {@link FaultScope} and lasts until that is closed or the world is reset. Clusters are named by what Reaper calls
 * them ({@code testcluster}), nodes by their address in the ring. Every method may be called from any thread.
 */
public final class ReaperSimulator implements Simulator {
    static final String APPLICATION = "application";
    static final String ADMIN = "admin";

    private final Kernel kernel;
    private final ReaperProcess process;
    private final Faults faults;
    private final Addresses addresses;

    ReaperSimulator(Kernel kernel, ReaperProcess process, Faults faults, Addresses addresses) {
        this.kernel = kernel;
        this.process = process;
        this.faults = faults;
        this.addresses = addresses;
    }

    /**
     * A registered cluster.
     *
     * @param name its symbolic name
     * @param seedHosts what Reaper connects to
     * @param isReachable whether it answered of late
     */
    public record ClusterView(String name, List<String> seedHosts, boolean isReachable) {}

    /**
     * A repair run.
     *
     * @param tables the tables that are repaired
     * @param startTime empty unless it has started
     * @param endTime empty unless it is over
     */
    public record RunView(
            UUID id,
            String cluster,
            String keyspace,
            List<String> tables,
            String owner,
            String cause,
            RunState state,
            int segmentsRepaired,
            int totalSegments,
            String lastEvent,
            Instant creationTime,
            Optional<Instant> startTime,
            Optional<Instant> endTime) {}

    /**
     * A segment of a run.
     *
     * @param index its place in the list of its run, from 0
     * @param coordinator the node that has it; empty before it was handed to one
     * @param replicas the nodes that hold its data
     */
    public record SegmentView(
            UUID id,
            int index,
            SegmentState state,
            int failCount,
            Optional<String> coordinator,
            List<String> replicas,
            Optional<Instant> startTime,
            Optional<Instant> endTime) {}

    /**
     * A repair schedule.
     *
     * @param daysBetween days between activations; 0 = continuous
     * @param segmentCountPerNode 0 = the default of runs
     * @param lastRun the run that it created last
     */
    public record ScheduleView(
            UUID id,
            String cluster,
            String keyspace,
            String owner,
            ScheduleState state,
            int daysBetween,
            Instant nextActivation,
            int segmentCountPerNode,
            boolean adaptive,
            Optional<UUID> lastRun) {}

    @Override
    public String system() {
        return AppContext.SYSTEM;
    }

    @Override
    public URI baseUrl() {
        return addresses.url(APPLICATION);
    }

    /** The URL of the admin port, without a slash at its end. */
    public URI adminUrl() {
        return addresses.url(ADMIN);
    }

    /**
     * The URL of one of several processes that share the storage (knob {@code reaper.instances}).
     *
     * @param instance from 1, which is {@link #baseUrl}
     */
    public URI baseUrl(int instance) {
        return addresses.url(node(APPLICATION, instance));
    }

    /** The admin port of one of several processes. */
    public URI adminUrl(int instance) {
        return addresses.url(node(ADMIN, instance));
    }

    static String node(String kind, int instance) {
        return instance == 1 ? kind : kind + "-" + instance;
    }

    // ---- what it looks like inside ----

    /** The registered clusters, by name. */
    public List<ClusterView> clusters() {
        return step(() -> context().store().clusters().stream()
                .map(it -> new ClusterView(it.name(), it.seedHosts(), it.state() == Cluster.State.ACTIVE))
                .toList());
    }

    /** All runs, the oldest first. */
    public List<RunView> runs() {
        return step(() -> context().runs().runs().stream().map(this::view).toList());
    }

    /** A run; empty if there is none of that id. */
    public Optional<RunView> run(UUID id) {
        return step(() -> context().runs().run(id).map(this::view));
    }

    private RunView view(RepairRun run) {
        RepairRun.Plan plan = run.plan();
        return new RunView(
                plan.id(),
                plan.clusterName(),
                plan.keyspaceName(),
                plan.tables(),
                plan.owner(),
                plan.cause(),
                run.runState(),
                context().runs().segments(run).done(),
                plan.totalSegments(),
                run.lastEvent(),
                plan.creationTime(),
                Optional.ofNullable(run.startTime()),
                Optional.ofNullable(run.endTime()));
    }

    /**
     * The segments of a run, in ring order.
     *
     * @throws IllegalArgumentException if there is no such run
     */
    public List<SegmentView> segments(UUID runId) {
        return step(() -> {
            List<RepairSegment> all =
                    context().runs().segments(requireRun(runId)).all();
            return IntStream.range(0, all.size())
                    .mapToObj(index -> view(all.get(index), index))
                    .toList();
        });
    }

    private static SegmentView view(RepairSegment segment, int index) {
        return new SegmentView(
                segment.id(),
                index,
                segment.state(),
                segment.failCount(),
                Optional.ofNullable(segment.coordinatorHost()),
                segment.replicas().hosts(),
                Optional.ofNullable(segment.startTime()),
                Optional.ofNullable(segment.endTime()));
    }

    /** All schedules, the oldest first. */
    public List<ScheduleView> schedules() {
        return step(() -> context().store().schedules().stream().map(this::view).toList());
    }

    private ScheduleView view(RepairSchedule schedule) {
        RepairUnit unit = context().store().requireUnit(schedule.repairUnitId());
        return new ScheduleView(
                schedule.id(),
                unit.clusterName(),
                unit.keyspaceName(),
                schedule.owner(),
                schedule.state(),
                schedule.daysBetween(),
                schedule.nextActivation(),
                schedule.segmentCountPerNode(),
                schedule.adaptive(),
                Optional.ofNullable(schedule.lastRun()));
    }

    // ---- nodes ----

    /**
     * Takes a node down or brings it back, until told otherwise; {@link #nodeDown} is the same as a fault.
     *
     * @throws IllegalArgumentException if there is no such node, as of all methods that name one
     */
    public void setNodeUp(String host, boolean up) {
        change(() -> requireNode(host).setUp(up));
    }

    /** Sets how many compactions are pending on a node; with more than {@code maxPendingCompactions} nothing is repaired there. */
    public void setPendingCompactions(String host, int pending) {
        change(() -> requireNode(host).setPendingCompactions(OptionalInt.of(pending)));
    }

    /** Sets the compactions that are under way on a node; those of repairs come on top. */
    public void setActiveCompactions(String host, List<Compaction> compactions) {
        change(() -> requireNode(host).setActiveCompactions(compactions));
    }

    /** Sets statistics of a node, in place of the computed ones of the same names. */
    public void setStatistics(String host, StatisticsOverrides statistics) {
        change(() -> requireNode(host).setOverrides(statistics));
    }

    /** Sets the gossip state of a node, such as {@code LEAVING}; one that contains {@code left} or {@code removed} hides it. */
    public void setGossipStatus(String host, String status) {
        change(() -> requireNode(host).setGossipStatus(status));
    }

    /**
     * Sets how much of a table is repaired incrementally on a node.
     *
     * @param percent 0 to 100
     * @throws IllegalArgumentException if there is no such node, keyspace or table
     */
    public void setPercentRepaired(String host, String keyspace, String table, int percent) {
        change(() -> {
            CassandraNode node = requireNode(host);
            Keyspace known = requireCassandraOf(host)
                    .keyspace(keyspace)
                    .orElseThrow(() -> new IllegalArgumentException("there is no keyspace " + keyspace));
            if (known.table(table).isEmpty()) {
                throw new IllegalArgumentException("keyspace " + keyspace + " has no table " + table);
            }
            node.setPercentRepaired(keyspace, table, percent);
        });
    }

    // ---- topology ----

    /**
     * Adds a healthy node to a Cassandra cluster. Its tokens change who holds what.
     *
     * @throws IllegalArgumentException if there is no such cluster, or the node is there already
     */
    public void addNode(String cluster, String host, String datacenter, String rack, List<BigInteger> tokens) {
        change(() -> {
            CassandraCluster cassandra = requireCassandra(cluster);
            if (context().universe().byHost(host).isPresent()) {
                throw new IllegalArgumentException("there is a node " + host + " already");
            }
            cassandra.addNode(
                    CassandraNode.State.healthy(cassandra.name(), host, datacenter, rack, tokens, cassandra.version()));
        });
    }

    /** Takes a node and its tokens away, as if it had been decommissioned. */
    public void removeNode(String host) {
        change(() -> requireCassandraOf(host).removeNode(host));
    }

    /** Moves a token of a node; runs whose segments' ranges vanish by that end in ERROR. */
    public void moveToken(String host, BigInteger from, BigInteger to) {
        change(() -> requireCassandraOf(host).moveToken(host, from, to));
    }

    /**
     * Adds a keyspace with {@code SimpleStrategy}.
     *
     * @param replicationFactor 1 or more
     */
    public void addKeyspace(String cluster, String keyspace, int replicationFactor, List<String> tables) {
        change(() -> requireCassandra(cluster)
                .addKeyspace(new Keyspace(
                        keyspace,
                        new SimpleStrategy(replicationFactor),
                        tables.stream().map(Table::empty).toList())));
    }

    /** Drops a keyspace. */
    public void dropKeyspace(String cluster, String keyspace) {
        change(() -> requireCassandra(cluster).dropKeyspace(keyspace));
    }

    /** Adds an empty table. */
    public void addTable(String cluster, String keyspace, String table) {
        change(() -> requireCassandra(cluster).addTable(keyspace, Table.empty(table)));
    }

    /** Drops a table. */
    public void dropTable(String cluster, String keyspace, String table) {
        change(() -> requireCassandra(cluster).dropTable(keyspace, table));
    }

    // ---- the process ----

    /**
     * Restarts the process: runs go on, segments that were under repair go back to the beginning, listeners and sessions are lost,
     * tokens are not.
     */
    public void restart() {
        kernel.step(process::restart);
    }

    /**
     * Has a node emit a diagnostic event, and says how many subscriptions it reaches.
     *
     * @param eventClass the full name of its class, such as {@code org.apache.cassandra.gms.GossiperEvent}
     * @param payload what the node says of it, besides class, type and time
     */
    public int emitDiagEvent(
            String cluster, String host, String eventClass, String eventType, Map<String, Object> payload) {
        return step(() -> process.diagEvents()
                .publish(new DiagEvent(
                        cluster, host, eventClass, eventType, context().now(), new TreeMap<>(payload))));
    }

    // ---- segments ----

    /**
     * One segment of a run.
     *
     * @param index its place in the list of its run, from 0
     * @throws IllegalArgumentException if there is no such run, or it has no such segment
     */
    public Segment segment(UUID runId, int index) {
        int total = segments(runId).size();
        if (index < 0 || index >= total) {
            throw new IllegalArgumentException("run " + runId + " has segments 0 to " + (total - 1) + ", not " + index);
        }
        return new Segment(runId, index);
    }

    /** A segment, to look at and to meddle with. */
    public final class Segment {
        private final UUID runId;
        private final int index;

        private Segment(UUID runId, int index) {
            this.runId = runId;
            this.index = index;
        }

        /** What it looks like. */
        public SegmentView view() {
            return segments(runId).get(index);
        }

        /** Its next attempts fail, so many of them. */
        public FaultScope fails(int times) {
            return begin(ReaperFaults.SEGMENT_FAILS, with(ReaperFaults.TIMES, Integer.toString(times)));
        }

        /** Nothing is heard of its attempts, until their time-out. */
        public FaultScope hangs() {
            return begin(ReaperFaults.SEGMENT_HANGS, with(ReaperFaults.TIMES, Integer.toString(Integer.MAX_VALUE)));
        }

        /** Its attempts take so many times as long, above 0 and up to 1,000,000. */
        public FaultScope slow(double factor) {
            return begin(ReaperFaults.SEGMENT_SLOW, with(ReaperFaults.FACTOR, Double.toString(factor)));
        }

        /**
         * Aborts it, as the API does.
         *
         * @throws IllegalStateException if Reaper refuses, as it does unless the run is RUNNING or PAUSED
         */
        public void abort() {
            UUID id = view().id();
            kernel.step(() -> {
                if (process.runs().abortSegment(runId, id, 0) instanceof Outcome.Refused<RepairSegment> refused) {
                    throw new IllegalStateException("Reaper says " + refused.refusal());
                }
            });
        }

        private Map<String, String> with(String parameter, String value) {
            return Map.of(
                    ReaperFaults.RUN,
                    runId.toString(),
                    ReaperFaults.SEGMENT,
                    Integer.toString(index),
                    parameter,
                    value);
        }
    }

    // ---- domain faults ----

    /** The node is dead for gossip, and unreachable. */
    public FaultScope nodeDown(String host) {
        return begin(ReaperFaults.NODE_DOWN, Map.of(ReaperFaults.HOST, host));
    }

    /**
     * The node goes down and comes back, over and over.
     *
     * @param period 1 s or longer; the node is down for the first half of each
     */
    public FaultScope nodeFlapping(String host, Duration period) {
        return begin(
                ReaperFaults.NODE_FLAPPING, Map.of(ReaperFaults.HOST, host, ReaperFaults.PERIOD, period.toString()));
    }

    /** Reaper cannot connect to the node, which is up for all others. */
    public FaultScope jmxUnreachable(String host) {
        return begin(ReaperFaults.JMX_UNREACHABLE, Map.of(ReaperFaults.HOST, host));
    }

    /**
     * Cassandra reports an error for the next segments that are handed to a coordinator.
     *
     * @param times how many attempts it strikes
     */
    public FaultScope segmentFails(int times) {
        return begin(ReaperFaults.SEGMENT_FAILS, Map.of(ReaperFaults.TIMES, Integer.toString(times)));
    }

    /** Nothing is heard of the next segments, until their time-out. */
    public FaultScope segmentHangs(int times) {
        return begin(ReaperFaults.SEGMENT_HANGS, Map.of(ReaperFaults.TIMES, Integer.toString(times)));
    }

    /**
     * Segments take longer, or less long.
     *
     * @param factor how many times as long, above 0 and up to 1,000,000
     */
    public FaultScope segmentSlow(double factor) {
        return begin(ReaperFaults.SEGMENT_SLOW, Map.of(ReaperFaults.FACTOR, Double.toString(factor)));
    }

    /** So many compactions are pending on the node. */
    public FaultScope pendingCompactions(String host, int pending) {
        return begin(
                ReaperFaults.PENDING_COMPACTIONS,
                Map.of(ReaperFaults.HOST, host, ReaperFaults.PENDING, Integer.toString(pending)));
    }

    /** Reaper cannot reach its storage. */
    public FaultScope storageDown() {
        return begin(ReaperFaults.STORAGE_DOWN, Map.of());
    }

    /** Tokens that were issued before now are not accepted. */
    public FaultScope tokensExpired() {
        return begin(ReaperFaults.TOKENS_EXPIRED, Map.of());
    }

    /** No node can be reached when a cluster is registered with that seed host. */
    public FaultScope clusterUnreachable(String seedHost) {
        return begin(ReaperFaults.CLUSTER_UNREACHABLE, Map.of(ReaperFaults.SEED_HOST, seedHost));
    }

    /** Schedules do not fire when they are due, so many times. */
    public FaultScope scheduleMissed(int times) {
        return begin(ReaperFaults.SCHEDULE_MISSED, Map.of(ReaperFaults.TIMES, Integer.toString(times)));
    }

    private FaultScope begin(String name, Map<String, String> arguments) {
        return faults.add(FaultRule.in(system(), new DomainFault(name, arguments)));
    }

    // ---- how ----

    private AppContext context() {
        return process.context();
    }

    private void change(Runnable change) {
        kernel.step(() -> {
            change.run();
            process.conditionsChanged();
        });
    }

    private RepairRun requireRun(UUID id) {
        return context().runs().run(id).orElseThrow(() -> new IllegalArgumentException("there is no run " + id));
    }

    private CassandraCluster requireCassandra(String cluster) {
        return context().universe().clusters().stream()
                .filter(it ->
                        it.name().equals(cluster) || Names.symbolic(it.name()).equals(cluster))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no Cassandra cluster " + cluster));
    }

    private CassandraCluster requireCassandraOf(String host) {
        return context()
                .universe()
                .byHost(host)
                .orElseThrow(() -> new IllegalArgumentException("there is no node " + host));
    }

    private CassandraNode requireNode(String host) {
        return requireCassandraOf(host).node(host).orElseThrow();
    }

    private <T> T step(Supplier<T> action) {
        return kernel.step(action);
    }
}
