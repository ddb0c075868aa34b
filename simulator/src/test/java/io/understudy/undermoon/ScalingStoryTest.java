package io.understudy.undermoon;

import static io.understudy.undermoon.ClusterViewAssert.assertThatCluster;
import static io.understudy.undermoon.Worlds.MY_CLUSTER;
import static io.understudy.undermoon.Worlds.accepted;
import static io.understudy.undermoon.Worlds.clusterEpoch;
import static io.understudy.undermoon.Worlds.info;
import static io.understudy.undermoon.Worlds.refusal;
import static io.understudy.undermoon.Worlds.sp;
import static io.understudy.undermoon.Worlds.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Worked example A of spec undermoon 5.7, with the golden examples that lie on its way: 4 → 8 → 12 → 8 → 4 nodes.
 *
 * <pre>
 *   ge   7  create 4            sp1 sp2
 *   ge   8  add 4               sp1 sp2 | sp3 sp4
 *   ge   9  expand, 2 commits
 *   ge  12  add 4               sp1 sp2 | sp3 sp4 | sp5 sp6
 *   ge  13  expand, 4 commits
 *   ge  18  shrink 8, 4 commits, drop free nodes, shrink 4, 2 commits, drop free nodes: ge 27
 * </pre>
 */
final class ScalingStoryTest {
    private Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT);

    @Test
    void fourNodesBecomeEight() { // G12, G13, G14, G16, G17, G18
        accepted(broker.createCluster(MY_CLUSTER, 4));
        List<NodeView> added = accepted(broker.addNodes(MY_CLUSTER, 4));
        assertThat(added)
                .containsExactly(
                        new NodeView(
                                "server_proxy3:7005",
                                sp(3),
                                List.of(),
                                Role.MASTER,
                                List.of(new ReplPeer("server_proxy4:7008", sp(4)))),
                        new NodeView(
                                "server_proxy3:7006",
                                sp(3),
                                List.of(),
                                Role.REPLICA,
                                List.of(new ReplPeer("server_proxy4:7007", sp(4)))),
                        new NodeView(
                                "server_proxy4:7007",
                                sp(4),
                                List.of(),
                                Role.MASTER,
                                List.of(new ReplPeer("server_proxy3:7006", sp(3)))),
                        new NodeView(
                                "server_proxy4:7008",
                                sp(4),
                                List.of(),
                                Role.REPLICA,
                                List.of(new ReplPeer("server_proxy3:7005", sp(3)))));
        assertThat(broker.globalEpoch()).isEqualTo(8);
        assertThat(info(broker)).isEqualTo("8/4/false");
        assertThat(refusal(broker.scaleUpNodes(MY_CLUSTER, 8))).isEqualTo(ErrorCode.NODE_NUM_ALREADY_ENOUGH);

        accepted(broker.expand(MY_CLUSTER));
        assertThat(broker.globalEpoch()).isEqualTo(9);
        assertThatCluster(view()).looksLike("""
                server_proxy1:7001 0-4095 | 4096-8191 > server_proxy3:7005 @9
                server_proxy2:7003 8192-16383
                server_proxy3:7005 4096-8191 < server_proxy1:7001 @9
                server_proxy4:7007 -
                """);
        assertThat(stored().chunks().get(0).stableSlots())
                .containsExactly(Optional.of(RangeList.of(0, 4095)), Optional.of(RangeList.of(8192, 12287)));
        assertThat(stored().chunks().get(0).tasks(1))
                .containsExactly(new StoredTask(RangeList.of(12288, 16383), true, new StoredTask.Meta(9, 0, 1, 1, 1)));
        assertThat(stored().chunks().get(1).tasks(1))
                .containsExactly(new StoredTask(RangeList.of(12288, 16383), false, new StoredTask.Meta(9, 0, 1, 1, 1)));
        assertThat(stored().chunks().get(1).stableSlots()).containsExactly(Optional.empty(), Optional.empty());

        accepted(broker.commitMigration(task(9, 4096, 8191)));
        assertThat(broker.globalEpoch()).isEqualTo(10);
        assertThat(refusal(broker.commitMigration(task(9, 4096, 8191)))).isEqualTo(ErrorCode.MIGRATION_TASK_NOT_FOUND);
        assertThat(broker.globalEpoch()).isEqualTo(10);
        assertThat(info(broker)).isEqualTo("8/6/true");
        ProxyView sp3 = broker.proxy(sp(3)).orElseThrow();
        assertThat(sp3.epoch()).isEqualTo(10);
        assertThat(sp3.nodes())
                .extracting(NodeView::address)
                .containsExactly("server_proxy3:7005", "server_proxy3:7006");
        assertThat(sp3.peers().stream().map(peer -> peer.proxyAddress() + " " + Picture.slots(peer.slots())))
                .containsExactly(
                        "server_proxy1:6001 0-4095",
                        "server_proxy2:6002 8192-12287 | 12288-16383 > server_proxy4:7007 @9",
                        "server_proxy4:6004 12288-16383 < server_proxy2:7003 @9");

        accepted(broker.commitMigration(task(9, 12288, 16383)));
        assertThat(broker.globalEpoch()).isEqualTo(11);
        assertThat(info(broker)).isEqualTo("8/8/false");
        assertThat(refusal(broker.expand(MY_CLUSTER))).isEqualTo(ErrorCode.SLOTS_ALREADY_EVEN);
        assertThat(broker.globalEpoch()).isEqualTo(12);
        assertThat(clusterEpoch(broker)).isEqualTo(11);

        assertThat(refusal(broker.deleteFreeNodes(MY_CLUSTER))).isEqualTo(ErrorCode.FREE_NODE_NOT_FOUND); // G19
        assertThat(refusal(broker.shrink(MY_CLUSTER, 8))).isEqualTo(ErrorCode.INVALID_NODE_NUMBER);
        assertThat(broker.globalEpoch()).isEqualTo(13);
        accepted(broker.shrink(MY_CLUSTER, 4));
    }

    @Test
    void whileSlotsMoveMostThingsAreRefused() { // G15, G20, P13, P14
        expandToEight();

        assertThat(refusal(broker.addNodes(MY_CLUSTER, 4))).isEqualTo(ErrorCode.MIGRATION_RUNNING);
        assertThat(refusal(broker.deleteFreeNodes(MY_CLUSTER))).isEqualTo(ErrorCode.MIGRATION_RUNNING);
        assertThat(broker.beginAutoScale(MY_CLUSTER, 4, "t"))
                .isEqualTo(new AutoScale.Step.Finished(Outcome.refused(ErrorCode.MIGRATION_RUNNING)));
        assertThat(refusal(broker.changeConfig(MY_CLUSTER, Map.of()))).isEqualTo(ErrorCode.MIGRATION_RUNNING);
        assertThat(broker.globalEpoch()).isEqualTo(9);
        assertThat(refusal(broker.shrink(MY_CLUSTER, 4))).isEqualTo(ErrorCode.FREE_NODE_FOUND);
        assertThat(broker.globalEpoch()).isEqualTo(10);
        assertThat(refusal(broker.expand(MY_CLUSTER))).isEqualTo(ErrorCode.MIGRATION_RUNNING);
        assertThat(broker.globalEpoch()).isEqualTo(11);
        assertThat(clusterEpoch(broker)).isEqualTo(9);

        SlotRange resting = SlotRange.stable(RangeList.of(0, 1));
        assertThat(refusal(broker.commitMigration(new MigrationTask(MY_CLUSTER, resting))))
                .isEqualTo(ErrorCode.INVALID_MIGRATION_TASK);
        assertThat(refusal(broker.commitMigration(new MigrationTask("none", resting))))
                .isEqualTo(ErrorCode.CLUSTER_NOT_FOUND);
    }

    @Test
    void theWholeStoryUnderLimitOne() { // G41 – G44
        List<String> infos = new ArrayList<>();
        expandToEight();
        commit(infos, task(9, 4096, 8191), task(9, 12288, 16383));

        accepted(broker.addNodes(MY_CLUSTER, 4));
        accepted(broker.expand(MY_CLUSTER));
        assertThat(broker.globalEpoch()).isEqualTo(13);
        assertThatCluster(view()).looksLike("""
                server_proxy1:7001 0-2730 | 2731-4095 > server_proxy5:7009 @13
                server_proxy2:7003 8192-12287
                server_proxy3:7005 4096-8191
                server_proxy4:7007 12288-16383
                server_proxy5:7009 2731-4095 < server_proxy1:7001 @13
                server_proxy6:7011 -
                """);
        infos.add(info(broker));
        commit(infos, task(13, 2731, 4095), task(13, 10923, 12287), task(13, 6827, 8191), task(13, 15019, 16383));
        assertThat(broker.globalEpoch()).isEqualTo(17);
        assertThatCluster(view()).looksLike("""
                server_proxy1:7001 0-2730
                server_proxy2:7003 8192-10922
                server_proxy3:7005 4096-6826
                server_proxy4:7007 12288-15018
                server_proxy5:7009 2731-4095+10923-12287
                server_proxy6:7011 6827-8191+15019-16383
                """);

        accepted(broker.shrink(MY_CLUSTER, 8));
        assertThat(broker.globalEpoch()).isEqualTo(18);
        assertThatCluster(view()).looksLike("""
                server_proxy1:7001 0-2730 | 2731-4095 < server_proxy5:7009 @18
                server_proxy2:7003 8192-10922
                server_proxy3:7005 4096-6826
                server_proxy4:7007 12288-15018
                server_proxy5:7009 10923-12287 | 2731-4095 > server_proxy1:7001 @18
                server_proxy6:7011 6827-8191+15019-16383
                """);
        assertThat(Picture.plan(stored()))
                .containsExactly(
                        "(2,0)->(0,0) 2731-4095",
                        "(2,0)->(0,1) 10923-12287",
                        "(2,1)->(1,0) 6827-8191",
                        "(2,1)->(1,1) 15019-16383");
        infos.add(info(broker));
        commit(infos, task(18, 2731, 4095), task(18, 10923, 12287), task(18, 6827, 8191), task(18, 15019, 16383));
        assertThat(broker.globalEpoch()).isEqualTo(22);
        accepted(broker.deleteFreeNodes(MY_CLUSTER));
        assertThat(broker.globalEpoch()).isEqualTo(23);
        assertThat(broker.proxy(sp(5)).orElseThrow().isFree()).isTrue();

        accepted(broker.shrink(MY_CLUSTER, 4));
        assertThat(broker.globalEpoch()).isEqualTo(24);
        assertThatCluster(view()).looksLike("""
                server_proxy1:7001 0-4095 | 4096-8191 < server_proxy3:7005 @24
                server_proxy2:7003 8192-12287
                server_proxy3:7005 4096-8191 > server_proxy1:7001 @24
                server_proxy4:7007 12288-16383
                """);
        infos.add(info(broker));
        commit(infos, task(24, 4096, 8191), task(24, 12288, 16383));
        assertThatCluster(view()).looksLike("""
                server_proxy1:7001 0-8191
                server_proxy2:7003 8192-16383
                server_proxy3:7005 -
                server_proxy4:7007 -
                """);
        accepted(broker.deleteFreeNodes(MY_CLUSTER));
        assertThat(broker.globalEpoch()).isEqualTo(27);
        assertThat(view().nodes()).hasSize(4);

        assertThat(infos)
                .containsExactly(
                        "8/6/true",
                        "8/8/false",
                        "12/8/true",
                        "12/10/true",
                        "12/10/true",
                        "12/12/true",
                        "12/12/false",
                        "12/12/true",
                        "12/10/true",
                        "12/10/true",
                        "12/8/true",
                        "12/8/false",
                        "8/6/true",
                        "8/4/true",
                        "8/4/false");
    }

    @Test
    void theNumberOfNodesWithSlotsDependsOnTheLimit() { // 5.7, second table; P22
        assertThat(infoAfterShrink(0, 8)).isEqualTo("12/8/true");
        assertThat(infoAfterShrink(2, 8)).isEqualTo("12/12/true");
        assertThat(infoAfterShrink(1, 8)).isEqualTo("12/12/true");
        assertThat(infoAfterExpand(0)).isEqualTo("8/4/true");
        assertThat(infoAfterExpand(2)).isEqualTo("8/4/true");
    }

    private String infoAfterShrink(long limit, int to) {
        broker = Worlds.sixProxies(BrokerConfig.DEFAULT.withMigrationLimit(limit));
        expandToEight();
        SlotPlanTest.commitAll(broker);
        accepted(broker.addNodes(MY_CLUSTER, 4));
        accepted(broker.expand(MY_CLUSTER));
        SlotPlanTest.commitAll(broker);
        accepted(broker.shrink(MY_CLUSTER, to));
        return info(broker);
    }

    private String infoAfterExpand(long limit) {
        broker = Worlds.sixProxies(BrokerConfig.DEFAULT.withMigrationLimit(limit));
        expandToEight();
        return info(broker);
    }

    private void expandToEight() {
        accepted(broker.createCluster(MY_CLUSTER, 4));
        accepted(broker.addNodes(MY_CLUSTER, 4));
        accepted(broker.expand(MY_CLUSTER));
    }

    private void commit(List<String> infos, MigrationTask... tasks) {
        for (MigrationTask task : tasks) {
            accepted(broker.commitMigration(task));
            infos.add(info(broker));
        }
    }

    private ClusterView view() {
        return broker.cluster(MY_CLUSTER).orElseThrow();
    }

    private Cluster stored() {
        return broker.metadata().clusters().get(MY_CLUSTER);
    }
}
