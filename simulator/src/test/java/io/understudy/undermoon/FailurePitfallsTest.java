package io.understudy.undermoon;

import static io.understudy.undermoon.Wire.sp;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pitfalls of spec undermoon 12 that lie in failures, failovers and allocation. */
class FailurePitfallsTest {
    private static final String NOBODY = "200 {\"addresses\":[]}";

    @Test
    @Covers("undermoon P29")
    void registeringAgainChangesNoProxyButClearsItsMarks() {
        Wire wire = Wire.sixProxies(BrokerConfig.DEFAULT);
        String again =
                "POST /proxies/meta {\"proxy_address\":\"" + sp(1) + "\",\"nodes\":[\"x\",\"y\"],\"host\":\"z\"}";
        String before = wire.metadata();
        assertThat(wire.send(again)).isEqualTo("409 ALREADY_EXISTED");
        assertThat(wire.metadata()).isEqualTo(before);
        wire.send("POST /failures/" + sp(1) + "/r");
        assertThat(wire.send(again)).isEqualTo("409 ALREADY_EXISTED");
        assertThat(wire.ge()).isEqualTo("8");
        wire.send("POST /proxies/failover/" + sp(1));
        assertThat(wire.send("GET /proxies/failed/addresses")).contains(sp(1));
        assertThat(wire.send(again)).isEqualTo("409 ALREADY_EXISTED");
        assertThat(wire.ge()).isEqualTo("9");
        assertThat(wire.send("GET /proxies/failed/addresses")).isEqualTo(NOBODY);
        assertThat(wire.metadata()).isEqualTo(before.replace("\"global_epoch\":6", "\"global_epoch\":9"));
    }

    @Test
    @Covers("undermoon P30")
    void oneReportBelowTheQuorumBlocksAllocationAndUnknownAddressesAreStored() {
        Wire wire = Wire.empty(BrokerConfig.DEFAULT.withFailureQuorum(2));
        wire.register(1, "");
        wire.register(2, "");
        wire.send("POST /failures/" + sp(1) + "/r");
        wire.send("POST /failures/ghost:1/r");
        assertThat(wire.send("GET /failures")).isEqualTo(NOBODY);
        assertThat(wire.json("/metadata").get("failures").has("ghost:1")).isTrue();
        assertThat(wire.send("POST /clusters/meta/mycluster {\"node_number\":4}"))
                .isEqualTo("409 NO_AVAILABLE_RESOURCE");
    }

    @Test
    @Covers("undermoon P31")
    void aReportKeepsItsFirstTimeAndExpiresOnlyWhenSomebodyAsks() {
        Wire wire = Wire.sixProxies(BrokerConfig.DEFAULT);
        wire.send("POST /failures/" + sp(1) + "/r");
        wire.passes(30);
        wire.send("POST /failures/" + sp(1) + "/r");
        assertThat(wire.ge()).isEqualTo("7");
        assertThat(wire.json("/metadata").at("/failures").get(sp(1)).get("r").asLong())
                .isEqualTo(InProcess.START);
        wire.passes(1000);
        assertThat(wire.json("/metadata").get("failures").has(sp(1))).isTrue();
        assertThat(wire.send("GET /failures")).isEqualTo(NOBODY);
        assertThat(wire.json("/metadata").get("failures").has(sp(1))).isFalse();
        wire.send("POST /failures/" + sp(1) + "/r");
        assertThat(wire.ge()).isEqualTo("8");
    }

    @Test
    @Covers("undermoon P32")
    void aReplacedProxyStaysListedUntilTheNextFailoverOrItsTime() {
        Wire wire = Wire.cluster(4);
        wire.send("POST /failures/" + sp(1) + "/r");
        assertThat(wire.send("POST /proxies/failover/" + sp(1))).startsWith("200 {\"proxy\":{\"cluster_name\"");
        assertThat(wire.send("GET /failures")).contains(sp(1));
        assertThat(wire.send("POST /proxies/failover/" + sp(1))).isEqualTo("200 {\"proxy\":null}");
        assertThat(wire.send("GET /failures")).isEqualTo(NOBODY);
    }

    @Test
    @Covers("undermoon P33")
    void aFailoverWithoutSpareChangesRolesEpochsAndTheFailedListThoughItSays409() {
        Wire wire = Wire.empty();
        wire.register(1, "");
        wire.register(2, "");
        wire.send("POST /clusters/meta/mycluster {\"node_number\":4}");
        assertThat(wire.send("POST /proxies/failover/" + sp(1))).isEqualTo("409 NO_AVAILABLE_RESOURCE");
        assertThat(wire.slots()).containsExactly("server_proxy2:7003 8192-16383", "server_proxy2:7004 0-8191");
        assertThat(wire.ge()).isEqualTo("4");
        assertThat(wire.ce()).isEqualTo("4");
        assertThat(wire.send("GET /proxies/failed/addresses")).contains(sp(1));
        assertThat(wire.send("POST /proxies/failover/" + sp(1))).isEqualTo("409 NO_AVAILABLE_RESOURCE");
        assertThat(wire.ge()).isEqualTo("5");
        assertThat(wire.ce()).isEqualTo("4");
    }

    @Test
    @Covers("undermoon P34")
    void aFreeProxyIsMarkedFailedWithoutAnEpoch() {
        Wire wire = Wire.sixProxies(BrokerConfig.DEFAULT);
        assertThat(wire.send("POST /proxies/failover/" + sp(1))).isEqualTo("200 {\"proxy\":null}");
        assertThat(wire.ge()).isEqualTo("6");
        assertThat(wire.send("GET /proxies/failed/addresses")).isEqualTo("200 {\"addresses\":[\"" + sp(1) + "\"]}");
    }

    @Test
    @Covers("undermoon P35")
    void failedMarksNeverExpire() {
        Wire wire = Wire.sixProxies(BrokerConfig.DEFAULT);
        wire.send("POST /failures/" + sp(1) + "/r");
        wire.send("POST /proxies/failover/" + sp(1));
        wire.passes(100_000);
        wire.send("GET /failures");
        assertThat(wire.send("GET /proxies/failed/addresses")).contains(sp(1));
    }

    @Test
    @Covers("undermoon P36")
    void orderedModeNeverReplacesNorMarksAUsedProxyAndRaisesTheEpochOnceMore() {
        Wire wire = Wire.ordered();
        assertThat(wire.ge()).isEqualTo("5");
        wire.send("POST /failures/" + sp(1) + "/r");
        assertThat(wire.send("POST /proxies/failover/" + sp(1))).isEqualTo("200 {\"proxy\":null}");
        assertThat(wire.ge()).isEqualTo("8");
        assertThat(wire.ce()).isEqualTo("7");
        assertThat(wire.send("GET /proxies/failed/addresses")).isEqualTo(NOBODY);
        assertThat(wire.send("GET /failures")).contains(sp(1));
        assertThat(wire.json("/proxies/meta/" + sp(1)).at("/proxy/cluster_name").asText())
                .isEqualTo("mycluster");
    }

    @Test
    @Covers("undermoon P37")
    void aFailoverResetsTheMigrationsOfItsPartOnce() {
        Wire wire = Wire.ordered();
        wire.send("PATCH /clusters/nodes/mycluster {\"node_number\":4}");
        wire.send("POST /clusters/migrations/expand/mycluster");
        assertThat(wire.tasks()).containsExactly("4096-8191@7", "12288-16383@7");
        wire.send("POST /proxies/failover/" + sp(4));
        assertThat(wire.tasks()).containsExactly("4096-8191@7", "12288-16383@8");
        assertThat(wire.commit(7, 12288, 16383)).isEqualTo("404 MIGRATION_TASK_NOT_FOUND");
        wire.send("POST /proxies/failover/" + sp(4));
        assertThat(wire.tasks()).containsExactly("4096-8191@7", "12288-16383@8");
    }

    @Test
    @Covers("undermoon P37")
    void migrationsThatShareAnEndpointWithTheFailedPartAreResetAsWell() {
        Wire wire = Wire.cluster(4, BrokerConfig.DEFAULT.withMigrationLimit(0));
        wire.send("PATCH /clusters/nodes/mycluster {\"node_number\":8}");
        wire.send("POST /clusters/migrations/expand/mycluster");
        wire.send("POST /proxies/failover/" + sp(3));
        assertThat(wire.tasks())
                .as("(0,0)->(1,0) is the failed part's; (0,0)->(1,1) shares its source")
                .containsExactly("5461-8191@10", "2731-5460@10", "16383-16383@9", "13653-16382@9", "10923-13652@9");
    }

    @Test
    @Covers("undermoon P38")
    void balanceSkipsChunksWithAFailedOrReportedProxyAndAlwaysRaisesTheEpoch() {
        Wire wire = Wire.cluster(4);
        wire.send("POST /proxies/failover/" + sp(1));
        List<String> switched = wire.slots();
        wire.send("POST /failures/" + sp(3) + "/r");
        assertThat(wire.send("PUT /clusters/balance/mycluster")).isEqualTo("200");
        assertThat(wire.slots()).isEqualTo(switched);
        assertThat(wire.ge()).isEqualTo("11");
        assertThat(wire.ce()).isEqualTo("11");
        wire.register(3, "");
        assertThat(wire.send("PUT /clusters/balance/mycluster")).isEqualTo("200");
        assertThat(wire.slots()).containsExactly("server_proxy3:7005 0-8191", "server_proxy2:7003 8192-16383");
    }

    @Test
    @Covers("undermoon P41")
    void recoveryGoesTwoBeyondTheHighestProxyEpoch() {
        Wire wire = Wire.sixProxies(BrokerConfig.DEFAULT);
        wire.broker.fixEpoch(sp(4), 100);
        assertThat(wire.send("PUT /epoch/recovery")).isEqualTo("200 {\"failed_addresses\":[]}");
        assertThat(wire.ge()).isEqualTo("102");
    }

    @Test
    @Covers("undermoon P43")
    void oneHostIsNeverEnoughAndUnbalancedHostsAreTrimmedFirst() {
        Wire one = Wire.empty();
        one.broker.broker().registerProxy(Worlds.onHost("a", 1));
        one.broker.broker().registerProxy(Worlds.onHost("a", 2));
        assertThat(one.send("POST /clusters/meta/mycluster {\"node_number\":4}"))
                .isEqualTo("409 NO_AVAILABLE_RESOURCE");
        Wire three = Wire.empty();
        for (int port = 1; port <= 3; port++) {
            three.broker.broker().registerProxy(Worlds.onHost("a", port));
        }
        three.broker.broker().registerProxy(Worlds.onHost("b", 1));
        assertThat(three.send("POST /clusters/meta/mycluster {\"node_number\":8}"))
                .isEqualTo("409 NO_AVAILABLE_RESOURCE");
        assertThat(three.send("POST /clusters/meta/mycluster {\"node_number\":4}"))
                .isEqualTo("200");
    }
}
