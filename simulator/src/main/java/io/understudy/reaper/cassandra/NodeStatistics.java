package io.understudy.reaper.cassandra;

import io.understudy.reaper.cassandra.RepairActivity.RunningRepair;
import io.understudy.reaper.cassandra.StatisticsTables.Message;
import io.understudy.reaper.cassandra.StatisticsTables.Pool;
import io.understudy.reaper.cassandra.StatisticsTables.Scope;
import io.understudy.reaper.cassandra.StatisticsTables.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a node says of its work at one instant of virtual time (spec reaper 2.8).
 *
 * <p>Nothing ticks: every counter is a closed form of how long the node is up, of how busy a node it is, and of the repairs it
 * takes part in, and never goes down while time and {@link RepairActivity#completed} do not. How busy, and how long it was up when
 * the world began, comes from its host id. What somebody has set by hand goes before all.
 */
public final class NodeStatistics {
    private static final int DAY_SECONDS = 86_400;
    private static final long MILLIS = 1_000;
    private static final double ONE_MINUTE = 60;
    private static final double FIVE_MINUTES = 300;
    private static final double FIFTEEN_MINUTES = 900;

    /** Cassandra's default {@code compaction_throughput} of 16 MiB/s also holds back validations. */
    private static final long VALIDATION_BYTES_PER_SECOND = 16L << 20;

    /** Prepare, validate and clean up: what one repair asks of the AntiEntropyStage. */
    private static final long ANTI_ENTROPY_TASKS = 3;

    private final CassandraNode node;
    private final Instant now;
    private final RepairActivity repairs;
    private final Derivation derived;
    private final double uptimeSeconds;
    private final int major;

    NodeStatistics(CassandraNode node, Instant worldStart, Instant now, RepairActivity repairs) {
        this.node = node;
        this.now = now;
        this.repairs = repairs;
        this.derived = Derivation.of(node.hostId().toString());
        long sinceStart = Math.max(0, Duration.between(worldStart, now).toMillis());
        this.uptimeSeconds = derived.between("uptime", DAY_SECONDS, 30 * DAY_SECONDS) + (double) sinceStart / MILLIS;
        this.major = major(node.version());
    }

    private static int major(String version) {
        String digits = version.split("\\.", 2)[0];
        // a version without a number in front is taken for a build from today's sources
        return digits.chars().allMatch(Character::isDigit) && !digits.isEmpty() && digits.length() < 4
                ? Integer.parseInt(digits)
                : Integer.MAX_VALUE;
    }

    /** Thread pools, in a stable order. */
    public List<ThreadPoolStat> threadPools() {
        return node.overrides()
                .overThreadPools(StatisticsTables.POOLS.stream()
                        .filter(pool -> pool.since().covers(major))
                        .map(this::threadPool)
                        .toList());
    }

    private ThreadPoolStat threadPool(Pool pool) {
        int wanted = 0;
        long completedByRepairs = 0;
        if (pool.name().equals("AntiEntropyStage")) {
            wanted = repairs.running().size();
            completedByRepairs = ANTI_ENTROPY_TASKS * repairs.completed();
        } else if (pool.name().equals("ValidationExecutor")) {
            wanted = repairs.running().size();
            completedByRepairs = repairs.completed();
        }
        int active = Math.min(wanted, pool.maxPoolSize());
        long completed = (long) (busy(pool.name(), pool.perSecond()) * uptimeSeconds) + completedByRepairs;
        return new ThreadPoolStat(pool.name(), active, wanted - active, 0, completed, 0, pool.maxPoolSize());
    }

    /** Messages dropped, in a stable order. */
    public List<DroppedMessages> droppedMessages() {
        return node.overrides()
                .overDroppedMessages(StatisticsTables.MESSAGES.stream()
                        .map(this::droppedMessages)
                        .toList());
    }

    private DroppedMessages droppedMessages(Message message) {
        double rate = busy(message.before(), message.perDay()) / DAY_SECONDS;
        return new DroppedMessages(
                major >= 4 ? message.from4() : message.before(),
                count(rate),
                moving(rate, ONE_MINUTE),
                moving(rate, FIVE_MINUTES),
                moving(rate, FIFTEEN_MINUTES),
                mean(rate));
    }

    /** How long clients' requests took and how many failed: for each scope all its types, in a stable order. */
    public List<MetricsHistogram> clientRequestLatencies() {
        return node.overrides()
                .overClientRequestLatencies(
                        StatisticsTables.SCOPES.stream().flatMap(this::metrics).toList());
    }

    private Stream<MetricsHistogram> metrics(Scope scope) {
        double rate = busy(scope.name(), scope.perSecond());
        double median = busy(scope.name() + "/latency", scope.medianMicros());
        return Stream.concat(
                Stream.of(latency(scope.name(), rate, median), totalLatency(scope.name(), rate * median)),
                StatisticsTables.TROUBLES.stream().map(trouble -> meter(scope, trouble)));
    }

    /** The shape of latencies under a light load: a long tail above the median. */
    private MetricsHistogram latency(String scope, double rate, double median) {
        return new MetricsHistogram(
                scope,
                "Latency",
                median,
                1.3 * median,
                2.2 * median,
                3.1 * median,
                4.2 * median,
                9.0 * median,
                0.25 * median,
                1.2 * median,
                14.0 * median,
                count(rate),
                moving(rate, ONE_MINUTE),
                moving(rate, FIVE_MINUTES),
                moving(rate, FIFTEEN_MINUTES),
                mean(rate),
                0.9 * median);
    }

    /** A bare counter of microseconds. */
    private MetricsHistogram totalLatency(String scope, double rate) {
        return new MetricsHistogram(
                scope,
                "TotalLatency",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                count(rate),
                null,
                null,
                null,
                null,
                null);
    }

    private MetricsHistogram meter(Scope scope, Trouble trouble) {
        double share = scope.perSecond() == 0 ? 0 : trouble.perDay();
        double rate = busy(scope.name() + "/" + trouble.type(), share) / DAY_SECONDS;
        return new MetricsHistogram(
                scope.name(),
                trouble.type(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                count(rate),
                moving(rate, ONE_MINUTE),
                moving(rate, FIVE_MINUTES),
                moving(rate, FIFTEEN_MINUTES),
                mean(rate),
                null);
    }

    /** Compactions: the ones set by hand, and a validation for each repair that is running. */
    public CompactionStats compactions() {
        List<Compaction> active = new ArrayList<>(node.activeCompactions());
        repairs.running().forEach(repair -> active.add(validation(repair)));
        return new CompactionStats(node.pendingCompactions().orElse(0), active);
    }

    private Compaction validation(RunningRepair repair) {
        long millis = Math.max(0, Duration.between(repair.since(), now).toMillis());
        long read = millis < Long.MAX_VALUE / VALIDATION_BYTES_PER_SECOND
                ? millis * VALIDATION_BYTES_PER_SECOND / MILLIS
                : repair.bytes();
        return new Compaction(
                repair.id().toString(),
                "Validation",
                repair.keyspace(),
                repair.table(),
                Math.min(read, repair.bytes()),
                repair.bytes(),
                "bytes");
    }

    /** That figure of the table for this node: up to half more or less. */
    private double busy(String what, double figure) {
        return figure * derived.between(what, 0.5, 1.5);
    }

    private int count(double rate) {
        return (int) Math.min(rate * uptimeSeconds, Integer.MAX_VALUE);
    }

    /** A moving average that began at nothing when the node came up. */
    private double moving(double rate, double windowSeconds) {
        return rate * (1 - StrictMath.exp(-uptimeSeconds / windowSeconds));
    }

    private double mean(double rate) {
        return count(rate) / uptimeSeconds;
    }
}
