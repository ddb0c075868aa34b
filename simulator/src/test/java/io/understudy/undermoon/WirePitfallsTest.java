package io.understudy.undermoon;

import static io.understudy.undermoon.Wire.sp;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pitfalls of spec undermoon 12 that lie in HTTP and JSON. */
class WirePitfallsTest {
    private static final String NOT_ALLOWED = "405 text HTTP method not allowed";

    @Test
    @Covers("undermoon P1")
    void unknownPathsAre405UnderThePrefixAnd404Outside() {
        Wire wire = Wire.empty();
        assertThat(wire.send("GET /nope")).isEqualTo(NOT_ALLOWED);
        assertThat(wire.send("GET /api/v4/version")).isEqualTo("404");
    }

    @Test
    @Covers("undermoon P2")
    void aTrailingSlashAndWhatFollowsAPrefixRouteAreAccepted() {
        Wire wire = Wire.empty();
        assertThat(wire.send("GET /clusters/names/")).isEqualTo("200 {\"names\":[]}");
        assertThat(wire.send("GET /failures/x")).isEqualTo("200 {\"addresses\":[]}");
        assertThat(wire.send("GET /epoch/5")).isEqualTo("200 0");
        assertThat(wire.send("PUT /config/x {\"replica_addresses\":[\"b:1\"]}")).isEqualTo("200");
        assertThat(wire.send("GET /config/x")).isEqualTo("200 {\"replica_addresses\":[\"b:1\"]}");
    }

    @Test
    @Covers("undermoon P3")
    void whoEncodesAColonGetsNullsAndPhantomFailures() {
        Wire wire = Wire.sixProxies(BrokerConfig.DEFAULT);
        assertThat(wire.send("GET /proxies/meta/server_proxy1%3A6001")).isEqualTo("200 {\"proxy\":null}");
        wire.send("POST /failures/server_proxy1%3A6001/r");
        assertThat(wire.json("/metadata").get("failures").fieldNames())
                .toIterable()
                .containsExactly("server_proxy1%3A6001");
        assertThat(wire.send("GET /failures")).isEqualTo("200 {\"addresses\":[]}");
    }

    @Test
    @Covers("undermoon P4")
    void exactlyThreeEndpointsAreCompressedWhateverTheClientAccepts() {
        Wire wire = Wire.cluster(4);
        List<String> compressed = new ArrayList<>();
        for (String path : List.of(
                "/version",
                "/metadata",
                "/clusters/names",
                "/clusters/meta/mycluster",
                "/clusters/meta/none",
                "/clusters/info/mycluster",
                "/proxies/addresses",
                "/proxies/meta/" + sp(1),
                "/proxies/meta/none:1",
                "/proxies/failed/addresses",
                "/failures",
                "/config",
                "/epoch")) {
            if (wire.reply("GET " + path).gzip()) {
                compressed.add(path);
            }
        }
        assertThat(compressed)
                .containsExactly(
                        "/metadata",
                        "/clusters/meta/mycluster",
                        "/clusters/meta/none",
                        "/proxies/meta/" + sp(1),
                        "/proxies/meta/none:1");
        assertThat(wire.broker
                        .send(Replay.request("GET /api/v3/metadata", Map.of("accept-encoding", "identity")))
                        .reply()
                        .orElseThrow()
                        .gzip())
                .isTrue();
    }

    @Test
    @Covers("undermoon P5")
    void aMissingContentTypeIsFineAFormIsNot() {
        Wire wire = Wire.empty();
        String create = "POST /clusters/meta/a {\"node_number\":6}";
        String invalid = "400 {\"error\":\"INVALID_NODE_NUMBER\"}";
        assertThat(wire.send(create, Map.of("content-type", ""))).isEqualTo(invalid);
        assertThat(wire.send(create, Map.of("content-type", "application/json; charset=utf-8")))
                .isEqualTo(invalid);
        assertThat(wire.send(create, Map.of("content-type", "application/x-www-form-urlencoded")))
                .isEqualTo("415 text The request's content-type is not supported");
    }

    @Test
    @Covers("undermoon P6")
    void errorsOfTheFrameworkAreTextAndThoseOfTheBrokerJson() {
        Wire wire = Wire.empty();
        assertThat(wire.reply("POST /clusters/meta/a {}").headers().first("content-type"))
                .contains("text/plain; charset=utf-8");
        assertThat(wire.reply("POST /clusters/meta/a {\"node_number\":3}")
                        .headers()
                        .first("content-type"))
                .contains("application/json");
    }

    @Test
    @Covers("undermoon P7")
    void aBadBodyWinsOverLockNameAndExistence() {
        Wire wire = Wire.cluster(4);
        Client.Sent waiting = wire.sent("POST /clusters/migrations/auto/mycluster/8");
        assertThat(waiting.reply()).isEmpty();
        assertThat(wire.send("PATCH /clusters/nodes/bad.name {\"node_number\":4}"))
                .isEqualTo("409 NODE_NUMBER_CHANGING");
        assertThat(wire.send("PATCH /clusters/nodes/bad.name {}"))
                .startsWith("400 text Request body deserialize error");
        assertThat(wire.send("PUT /clusters/nodes/none {}")).startsWith("400 text Request body deserialize error");
        assertThat(wire.send("POST /clusters/meta/mycluster {}")).startsWith("400 text Request body deserialize error");
    }

    @Test
    @Covers("undermoon P8")
    void unknownClustersAndProxiesAreNullButTheirInfoIsNotFound() {
        Wire wire = Wire.empty();
        assertThat(wire.send("GET /clusters/meta/none")).isEqualTo("200 {\"cluster\":null}");
        assertThat(wire.send("GET /proxies/meta/none:1")).isEqualTo("200 {\"proxy\":null}");
        assertThat(wire.send("GET /clusters/info/none")).isEqualTo("404 CLUSTER_NOT_FOUND");
    }

    @Test
    @Covers("undermoon P9")
    void namesOf31CharactersAreValidAndOf32NotAny() {
        Wire wire = Wire.sixProxies(BrokerConfig.DEFAULT);
        String longest = "n".repeat(31);
        assertThat(wire.send("POST /clusters/meta/" + longest + " {\"node_number\":4}"))
                .isEqualTo("200");
        assertThat(wire.send("GET /clusters/info/" + longest)).startsWith("200 {\"name\":\"" + longest + "\"");
        assertThat(wire.send("POST /clusters/meta/" + longest + "n {\"node_number\":4}"))
                .isEqualTo("400 INVALID_CLUSTER_NAME");
    }

    @Test
    @Covers("undermoon P10")
    void addedNodesAreAnsweredThoughDocumentedAsEmpty() {
        Wire wire = Wire.cluster(4);
        assertThat(wire.send("PATCH /clusters/nodes/mycluster {\"node_number\":4}"))
                .startsWith("200 [{\"address\":\"server_proxy3:7005\"");
        assertThat(wire.send("PUT /clusters/nodes/mycluster {\"cluster_node_number\":12}"))
                .startsWith("200 [{\"address\":\"server_proxy5:7009\"");
    }

    @Test
    @Covers("undermoon P11")
    void freeNodeNotFoundIs404AndInvalidConfigIs400() {
        Wire wire = Wire.cluster(4);
        assertThat(wire.send("DELETE /clusters/free_nodes/mycluster")).isEqualTo("404 FREE_NODE_NOT_FOUND");
        assertThat(wire.send("PATCH /clusters/config/mycluster {\"a\":\"b\"}"))
                .isEqualTo(
                        "400 {\"error\":\"INVALID_CONFIG\",\"key\":\"a\",\"value\":\"b\",\"message\":\"FIELD_NOT_FOUND\"}");
    }

    @Test
    @Covers("undermoon P28")
    void freeNodesAreMastersWithoutPeersOnV3AndFreeNodesOnV2() {
        Wire wire = Wire.sixProxies(BrokerConfig.DEFAULT);
        assertThat(wire.send("GET /proxies/meta/" + sp(2)))
                .contains("\"nodes\":[{\"address\":\"server_proxy2:7003\",\"proxy_address\":\"server_proxy2:6002\","
                        + "\"slots\":[],\"repl\":{\"role\":\"master\",\"peers\":[]}}");
        assertThat(wire.send("GET /api/v2/proxies/meta/" + sp(2)))
                .contains("\"nodes\":[],\"free_nodes\":[\"server_proxy2:7003\",\"server_proxy2:7004\"]");
    }

    @Test
    @Covers("undermoon P39")
    void configChangesAreStringsAllOrNothingAndAlwaysRaiseTheEpoch() {
        Wire wire = Wire.cluster(4);
        assertThat(wire.send("PATCH /clusters/config/mycluster {\"migration_scan_count\":16}"))
                .startsWith("400 text Request body deserialize error: invalid type: integer `16`, expected a string");
        assertThat(
                        wire.send(
                                "PATCH /clusters/config/mycluster {\"migration_scan_count\":\"99\",\"compression_strategy\":\"zip\"}"))
                .startsWith("400 {\"error\":\"INVALID_CONFIG\"");
        assertThat(wire.ge()).isEqualTo("7");
        assertThat(wire.metadata()).doesNotContain("99");
        assertThat(wire.send("PATCH /clusters/config/mycluster {\"COMPRESSION_STRATEGY\":\"Allow_All\"}"))
                .isEqualTo("200");
        assertThat(wire.metadata()).contains("\"compression_strategy\":\"allow_all\"");
        assertThat(wire.send("PATCH /clusters/config/mycluster {}")).isEqualTo("200");
        assertThat(wire.ge()).isEqualTo("9");
        assertThat(wire.ce()).isEqualTo("9");
    }

    @Test
    @Covers("undermoon P40")
    void aRestoreAcceptsAnEqualEpochWantsEveryMemberAndChecksNothing() {
        Wire wire = Wire.cluster(4);
        String dump = wire.metadata();
        assertThat(wire.send("PUT /metadata " + dump)).isEqualTo("200");
        assertThat(wire.metadata()).isEqualTo(dump);
        assertThat(wire.send("PUT /metadata " + dump.replace(",\"enable_ordered_proxy\":false", "")))
                .startsWith("400 text Request body deserialize error: missing field `enable_ordered_proxy`");
        assertThat(wire.send("PUT /metadata " + dump.replace("\"index\":0,", "")))
                .startsWith("400 text Request body deserialize error: missing field `index`");
        assertThat(wire.send("PUT /metadata "
                        + dump.replace("\"cluster\":\"mycluster\"", "\"cluster\":\"gone\"")
                                .replace("proxy\":false", "proxy\":true")))
                .isEqualTo("200");
        assertThat(wire.send("POST /proxies/meta {\"proxy_address\":\"a:1\",\"nodes\":[\"b\",\"c\"]}"))
                .isEqualTo("400 MISSING_SERVER_PROXY_INDEX");
    }

    @Test
    @Covers("undermoon P44")
    void numbersAreUnsigned64BitAndKeepTheirDigits() {
        Wire wire = Wire.cluster(4);
        assertThat(wire.send("PUT /epoch/9007199254740993")).isEqualTo("200");
        assertThat(wire.ge()).isEqualTo("9007199254740993");
        assertThat(wire.ce()).isEqualTo("9007199254740993");
        assertThat(wire.send("PUT /epoch/18446744073709551615")).isEqualTo("200");
        assertThat(wire.metadata())
                .startsWith("{\"version\":\"mem-broker-0.2\",\"global_epoch\":18446744073709551615,");
        assertThat(wire.send("PUT /metadata " + wire.metadata())).isEqualTo("200");
        assertThat(wire.ge()).isEqualTo("18446744073709551615");
    }

    @Test
    @Covers("undermoon P45")
    void theEpochIsJsonOnV3AndTextOnV2() {
        Wire wire = Wire.sixProxies(BrokerConfig.DEFAULT);
        assertThat(wire.send("GET /epoch")).isEqualTo("200 6");
        assertThat(wire.send("GET /api/v2/epoch")).isEqualTo("200 text 6");
    }

    @Test
    @Covers("undermoon P46")
    void aPageBeyondTheEndIsEmptyAndNoError() {
        Wire wire = Wire.sixProxies(BrokerConfig.DEFAULT);
        assertThat(wire.send("GET /proxies/addresses?offset=0&limit=100")).contains(sp(1), sp(6));
        assertThat(wire.send("GET /proxies/addresses?offset=100&limit=100")).isEqualTo("200 {\"addresses\":[]}");
        assertThat(wire.send("GET /clusters/names?offset=7")).isEqualTo("200 {\"names\":[]}");
    }

    @Test
    @Covers("undermoon P47")
    void anOperatorThatSetsTheSameConfigForeverRaisesTheEpochForever() {
        Wire wire = Wire.cluster(4);
        for (int reconcile = 1; reconcile <= 20; reconcile++) {
            wire.send("PATCH /clusters/config/mycluster "
                    + "{\"migration_scan_interval\":\"1000\",\"migration_scan_count\":\"16\"}");
            assertThat(wire.ge()).isEqualTo(String.valueOf(7 + reconcile));
        }
    }
}
