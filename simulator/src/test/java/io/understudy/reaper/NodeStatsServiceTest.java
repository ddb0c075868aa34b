package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import io.understudy.reaper.Refusal.Failed;
import io.understudy.reaper.cassandra.ThreadPoolStat;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What nodes say of themselves (spec reaper 1.7). */
class NodeStatsServiceTest {
    private final ReaperInWorld reaper = new ReaperInWorld("register(test)");
    private final NodeStatsService stats = reaper.process.nodeStats();

    @Test
    void countersGrowWithTime() {
        long before = readStage().completedTasks();
        assertThat(before).isPositive();
        reaper.advance("1h");
        assertThat(readStage().completedTasks()).isGreaterThan(before);
    }

    private ThreadPoolStat readStage() {
        return reaper.accepted(() -> stats.tpstats("test", "127.0.0.1")).stream()
                .filter(pool -> pool.name().equals("ReadStage"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Covers("reaper P6")
    void tokensAreText() {
        assertThat(reaper.accepted(() -> stats.tokens("test", "127.0.0.1"))).containsExactly("-9223372036854775808");
        reaper.simulator.addNode("test", "127.0.0.9", "dc1", "rack1", List.of());
        assertThat(reaper.accepted(() -> stats.tokens("test", "127.0.0.9"))).isEmpty();
    }

    @Test
    void pendingCompactionsAreThoseOfTheFaultOrThoseSet() {
        assertThat(reaper.accepted(() -> stats.compactions("test", "127.0.0.1")).pendingCompactions())
                .isZero();
        reaper.simulator.setPendingCompactions("127.0.0.1", 7);
        assertThat(reaper.accepted(() -> stats.compactions("test", "127.0.0.1")).pendingCompactions())
                .isEqualTo(7);
        reaper.simulator.pendingCompactions("127.0.0.1", 30);
        assertThat(reaper.accepted(() -> stats.compactions("test", "127.0.0.1")).pendingCompactions())
                .isEqualTo(30);
    }

    @Test
    void aRepairUnderWayIsAValidationOnItsReplicas() {
        ReaperInWorld repairing = new ReaperInWorld("register(test)+run(test,shop,NOT_STARTED)");
        repairing.accepted(() -> repairing
                .process
                .runs()
                .updateState(repairing.simulator.runs().get(0).id(), "RUNNING"));
        repairing
                .kernel
                .clock()
                .runUntil(
                        () -> repairing
                                .simulator
                                .segments(repairing.simulator.runs().get(0).id())
                                .stream()
                                .anyMatch(segment -> segment.state() == SegmentState.RUNNING),
                        Duration.ofMinutes(2));

        assertThat(repairing
                        .accepted(() -> repairing.process.nodeStats().compactions("test", "127.0.0.2"))
                        .activeCompactions())
                .isNotEmpty()
                .allMatch(compaction -> compaction.type().equals("Validation"));
    }

    @Test
    @Covers("reaper P41")
    void whateverIsWrongIsAnError() {
        reaper.simulator.jmxUnreachable("127.0.0.2");
        List<Supplier<Outcome<?>>> unreachable = List.of(
                () -> stats.tpstats("test", "127.0.0.2"),
                () -> stats.dropped("test", "127.0.0.2"),
                () -> stats.clientRequestLatencies("test", "127.0.0.9"),
                () -> stats.compactions("test", "127.0.0.2"),
                () -> stats.tokens("test", "nowhere"));
        for (Supplier<Outcome<?>> command : unreachable) {
            assertThat(reaper.step(command))
                    .isEqualTo(Outcome.refused(new Failed("no host could be reached through JMX")));
        }
        assertThat(reaper.refused(() -> stats.tokens("nope", "127.0.0.1")))
                .isEqualTo(new Failed("no such cluster: nope"));
    }
}
