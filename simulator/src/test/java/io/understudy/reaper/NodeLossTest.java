package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.reaper.ReaperSimulator.SegmentView;
import io.understudy.world.Snapshot;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A node that is lost while a segment is under repair on it (spec reaper 4). Every node of the cluster test carries every range. */
class NodeLossTest {
    private final ReaperInWorld reaper =
            new ReaperInWorld("register(test)+run(test,booya,RUNNING)", "segment.duration=5m", "segmentOrder=ring");

    private final UUID run = reaper.simulator.runs().get(0).id();

    @Test
    void withoutAReplicaCassandraGivesTheRepairUp() {
        SegmentView segment = underRepair();
        String replica = segment.replicas().stream()
                .filter(host -> !host.equals(segment.coordinator().orElseThrow()))
                .findFirst()
                .orElseThrow();

        reaper.simulator.nodeDown(replica).close();

        SegmentView after = view(segment);
        assertThat(after.state()).isEqualTo(SegmentState.NOT_STARTED);
        assertThat(after.failCount()).isEqualTo(1);
    }

    @Test
    void withoutTheCoordinatorNothingMoreIsHeardUntilTheTimeOut() {
        SegmentView segment = underRepair();
        reaper.simulator.nodeDown(segment.coordinator().orElseThrow()).close();

        reaper.advance("PT20M");
        assertThat(view(segment).state()).isEqualTo(SegmentState.RUNNING);

        reaper.advance("PT10M");
        assertThat(view(segment).failCount()).isEqualTo(1);
    }

    @Test
    void aNodeThatFlapsDoesTheSame() {
        SegmentView segment = underRepair();
        String replica = segment.replicas().stream()
                .filter(host -> !host.equals(segment.coordinator().orElseThrow()))
                .findFirst()
                .orElseThrow();

        reaper.simulator.nodeFlapping(replica, Duration.ofMinutes(2));
        reaper.advance("PT1S");

        assertThat(view(segment).failCount()).isEqualTo(1);
    }

    @Test
    void whatTheLossComesToSurvivesASnapshot() {
        SegmentView segment = underRepair();
        reaper.simulator.nodeDown(segment.coordinator().orElseThrow()).close();
        Snapshot snapshot = reaper.snapshot();
        reaper.advance("P1D");

        reaper.kernel.restore(snapshot);
        reaper.advance("PT20M");

        assertThat(view(segment).state()).isEqualTo(SegmentState.RUNNING);
    }

    private SegmentView underRepair() {
        reaper.advance("PT40S");
        return reaper.simulator.segments(run).stream()
                .filter(segment -> segment.state() == SegmentState.RUNNING)
                .findFirst()
                .orElseThrow();
    }

    private SegmentView view(SegmentView segment) {
        return reaper.simulator.segments(run).get(segment.index());
    }
}
