package io.understudy.undermoon;

import static io.understudy.undermoon.Worlds.MY_CLUSTER;
import static io.understudy.undermoon.Worlds.accepted;
import static io.understudy.undermoon.Worlds.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.undermoon.AutoScale.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoint 14, spec undermoon 3.5. */
final class AutoScaleTest {
    private static final Step DONE = new Step.Finished(Outcome.done());

    private final Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT);

    @BeforeEach
    void fourNodes() {
        accepted(broker.createCluster(MY_CLUSTER, 4));
    }

    @Test
    void nodesAreAddedAndSlotsMoveOnceAllProxiesKnow() { // G34
        AutoScale waiting = begin(8);
        assertThat(broker.globalEpoch()).isEqualTo(8);
        assertThat(waiting.epoch()).isEqualTo(8);
        assertThat(waiting.proxies()).containsExactly(Worlds.sp(1), Worlds.sp(2), Worlds.sp(3), Worlds.sp(4));

        assertThat(broker.autoScaleRound(answers(7))).isEqualTo(new Step.Waiting(waiting));
        assertThat(broker.autoScaleRound(answers(8))).isEqualTo(DONE);

        assertThat(broker.globalEpoch()).isEqualTo(9);
        assertThat(Picture.plan(broker.store().cluster(MY_CLUSTER).orElseThrow()))
                .containsExactly("(0,0)->(1,0) 4096-8191", "(0,1)->(1,1) 12288-16383");
        assertThat(broker.autoScale()).isEmpty();
    }

    @Test
    void nothingHappensToAClusterThatHasItsSize() { // G34
        assertThat(broker.beginAutoScale(MY_CLUSTER, 4, "t")).isEqualTo(DONE);
        assertThat(broker.globalEpoch()).isEqualTo(7);
    }

    @Test
    void aWaitingCallHoldsTheLockForAllClustersButNotForEverything() { // G35, P42
        begin(8);

        assertThat(refusal(broker.expand("other"))).isEqualTo(ErrorCode.NODE_NUMBER_CHANGING);
        assertThat(refusal(broker.expand("bad.name"))).isEqualTo(ErrorCode.NODE_NUMBER_CHANGING);
        assertThat(refusal(broker.shrink("other", 4))).isEqualTo(ErrorCode.NODE_NUMBER_CHANGING);
        assertThat(refusal(broker.addNodes("other", 4))).isEqualTo(ErrorCode.NODE_NUMBER_CHANGING);
        assertThat(refusal(broker.scaleUpNodes("other", 4))).isEqualTo(ErrorCode.NODE_NUMBER_CHANGING);
        assertThat(refusal(broker.deleteFreeNodes("other"))).isEqualTo(ErrorCode.NODE_NUMBER_CHANGING);
        assertThat(broker.globalEpoch()).isEqualTo(8);
        accepted(broker.createCluster("other", 4));
        accepted(broker.balanceMasters(MY_CLUSTER));
        accepted(broker.changeConfig(MY_CLUSTER, Map.of()));
        assertThat(refusal(broker.failover(Worlds.sp(1)))).isEqualTo(ErrorCode.NO_AVAILABLE_RESOURCE);
        accepted(broker.deleteCluster("other"));
    }

    @Test
    void aSecondCallDoesNotDisturbTheFirst() {
        AutoScale waiting = begin(8);

        assertThat(broker.beginAutoScale(MY_CLUSTER, 12, "second"))
                .isEqualTo(new Step.Finished(Outcome.refused(ErrorCode.NODE_NUMBER_CHANGING)));

        assertThat(broker.autoScale()).contains(waiting);
    }

    @Test
    void theThirtyFirstFailingRoundIsTheLast() {
        begin(8);
        EpochAnswers oneDown = new EpochAnswers(Map.of(Worlds.sp(1), 99L), List.of(Worlds.sp(2)));
        for (int i = 1; i <= 30; i++) {
            assertThat(broker.autoScaleRound(oneDown)).isInstanceOf(Step.Waiting.class);
            broker.autoScaleRound(answers(7)); // reachable but behind: counts for nothing
        }

        assertThat(broker.autoScaleRound(oneDown))
                .isEqualTo(new Step.Finished(Outcome.refused(ErrorCode.PROXY_NOT_SYNC)));

        assertThat(Worlds.info(broker)).isEqualTo("8/4/false");
        assertThat(broker.globalEpoch()).isEqualTo(8);
        begin(8); // drops the four nodes and adds them again
        assertThat(broker.globalEpoch()).isEqualTo(10);
        assertThat(Worlds.info(broker)).isEqualTo("8/4/false");
    }

    @Test
    void aClientThatGoesAwayLeavesTheNodes() {
        begin(8);
        broker.abortAutoScale();

        assertThat(broker.autoScale()).isEmpty();
        assertThat(Worlds.info(broker)).isEqualTo("8/4/false");
        accepted(broker.expand(MY_CLUSTER));
    }

    @Test
    void theClusterMayBeGoneAfterTheWait() { // P48
        begin(8);
        accepted(broker.deleteCluster(MY_CLUSTER));

        assertThat(broker.autoScaleRound(answers(99)))
                .isEqualTo(new Step.Finished(Outcome.refused(ErrorCode.CLUSTER_NOT_FOUND)));
        assertThat(broker.globalEpoch()).isEqualTo(9);
    }

    @Test
    void freeNodesAreDroppedEvenWhenNothingElseHappens() { // P15, P16
        accepted(broker.addNodes(MY_CLUSTER, 4));
        assertThat(broker.beginAutoScale(MY_CLUSTER, 4, "t")).isEqualTo(DONE);
        assertThat(broker.globalEpoch()).isEqualTo(9);
        assertThat(Worlds.info(broker)).isEqualTo("4/4/false");

        accepted(broker.addNodes(MY_CLUSTER, 4));
        assertThat(broker.beginAutoScale(MY_CLUSTER, 7, "t"))
                .isEqualTo(new Step.Finished(Outcome.refused(ErrorCode.INVALID_NODE_NUMBER)));
        assertThat(broker.globalEpoch()).isEqualTo(11);
        assertThat(broker.beginAutoScale(MY_CLUSTER, 0, "t"))
                .isEqualTo(new Step.Finished(Outcome.refused(ErrorCode.INVALID_NODE_NUMBER)));
        assertThat(broker.globalEpoch()).isEqualTo(12);
        assertThat(broker.beginAutoScale(MY_CLUSTER, 400, "t"))
                .isEqualTo(new Step.Finished(Outcome.refused(ErrorCode.NO_AVAILABLE_RESOURCE)));
        assertThat(broker.globalEpoch()).isEqualTo(12);
    }

    @Test
    void aLowerNumberShrinksAtOnce() {
        begin(8);
        broker.autoScaleRound(answers(8));
        SlotPlanTest.commitAll(broker);

        assertThat(broker.beginAutoScale(MY_CLUSTER, 4, "t")).isEqualTo(DONE);
        assertThat(Worlds.info(broker)).isEqualTo("8/6/true");
    }

    @Test
    void aWaitSurvivesASnapshot() {
        begin(8);
        Broker copy = new Broker(BrokerConfig.DEFAULT, broker.state());

        assertThat(copy.autoScaleRound(answers(8))).isEqualTo(DONE);
        assertThat(copy.globalEpoch()).isEqualTo(9);
        assertThat(broker.globalEpoch()).isEqualTo(8);
    }

    private AutoScale begin(long nodes) {
        return ((Step.Waiting) broker.beginAutoScale(MY_CLUSTER, nodes, "ticket")).waiting();
    }

    private EpochAnswers answers(long epoch) {
        Map<String, Long> epochs = new HashMap<>();
        broker.autoScale().orElseThrow().proxies().forEach(proxy -> epochs.put(proxy, epoch));
        return new EpochAnswers(epochs, List.of());
    }
}
