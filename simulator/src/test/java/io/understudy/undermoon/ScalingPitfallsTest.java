package io.understudy.undermoon;

import static io.understudy.undermoon.Wire.sp;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.Covers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pitfalls of spec undermoon 12 that lie in node numbers and migrations. */
class ScalingPitfallsTest {
    private static final String EXPAND = "POST /clusters/migrations/expand/mycluster";
    private static final String SHRINK = "POST /clusters/migrations/shrink/mycluster/";
    private static final String AUTO = "POST /clusters/migrations/auto/mycluster/";
    private static final String ADD_FOUR = "PATCH /clusters/nodes/mycluster {\"node_number\":4}";
    private static final BrokerConfig UNLIMITED = BrokerConfig.DEFAULT.withMigrationLimit(0);

    @Test
    @Covers("undermoon P12")
    void expandingAnEvenClusterIsSlotsAlreadyEven() {
        assertThat(Wire.cluster(4).send(EXPAND)).isEqualTo("400 SLOTS_ALREADY_EVEN");
    }

    @Test
    @Covers("undermoon P13")
    void failedExpandsAndShrinksRaiseTheGlobalEpochUnlessNameOrLockStopThem() {
        Wire wire = Wire.cluster(4);
        wire.send(EXPAND);
        wire.send(SHRINK + "4");
        wire.send("POST /clusters/migrations/expand/none");
        assertThat(wire.ge()).isEqualTo("10");
        assertThat(wire.ce()).isEqualTo("7");
        wire.send("POST /clusters/migrations/expand/bad.name");
        wire.send("POST /clusters/migrations/shrink/bad.name/4");
        assertThat(wire.ge()).isEqualTo("10");
        wire.sent(AUTO + "8");
        assertThat(wire.ge()).isEqualTo("11");
        wire.send(EXPAND);
        wire.send(SHRINK + "4");
        assertThat(wire.ge()).isEqualTo("11");
    }

    @Test
    @Covers("undermoon P14")
    void migrationRunningShowsOnlyOnceEveryPartHasSlotsAtRest() {
        Wire wire = Wire.cluster(4);
        wire.send("PATCH /clusters/nodes/mycluster {\"node_number\":8}");
        wire.send(EXPAND);
        assertThat(wire.tasks()).hasSize(5);
        assertThat(wire.send(SHRINK + "4")).isEqualTo("409 FREE_NODE_FOUND");
        assertThat(wire.send(EXPAND)).isEqualTo("409 MIGRATION_RUNNING");
        // One migration into every part that had nothing; the first of the two into part (1,1) stays open.
        wire.commit(9, 5461, 8191);
        wire.commit(9, 16383, 16383);
        wire.commit(9, 13653, 16382);
        wire.commit(9, 10923, 13652);
        assertThat(wire.tasks()).containsExactly("2731-5460@9");
        assertThat(wire.send(SHRINK + "4")).isEqualTo("409 MIGRATION_RUNNING");
        assertThat(wire.send(EXPAND)).isEqualTo("400 SLOTS_ALREADY_EVEN");
    }

    @Test
    @Covers("undermoon P15")
    void autoDropsSlotlessChunksEvenWhenItThenFailsOrHasNothingToDo() {
        Wire failing = Wire.cluster(4);
        failing.send(ADD_FOUR);
        assertThat(failing.send(AUTO + "40")).isEqualTo("409 NO_AVAILABLE_RESOURCE");
        assertThat(failing.info()).isEqualTo("4/4/false");
        Wire idle = Wire.cluster(4);
        idle.send(ADD_FOUR);
        assertThat(idle.send(AUTO + "4")).isEqualTo("200");
        assertThat(idle.info()).isEqualTo("4/4/false");
        assertThat(idle.ge()).isEqualTo("9");
    }

    @Test
    @Covers("undermoon P16")
    void autoToABadNumberRaisesTheEpochBelowTheCurrentOneAndNotAbove() {
        Wire wire = Wire.cluster(8);
        assertThat(wire.send(AUTO + "0")).isEqualTo("400 INVALID_NODE_NUMBER");
        assertThat(wire.ge()).isEqualTo("8");
        assertThat(wire.send(AUTO + "6")).isEqualTo("400 INVALID_NODE_NUMBER");
        assertThat(wire.ge()).isEqualTo("9");
        assertThat(wire.send(AUTO + "10")).isEqualTo("400 INVALID_NODE_NUMBER");
        assertThat(wire.ge()).isEqualTo("9");
    }

    @Test
    @Covers("undermoon P17")
    void aCommitIsFoundByItsRangesLiterallyAndItsEpochAndNothingElse() {
        Wire wire = Wire.expanding();
        assertThat(wire.commit(8, 4096, 8191)).isEqualTo("404 MIGRATION_TASK_NOT_FOUND");
        assertThat(wire.commit(9, 4096, 8190)).isEqualTo("404 MIGRATION_TASK_NOT_FOUND");
        assertThat(wire.send("PUT /clusters/migrations {\"cluster_name\":\"mycluster\",\"slot_range\":{\"range_list\":"
                        + "[[4096,5000],[5001,8191]],\"tag\":{\"Migrating\":{\"epoch\":9,\"src_proxy_address\":\"\","
                        + "\"src_node_address\":\"\",\"dst_proxy_address\":\"\",\"dst_node_address\":\"\"}}}}"))
                .isEqualTo("404 MIGRATION_TASK_NOT_FOUND");
        assertThat(wire.commit(9, 4096, 8191)).isEqualTo("200");
    }

    @Test
    @Covers("undermoon P18")
    void aCommitKeepsEmptyChunksAndOtherEpochsButRaisesTheClusters() {
        Wire wire = Wire.cluster(8);
        wire.send(SHRINK + "4");
        wire.commit(8, 8192, 12287);
        assertThat(wire.tasks()).containsExactly("12288-16383@8");
        assertThat(wire.ce()).isEqualTo("9");
        wire.commit(8, 12288, 16383);
        assertThat(wire.info()).isEqualTo("8/4/false");
    }

    @Test
    @Covers("undermoon P19")
    void aSecondCommitIsNotFound() {
        Wire wire = Wire.expanding();
        assertThat(wire.commit(9, 4096, 8191)).isEqualTo("200");
        assertThat(wire.commit(9, 4096, 8191)).isEqualTo("404 MIGRATION_TASK_NOT_FOUND");
        assertThat(wire.ge()).isEqualTo("10");
    }

    @Test
    @Covers("undermoon P20")
    void hiddenMigrationsRestAtTheirSourceAndCanBeCommitted() {
        Wire wire = Wire.expanding();
        assertThat(wire.slots())
                .containsExactly(
                        "server_proxy1:7001 0-4095 >4096-8191@9",
                        "server_proxy2:7003 8192-16383",
                        "server_proxy3:7005 <4096-8191@9");
        assertThat(wire.commit(9, 12288, 16383)).isEqualTo("200");
        assertThat(wire.slots())
                .containsExactly(
                        "server_proxy1:7001 0-4095 >4096-8191@9",
                        "server_proxy2:7003 8192-12287",
                        "server_proxy3:7005 <4096-8191@9",
                        "server_proxy4:7007 12288-16383");
    }

    @Test
    @Covers("undermoon P21")
    void anyLimitShowsAtMostOneMigrationOutOfAPart() {
        Wire wire = Wire.cluster(4, BrokerConfig.DEFAULT.withMigrationLimit(100));
        wire.send("PATCH /clusters/nodes/mycluster {\"node_number\":8}");
        wire.send(EXPAND);
        assertThat(wire.tasks()).hasSize(5);
        assertThat(wire.slots())
                .filteredOn(line -> line.contains(">"))
                .containsExactly(
                        "server_proxy1:7001 0-5460 >5461-8191@9", "server_proxy2:7003 8192-16382 >16383-16383@9");
    }

    @Test
    @Covers("undermoon P22")
    void theNumberOfNodesWithSlotsPassesThrough6AndStartsOldWhenShrinking() {
        Wire wire = Wire.expanding();
        wire.commit(9, 4096, 8191);
        assertThat(wire.info()).isEqualTo("8/6/true");
        wire.commit(9, 12288, 16383);
        wire.send(ADD_FOUR);
        wire.send(EXPAND);
        wire.commit(13, 2731, 4095);
        assertThat(wire.info()).isEqualTo("12/10/true");
        wire.commit(13, 10923, 12287);
        wire.commit(13, 6827, 8191);
        wire.commit(13, 15019, 16383);
        wire.send(SHRINK + "8");
        assertThat(wire.info()).isEqualTo("12/12/true");
    }

    @Test
    @Covers("undermoon P23")
    void slotsMoveFromTheHighEndWhenExpandingAndFromTheLowEndWhenShrinking() {
        Wire wire = Wire.expanding(UNLIMITED);
        assertThat(wire.tasks()).containsExactly("4096-8191@9", "12288-16383@9");
        wire.commit(9, 4096, 8191);
        wire.commit(9, 12288, 16383);
        wire.send(SHRINK + "4");
        wire.commit(12, 12288, 16383);
        wire.commit(12, 4096, 8191);
        assertThat(wire.slots()).containsExactly("server_proxy1:7001 0-8191", "server_proxy2:7003 8192-16383");
        Wire low = Wire.cluster(12, UNLIMITED);
        low.send(SHRINK + "4");
        assertThat(low.tasks())
                .containsExactly("5462-8192@8", "8193-10922@8", "10923-10923@8", "10924-13653@8", "13654-16383@8");
    }

    @Test
    @Covers("undermoon P24")
    void nodeOrderNeverChangesAndPart0SitsBehindPart1AfterAFailover() {
        Wire wire = Wire.cluster(4);
        wire.send("POST /proxies/failover/" + sp(1));
        List<String> nodes = new ArrayList<>();
        wire.json("/clusters/meta/mycluster")
                .at("/cluster/nodes")
                .forEach(node -> nodes.add(node.get("address").asText()));
        assertThat(nodes)
                .containsExactly(
                        "server_proxy3:7005", "server_proxy3:7006", "server_proxy2:7003", "server_proxy2:7004");
        assertThat(wire.slots()).containsExactly("server_proxy2:7003 8192-16383", "server_proxy2:7004 0-8191");
    }

    @Test
    @Covers("undermoon P25")
    void thePeerOfNodeIIsNode3MinusI() {
        Wire wire = Wire.cluster(8);
        JsonNode nodes = wire.json("/clusters/meta/mycluster").at("/cluster/nodes");
        assertThat(nodes).hasSize(8);
        for (int i = 0; i < nodes.size(); i++) {
            JsonNode peers = nodes.get(i).at("/repl/peers");
            assertThat(peers).hasSize(1);
            assertThat(peers.get(0).get("node_address"))
                    .isEqualTo(nodes.get(i / 4 * 4 + 3 - i % 4).get("address"));
        }
    }

    @Test
    @Covers("undermoon P26")
    void peersAreTheOtherProxiesWithMastersSlotsOrNot() {
        Wire wire = Wire.cluster(4);
        wire.send(ADD_FOUR);
        assertThat(peers(wire, 1)).containsExactly(sp(2) + " 1", sp(3) + " 0", sp(4) + " 0");
        wire.send("POST /proxies/failover/" + sp(1));
        assertThat(peers(wire, 2)).as("not sp5, which has replicas only").containsExactly(sp(3) + " 0", sp(4) + " 0");
        assertThat(peers(wire, 5)).containsExactly(sp(2) + " 2", sp(3) + " 0", sp(4) + " 0");
    }

    private static List<String> peers(Wire wire, int proxy) {
        List<String> peers = new ArrayList<>();
        wire.json("/proxies/meta/" + sp(proxy))
                .at("/proxy/peers")
                .forEach(peer -> peers.add(peer.get("proxy_address").asText() + " "
                        + peer.get("slots").size()));
        return peers;
    }

    @Test
    @Covers("undermoon P27")
    void aFreeProxyHasTheGlobalEpochAUsedOneItsClusters() {
        Wire wire = Wire.cluster(4);
        wire.send("POST /clusters/meta/other {\"node_number\":4}");
        wire.send("PATCH /clusters/config/other {}");
        assertThat(wire.json("/proxies/meta/" + sp(1)).at("/proxy/epoch").asLong())
                .isEqualTo(7);
        assertThat(wire.json("/proxies/meta/" + sp(3)).at("/proxy/epoch").asLong())
                .isEqualTo(9);
        assertThat(wire.json("/proxies/meta/" + sp(6)).at("/proxy/epoch").asLong())
                .isEqualTo(9);
        wire.send("POST /failures/ghost:1/r");
        assertThat(wire.json("/proxies/meta/" + sp(3)).at("/proxy/epoch").asLong())
                .isEqualTo(9);
        assertThat(wire.json("/proxies/meta/" + sp(6)).at("/proxy/epoch").asLong())
                .isEqualTo(10);
    }

    @Test
    @Covers("undermoon P42")
    void theScaleLockIsGlobalAndStopsNothingElse() {
        Wire wire = Wire.cluster(4);
        wire.send("POST /clusters/meta/other {\"node_number\":4}");
        Client.Sent waiting = wire.sent(AUTO + "8");
        for (String locked : List.of(
                "PATCH /clusters/nodes/other {\"node_number\":4}",
                "PUT /clusters/nodes/other {\"cluster_node_number\":8}",
                "DELETE /clusters/free_nodes/other",
                "POST /clusters/migrations/expand/other",
                "POST /clusters/migrations/shrink/other/4",
                "POST /clusters/migrations/auto/other/4")) {
            assertThat(wire.send(locked)).as(locked).isEqualTo("409 NODE_NUMBER_CHANGING");
        }
        assertThat(wire.send("PUT /clusters/balance/other")).isEqualTo("200");
        assertThat(wire.send("PATCH /clusters/config/other {}")).isEqualTo("200");
        assertThat(wire.commit(1, 0, 1)).isEqualTo("404 MIGRATION_TASK_NOT_FOUND");
        assertThat(wire.send("POST /proxies/failover/" + sp(3))).isEqualTo("409 NO_AVAILABLE_RESOURCE");
        assertThat(wire.send("DELETE /clusters/meta/other")).isEqualTo("200");
        wire.passes(1);
        assertThat(waiting.reply())
                .hasValueSatisfying(reply -> assertThat(reply.status()).isEqualTo(200));
        assertThat(wire.send(SHRINK + "4")).isEqualTo("409 FREE_NODE_FOUND");
    }

    @Test
    @Covers("undermoon P48")
    void aClusterCanBeDeletedMidMigrationAndAWaitingAutoThenFindsNone() {
        Wire migrating = Wire.expanding();
        assertThat(migrating.send("DELETE /clusters/meta/mycluster")).isEqualTo("200");
        Wire wire = Wire.cluster(4);
        Client.Sent waiting = wire.sent(AUTO + "8");
        assertThat(wire.send("DELETE /clusters/meta/mycluster")).isEqualTo("200");
        wire.passes(1);
        assertThat(waiting.reply().map(Replay::transcript)).contains("404 {\"error\":\"CLUSTER_NOT_FOUND\"}");
    }
}
