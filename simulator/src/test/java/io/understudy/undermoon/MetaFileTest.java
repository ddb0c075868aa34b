package io.understudy.undermoon;

import static io.understudy.undermoon.UndermoonPreset.worldSixProxies;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The persist step and the rounds of saving, spec undermoon 3.0, 7 and 9. */
@Covers({"undermoon 3.0", "undermoon 7"})
final class MetaFileTest {
    private static final String ON = "autoUpdateMetaFile=on";
    private static final String UNWRITABLE = OnAir.refusal(500, "PERSISTENCE_IO_ERROR");

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                // number, method, path, body, what happened before
                " 7|POST  |/clusters/meta/other              |{\"node_number\":4}        |",
                " 8|DELETE|/clusters/meta/mycluster          |                           |",
                " 9|PATCH |/clusters/nodes/mycluster         |{\"node_number\":4}        |",
                "10|PUT   |/clusters/nodes/mycluster         |{\"cluster_node_number\":8}|",
                "11|DELETE|/clusters/free_nodes/mycluster    |                           |added",
                "12|POST  |/clusters/migrations/expand/mycluster|                        |added",
                "13|POST  |/clusters/migrations/shrink/mycluster/4|                      |grown",
                "14|POST  |/clusters/migrations/auto/mycluster/4|                        |added",
                "15|PUT   |/clusters/migrations              |TASK                       |migrating",
                "16|PATCH |/clusters/config/mycluster        |{}                         |",
                "17|PUT   |/clusters/balance/mycluster       |                           |",
                "20|POST  |/proxies/meta                     |{\"proxy_address\":\"a:1\",\"nodes\":[\"a:2\",\"a:3\"]}|",
                "21|DELETE|/proxies/meta/server_proxy6:6006  |                           |",
                "23|POST  |/proxies/failover/server_proxy1:6001|                         |",
                "24|POST  |/failures/server_proxy1:6001/me   |                           |",
                "30|PUT   |/epoch/233                        |                           |",
            })
    void aChangeIsMadeAlthoughTheFileCannotBeWritten(
            int endpoint, String method, String path, String body, String before) {
        try (OnAir broker = new OnAir(preset(before), ON)) {
            if ("added".equals(before)) {
                broker.send("PATCH", "/clusters/nodes/mycluster", "{\"node_number\":4}");
            }
            String metadata = broker.undermoon().metadata();
            assertThat(broker.undermoon().metaFile()).contains(metadata);
            OnAir.during(broker.undermoon().metaFileUnwritable(), () -> {
                assertThat(broker.send(method, path, body(body))).isEqualTo(UNWRITABLE);
            });
            assertThat(broker.undermoon().metadata()).isNotEqualTo(metadata);
            assertThat(broker.undermoon().metaFile()).contains(metadata);

            broker.send("PUT /epoch/999");
            assertThat(broker.undermoon().metaFile())
                    .contains(broker.undermoon().metadata());
        }
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                " 3|PUT|/metadata      |DUMP",
                "28|PUT|/config        |{\"replica_addresses\":[]}",
                "31|PUT|/epoch/recovery|",
            })
    void theseAreNotSaved(int endpoint, String method, String path, String body) {
        try (OnAir broker = new OnAir(worldSixProxies(), ON)) {
            String saved = broker.undermoon().metaFile().orElseThrow();
            broker.undermoon().metaFileUnwritable();
            String text = "DUMP".equals(body)
                    ? broker.undermoon().metadata().replace("\"global_epoch\":6", "\"global_epoch\":60")
                    : body(body);
            assertThat(broker.send(method, path, text)).startsWith("200");
            assertThat(broker.undermoon().metaFile()).contains(saved);
        }
    }

    @Test
    void savingOutranksTheRefusalOfARegistrationButNotThatOfAFailover() {
        try (OnAir broker = new OnAir(UndermoonPreset.proxies(2).cluster("mycluster", 4), ON)) {
            broker.undermoon().metaFileUnwritable();
            assertThat(broker.send(
                            "POST", "/proxies/meta", "{\"proxy_address\":\"127.0.0.1:7001\",\"nodes\":[\"a\",\"b\"]}"))
                    .isEqualTo(UNWRITABLE);
            assertThat(broker.send("POST /proxies/failover/127.0.0.1:7001"))
                    .isEqualTo(OnAir.refusal(409, "NO_AVAILABLE_RESOURCE"));
            assertThat(broker.send("POST /proxies/failover/none:1")).isEqualTo(OnAir.refusal(404, "PROXY_NOT_FOUND"));
        }
    }

    @Test
    void aRefusedFailoverIsSavedAllTheSame() {
        try (OnAir broker = new OnAir(UndermoonPreset.proxies(2).cluster("mycluster", 4), ON)) {
            broker.send("POST /proxies/failover/127.0.0.1:7001");
            assertThat(broker.undermoon().metaFile())
                    .contains(broker.undermoon().metadata());
        }
    }

    @Test
    void nothingIsSavedByDefault() {
        try (OnAir broker = new OnAir(worldSixProxies())) {
            broker.undermoon().metaFileUnwritable();
            assertThat(broker.send("PUT /epoch/7")).isEqualTo("200");
            assertThat(broker.undermoon().metaFile()).isEmpty();
        }
    }

    @Test
    void theFileIsWrittenAtIntervalsWhileThereIsSomethingToWrite() {
        try (OnAir broker = new OnAir(worldSixProxies(), "updateMetaFileInterval=10s")) {
            assertThat(broker.undermoon().metaFile()).isEmpty();
            broker.advance(Duration.ofSeconds(10));
            String saved = broker.undermoon().metaFile().orElseThrow();
            assertThat(saved).isEqualTo(broker.undermoon().metadata());
            assertThat(broker.simulation().world().clock().pendingCount()).isZero();

            broker.advance(Duration.ofSeconds(5));
            broker.send("PUT /epoch/7");
            broker.advance(Duration.ofMillis(4999));
            assertThat(broker.undermoon().metaFile()).contains(saved);
            broker.advance(Duration.ofMillis(1));
            assertThat(broker.undermoon().metaFile())
                    .contains(broker.undermoon().metadata());
        }
    }

    @Test
    void aRoundThatCouldNotWriteIsMadeUpForWhenItCan() {
        try (OnAir broker = new OnAir(worldSixProxies(), "updateMetaFileInterval=10s")) {
            OnAir.during(broker.undermoon().metaFileUnwritable(), () -> {
                broker.advance(Duration.ofDays(1));
                assertThat(broker.undermoon().metaFile()).isEmpty();
            });
            broker.advance(Duration.ofSeconds(10));
            assertThat(broker.undermoon().metaFile())
                    .contains(broker.undermoon().metadata());
        }
    }

    private static UndermoonPreset preset(String before) {
        if ("migrating".equals(before)) {
            return worldSixProxies().midMigration(4, 8, 0);
        }
        return worldSixProxies().cluster("mycluster", "grown".equals(before) ? 8 : 4);
    }

    private static String body(String text) {
        if (text == null) {
            return "";
        }
        return text.equals("TASK")
                ? "{\"cluster_name\":\"mycluster\",\"slot_range\":{\"range_list\":[[4096,8191]],\"tag\":{\"Migrating\":{"
                        + "\"epoch\":9,\"src_proxy_address\":\"\",\"src_node_address\":\"\",\"dst_proxy_address\":\"\","
                        + "\"dst_node_address\":\"\"}}}}"
                : text;
    }
}
