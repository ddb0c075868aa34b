package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.fault.DomainFault;
import io.understudy.fault.FaultRule;
import io.understudy.fault.FaultScope;
import io.understudy.journal.Match;
import io.understudy.reaper.ReaperSimulator.RunView;
import io.understudy.reaper.ReaperSimulator.SegmentView;
import io.understudy.world.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong in the world, in Reaper's words (spec reaper 4). */
class ReaperFaultsTest {
    private final ReaperInWorld reaper = new ReaperInWorld("register(test)+run(test,booya,NOT_STARTED)");
    private final UUID runId = reaper.simulator.runs().get(0).id();
    private final Conditions conditions = reaper.process.context().conditions();

    @Test
    void segmentsFailSoManyTimesAndThenNoMore() {
        reaper.simulator.segmentFails(3);
        start();
        reaper.advance("1h");

        assertThat(run().state()).isEqualTo(RunState.DONE);
        assertThat(failCounts()).isEqualTo(3);
    }

    @Test
    void whatHasStruckIsRememberedInASnapshot() {
        reaper.simulator.segmentFails(3);
        start();
        reaper.kernel.clock().runUntil(() -> failCounts() == 2, Duration.ofMinutes(10));
        Snapshot snapshot = reaper.snapshot();
        reaper.advance("1h");

        reaper.kernel.restore(snapshot);
        assertThat(failCounts()).isEqualTo(2);
        reaper.advance("1h");
        assertThat(failCounts()).isEqualTo(3);
    }

    @Test
    void oneSegmentMayBeMeant() {
        reaper.simulator.segment(runId, 3).fails(2);
        start();
        reaper.advance("1h");

        assertThat(segments()).extracting(SegmentView::failCount).containsExactly(0, 0, 0, 2, 0, 0, 0);
    }

    @Test
    void orThoseOfACoordinator() {
        add(ReaperFaults.SEGMENT_FAILS, Map.of("coordinator", "127.0.0.2", "cluster", "test", "keyspace", "booya"));
        start();
        reaper.advance("3h");

        assertThat(run().state()).isEqualTo(RunState.DONE);
        assertThat(failCounts()).isPositive();
        assertThat(segments()).noneMatch(it -> it.coordinator().orElse("").equals("127.0.0.2"));
    }

    @Test
    void othersAreLeftAlone() {
        add(ReaperFaults.SEGMENT_FAILS, Map.of("keyspace", "shop"));
        add(ReaperFaults.SEGMENT_HANGS, Map.of("run", UUID.randomUUID().toString()));
        add(ReaperFaults.SEGMENT_FAILS, Map.of("times", "0"));
        start();
        reaper.advance("1h");

        assertThat(failCounts()).isZero();
    }

    @Test
    void aSegmentThatHangsIsPostponedAtItsTimeOut() {
        reaper.simulator.segmentHangs(1);
        start();
        reaper.advance("29m");
        assertThat(failCounts()).isZero();
        assertThat(run().state()).isEqualTo(RunState.RUNNING);
        reaper.advance("2m");
        assertThat(failCounts()).isOne();
        reaper.advance("1h");
        assertThat(run().state()).isEqualTo(RunState.DONE);
    }

    @Test
    void slowSegmentsTakeTheirTime() {
        reaper.simulator.segmentSlow(5);
        reaper.simulator.segmentSlow(3);
        start();
        reaper.advance("2h");

        assertThat(segments())
                .allSatisfy(segment -> assertThat(Duration.between(
                                segment.startTime().orElseThrow(),
                                segment.endTime().orElseThrow()))
                        .isEqualTo(Duration.ofSeconds(61))); // one second until it begins, and fifteen times four
    }

    @Test
    void aDownNodeHoldsTheRunUpUntilItIsBack() {
        FaultScope down = reaper.simulator.nodeDown("127.0.0.2");
        start();
        reaper.advance("1h");
        assertThat(run().state()).isEqualTo(RunState.RUNNING);
        assertThat(run().segmentsRepaired()).isZero();

        down.close();
        reaper.advance("1h");
        assertThat(run().state()).isEqualTo(RunState.DONE);
    }

    @Test
    void soDoesOneWithTooManyCompactions() {
        FaultScope busy = reaper.simulator.pendingCompactions("127.0.0.1", 21);
        start();
        reaper.advance("1h");
        assertThat(run().segmentsRepaired()).isZero();

        busy.close();
        reaper.simulator.pendingCompactions("127.0.0.1", 20);
        reaper.advance("1h");
        assertThat(run().state()).isEqualTo(RunState.DONE);
    }

    @Test
    void aFlappingNodeIsDownForTheFirstHalfOfEachPeriod() {
        reaper.advance("7s");
        reaper.simulator.nodeFlapping("127.0.0.1", Duration.ofSeconds(60));

        for (boolean down : List.of(true, false, true, false)) {
            assertThat(conditions.nodeDown("test", "127.0.0.1")).isEqualTo(down);
            reaper.advance("29999ms");
            assertThat(conditions.nodeDown("test", "127.0.0.1")).isEqualTo(down);
            reaper.advance("1ms");
        }
        assertThat(conditions.nodeDown("test", "127.0.0.2")).isFalse();
        assertThat(conditions.flaps("test")).isTrue();
    }

    @Test
    void aRunGetsThroughBetweenTheFlaps() {
        reaper.simulator.nodeFlapping("127.0.0.1", Duration.ofMinutes(2));
        start();
        reaper.advance("2h");

        assertThat(run().state()).isEqualTo(RunState.DONE);
    }

    @Test
    void aFaultMayBeAboutOneClusterAlone() {
        add(ReaperFaults.NODE_DOWN, Map.of("host", "127.0.0.1", "cluster", "other"));
        assertThat(conditions.nodeDown("other", "127.0.0.1")).isTrue();
        assertThat(conditions.nodeDown("test", "127.0.0.1")).isFalse();
        add(ReaperFaults.JMX_UNREACHABLE, Map.of("host", "127.0.0.1"));
        assertThat(conditions.jmxUnreachable("test", "127.0.0.1")).isTrue();
    }

    @Test
    void tokensFromBeforeTheFaultAreExpired() {
        reaper.advance("10s");
        assertThat(conditions.tokensExpiredBefore()).isEmpty();
        FaultScope expired = reaper.simulator.tokensExpired();
        reaper.advance("10s");
        assertThat(conditions.tokensExpiredBefore()).contains(ReaperInWorld.START.plusSeconds(10));
        expired.close();
        assertThat(conditions.tokensExpiredBefore()).isEmpty();
    }

    @Test
    void theStorageMayBeDown() {
        assertThat(conditions.storageDown()).isFalse();
        FaultScope down = reaper.simulator.storageDown();
        assertThat(conditions.storageDown()).isTrue();
        down.close();
        assertThat(conditions.storageDown()).isFalse();
    }

    @Test
    void aFaultOfTheSameNameBeginsAnew() {
        FaultRule once = FaultRule.on(Match.system("reaper"))
                .named("once")
                .inject(new DomainFault(ReaperFaults.SEGMENT_FAILS, Map.of("times", "1")));
        FaultScope first = reaper.faults.add(once);
        start();
        reaper.kernel.clock().runUntil(() -> failCounts() == 1, Duration.ofMinutes(10));
        first.close();
        assertThat(reaper.process.state().faults()).isEqualTo(ReaperFaults.State.EMPTY);

        reaper.faults.add(once);
        reaper.advance("1h");

        assertThat(failCounts()).isEqualTo(2);
    }

    @Test
    void aResetWorldHasNoFaultsAndForgetsTheirStrikes() {
        reaper.simulator.nodeDown("127.0.0.1");
        reaper.kernel.reset();

        assertThat(conditions.nodeDown("test", "127.0.0.1")).isFalse();
        assertThat(reaper.process.state().faults()).isEqualTo(ReaperFaults.State.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "segmentFails, times, -1",
        "segmentFails, times, often",
        "segmentFails, after, soon",
        "segmentFails, segment, x",
        "segmentSlow, factor, 0",
        "segmentSlow, factor, fast",
        "nodeFlapping, period, 500ms",
        "pendingCompactions, pending, many",
        "nodeDown, node, x",
    })
    void wrongArgumentsAreRefused(String fault, String parameter, String value) {
        Map<String, String> arguments = new HashMap<>(Map.of("host", "127.0.0.1", "factor", "2"));
        arguments
                .keySet()
                .retainAll(ReaperFaults.TYPES.stream()
                        .filter(type -> type.name().equals(fault))
                        .flatMap(type -> type.parameters().stream())
                        .map(it -> it.name())
                        .toList());
        arguments.put(parameter, value);
        assertThatThrownBy(() -> add(fault, arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(parameter);
    }

    // ---- how ----

    private void add(String name, Map<String, String> arguments) {
        reaper.faults.add(FaultRule.in("reaper", new DomainFault(name, arguments)));
    }

    private void start() {
        reaper.accepted(() -> reaper.process.runs().updateState(runId, "RUNNING"));
    }

    private RunView run() {
        return reaper.simulator.run(runId).orElseThrow();
    }

    private List<SegmentView> segments() {
        return reaper.simulator.segments(runId);
    }

    private int failCounts() {
        return segments().stream().mapToInt(SegmentView::failCount).sum();
    }
}
