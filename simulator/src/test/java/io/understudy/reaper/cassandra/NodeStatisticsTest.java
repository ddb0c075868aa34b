package io.understudy.reaper.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.reaper.cassandra.RepairActivity.RunningRepair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class NodeStatisticsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long TEN_YEARS = Duration.ofDays(3650).toMillis();
    private static final UUID REPAIR = new UUID(0, 1);

    private final CassandraNode node = Universes.test().nodes().get(0);

    @Test
    void theReadStageHasWorkedFromTheStartAndIsNotBlocked() {
        // spec reaper 2.8: upstream's acceptance test
        assertThat(pool(at(Duration.ZERO), "ReadStage")).satisfies(pool -> {
            assertThat(pool.completedTasks()).isPositive();
            assertThat(pool.currentlyBlockedTasks()).isZero();
        });
        assertThat(at(Duration.ZERO).threadPools())
                .extracting(ThreadPoolStat::name)
                .contains(
                        "ReadStage",
                        "MutationStage",
                        "RequestResponseStage",
                        "CompactionExecutor",
                        "ValidationExecutor",
                        "AntiEntropyStage",
                        "GossipStage",
                        "HintsDispatcher",
                        "MemtableFlushWriter")
                .doesNotContain("ReadRepairStage");
    }

    @Test
    void messagesBearTheNamesOfTheRelease() {
        assertThat(at(Duration.ZERO).droppedMessages())
                .extracting(DroppedMessages::name)
                .contains("READ_REQ", "MUTATION_REQ")
                .doesNotContain("READ", "MUTATION");

        node.setVersion("3.11.8");
        assertThat(at(Duration.ZERO).droppedMessages())
                .extracting(DroppedMessages::name)
                .contains("READ", "MUTATION")
                .doesNotContain("READ_REQ", "MUTATION_REQ");
        assertThat(pool(at(Duration.ZERO), "ReadRepairStage")).isNotNull();
    }

    @Property
    void countersNeverGoDown(
            @ForAll @LongRange(max = 315_360_000_000L) long earlier,
            @ForAll @LongRange(max = 315_360_000_000L) long later,
            @ForAll @IntRange(max = 3) int running,
            @ForAll @IntRange(max = 1000) int completed,
            @ForAll @IntRange(max = 2) int more) {
        NodeStatistics before =
                at(Duration.ofMillis(Math.min(earlier, later)), new RepairActivity(repairs(running), completed));
        NodeStatistics after =
                at(Duration.ofMillis(Math.max(earlier, later)), new RepairActivity(List.of(), completed + (long) more));

        for (int i = 0; i < before.threadPools().size(); i++) {
            assertThat(after.threadPools().get(i).completedTasks())
                    .isGreaterThanOrEqualTo(before.threadPools().get(i).completedTasks());
        }
        for (int i = 0; i < before.droppedMessages().size(); i++) {
            assertThat(after.droppedMessages().get(i).count())
                    .isGreaterThanOrEqualTo(before.droppedMessages().get(i).count())
                    .isNotNegative();
        }
        for (int i = 0; i < before.clientRequestLatencies().size(); i++) {
            assertThat(after.clientRequestLatencies().get(i).count())
                    .isGreaterThanOrEqualTo(
                            before.clientRequestLatencies().get(i).count())
                    .isNotNegative();
        }
    }

    @Test
    void countersMoveWithTimeAndDifferFromNodeToNode() {
        CassandraNode other = Universes.test().nodes().get(1);

        assertThat(pool(at(Duration.ofMinutes(1)), "ReadStage").completedTasks())
                .isGreaterThan(pool(at(Duration.ZERO), "ReadStage").completedTasks());
        assertThat(other.statistics(START, START, RepairActivity.NONE).threadPools())
                .isNotEqualTo(at(Duration.ZERO).threadPools());
        assertThat(at(Duration.ofMillis(TEN_YEARS)).clientRequestLatencies())
                .isEqualTo(at(Duration.ofMillis(TEN_YEARS)).clientRequestLatencies());
    }

    @Test
    void latenciesHaveEverythingCountersOnlyACountMetersRates() {
        assertThat(metric("Read", "Latency")).satisfies(latency -> {
            assertThat(new Double[] {
                        latency.min(),
                        latency.p50(),
                        latency.p75(),
                        latency.p95(),
                        latency.p98(),
                        latency.p99(),
                        latency.p999(),
                        latency.max()
                    })
                    .isSorted()
                    .doesNotContainNull();
            assertThat(latency.mean()).isPositive();
            assertThat(latency.stdDev()).isPositive();
            assertThat(latency.oneMinuteRate()).isPositive();
        });
        assertThat(metric("Read", "TotalLatency")).satisfies(total -> {
            assertThat(total.count()).isPositive();
            assertThat(total.p50()).isNull();
            assertThat(total.oneMinuteRate()).isNull();
        });
        assertThat(metric("Write", "Timeouts")).satisfies(timeouts -> {
            assertThat(timeouts.p99()).isNull();
            assertThat(timeouts.meanRate()).isNotNull();
        });
        assertThat(metric("CASRead", "Unavailables")).isNotNull();
        assertThat(metric("RangeSlice", "Failures")).isNotNull();
    }

    @Test
    void aRunningRepairIsSeenAtWork() {
        NodeStatistics busy = at(Duration.ofSeconds(10), new RepairActivity(repairs(2), 5));
        NodeStatistics idle = at(Duration.ofSeconds(10), new RepairActivity(List.of(), 7));

        assertThat(pool(busy, "AntiEntropyStage").activeTasks()).isEqualTo(1);
        assertThat(pool(busy, "AntiEntropyStage").pendingTasks()).isEqualTo(1);
        assertThat(pool(busy, "ValidationExecutor").activeTasks()).isEqualTo(2);
        assertThat(busy.compactions().activeCompactions())
                .hasSize(2)
                .contains(new Compaction(
                        REPAIR.toString(), "Validation", "shop", "users", 10L * (16 << 20), 1L << 30, "bytes"));
        assertThat(pool(idle, "AntiEntropyStage").activeTasks()).isZero();
        assertThat(pool(idle, "AntiEntropyStage").completedTasks())
                .isGreaterThan(pool(busy, "AntiEntropyStage").completedTasks());
        assertThat(idle.compactions()).isEqualTo(new CompactionStats(0, List.of()));
    }

    @Test
    void aValidationNeverReadsMoreThanThereIs() {
        for (Duration age : List.of(Duration.ofMinutes(30), Duration.ofMillis(Long.MAX_VALUE / 1_000_000))) {
            assertThat(at(age, new RepairActivity(repairs(1), 0))
                            .compactions()
                            .activeCompactions()
                            .get(0)
                            .progress())
                    .isEqualTo(1L << 30);
        }
    }

    @Test
    void whatIsSetByHandGoesBeforeAll() {
        Compaction cleanup = new Compaction("id", "Cleanup", "shop", "users", 1, 2, "bytes");
        node.setPendingCompactions(OptionalInt.of(21));
        node.setActiveCompactions(List.of(cleanup));
        node.setOverrides(StatisticsOverrides.NONE
                .with(new ThreadPoolStat("ReadStage", 9, 9, 9, 9, 9, 9))
                .with(new ThreadPoolStat("ReadStage", 1, 2, 3, 4, 5, null))
                .with(new ThreadPoolStat("MyStage", 0, 0, 0, 1, 0, 1)));

        NodeStatistics statistics = at(Duration.ofSeconds(1), new RepairActivity(repairs(1), 0));

        assertThat(statistics.compactions().pendingCompactions()).isEqualTo(21);
        assertThat(statistics.compactions().activeCompactions()).hasSize(2).startsWith(cleanup);
        assertThat(pool(statistics, "ReadStage")).isEqualTo(new ThreadPoolStat("ReadStage", 1, 2, 3, 4, 5, null));
        assertThat(statistics.threadPools().get(0).name()).isEqualTo("ReadStage");
        assertThat(pool(statistics, "MyStage")).isNotNull();
    }

    @Test
    void dataThatWasNeverRepairedIsZeroPercentAndNoDataIsAHundred() {
        Table users = new Table("users", Table.SIZE_TIERED, 10);

        assertThat(node.percentRepaired("shop", users)).isZero();
        assertThat(node.percentRepaired("booya", Table.empty("booya1"))).isEqualTo(100);
        node.setPercentRepaired("shop", "users", 42);
        assertThat(node.percentRepaired("shop", users)).isEqualTo(42);
        assertThat(node.percentRepaired("other", users)).isZero();
    }

    private NodeStatistics at(Duration sinceStart) {
        return at(sinceStart, RepairActivity.NONE);
    }

    private NodeStatistics at(Duration sinceStart, RepairActivity repairs) {
        return node.statistics(START, START.plus(sinceStart), repairs);
    }

    private static List<RunningRepair> repairs(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new RunningRepair(new UUID(0, i), "shop", "users", 1L << 30, START))
                .toList();
    }

    private static ThreadPoolStat pool(NodeStatistics statistics, String name) {
        return statistics.threadPools().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private MetricsHistogram metric(String name, String type) {
        return at(Duration.ZERO).clientRequestLatencies().stream()
                .filter(metric -> metric.name().equals(name) && metric.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
