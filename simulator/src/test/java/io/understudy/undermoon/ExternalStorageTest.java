package io.understudy.undermoon;

import static io.understudy.undermoon.UndermoonPreset.worldSixProxies;
import static io.understudy.undermoon.Worlds.sp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.Covers;
import io.understudy.fault.FaultScope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store is kept elsewhere, spec undermoon 8.2. */
@Covers("undermoon 8.2")
final class ExternalStorageTest {
    private static final String ON = "storage=external";
    private static final UndermoonPreset FOUR_NODES = worldSixProxies().cluster("mycluster", 4);
    private static final String RETRY = OnAir.refusal(409, "RETRY");

    @Test
    void aChangeIsWrittenAndShownAtOnce() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            assertThat(broker.send("PATCH", "/clusters/nodes/mycluster", "{\"node_number\":4}"))
                    .startsWith("200");
            assertThat(broker.undermoon().globalEpoch()).isEqualTo(8);
            assertStoredAsShown(broker);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /clusters/migrations/expand/mycluster",
                "POST /clusters/migrations/shrink/mycluster/3",
                "POST /clusters/migrations/auto/mycluster/0",
                "POST /clusters/migrations/expand/none"
            })
    void aRefusedCommandMovesNoEpoch(String request) {
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            String before = broker.undermoon().metadata();
            assertThat(broker.send(request)).startsWith("40");
            assertThat(broker.undermoon().metadata()).isEqualTo(before);
            assertThat(broker.undermoon().externalMetadata()).contains(before);
        }
    }

    @Test
    void theFreeNodesThatARefusedScalingDropsAreBack() { // unlike P15
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            broker.send("PATCH", "/clusters/nodes/mycluster", "{\"node_number\":4}");
            assertThat(broker.send("POST /clusters/migrations/auto/mycluster/6"))
                    .isEqualTo(OnAir.refusal(400, "INVALID_NODE_NUMBER"));
            assertThat(broker.send("GET /clusters/info/mycluster")).contains("\"node_number\":8");
        }
    }

    @Test
    void aRefusedFailoverIsWritten() {
        try (OnAir broker = new OnAir(UndermoonPreset.proxies(2).cluster("mycluster", 4), ON)) {
            assertThat(broker.send("POST /proxies/failover/127.0.0.1:7001"))
                    .isEqualTo(OnAir.refusal(409, "NO_AVAILABLE_RESOURCE"));
            assertThat(broker.undermoon().failedProxies()).containsExactly("127.0.0.1:7001");
            assertStoredAsShown(broker);
        }
    }

    @Test
    void aRegistrationIsWrittenIfItMovedTheEpoch() {
        String again = "{\"proxy_address\":\"server_proxy6:6006\",\"nodes\":[\"a\",\"b\"]}";
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            broker.send("POST /failures/server_proxy6:6006/me");
            OnAir.during(broker.undermoon().externalConflict(1), () -> {
                assertThat(broker.send("POST", "/proxies/meta", again)).isEqualTo(RETRY);
            });
            assertThat(broker.send("POST", "/proxies/meta", again)).isEqualTo(OnAir.refusal(409, "ALREADY_EXISTED"));
            assertThat(broker.undermoon().globalEpoch()).isEqualTo(9);
            assertStoredAsShown(broker);
            OnAir.during(broker.undermoon().externalConflict(1), () -> {
                assertThat(broker.send("POST", "/proxies/meta", again)) // nothing to write, so no conflict
                        .isEqualTo(OnAir.refusal(409, "ALREADY_EXISTED"));
            });
        }
    }

    @Test
    void aRepeatedReportIsNotWritten() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            broker.send("POST /failures/server_proxy1:6001/me");
            broker.undermoon().externalConflict(1);
            assertThat(broker.send("POST /failures/server_proxy1:6001/me")).isEqualTo("200");
            assertThat(broker.send("POST /failures/server_proxy1:6001/you")).isEqualTo(RETRY);
        }
    }

    @Test
    void aRestoreTouchesTheCacheAloneAndChecksOnlyTheEpoch() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            String stored = broker.undermoon().metadata();
            String old = stored.replace("\"global_epoch\":7", "\"global_epoch\":3");
            assertThat(broker.send("PUT", "/metadata", old)).isEqualTo("200");
            assertThat(broker.send("PUT", "/metadata", stored.replace("mycluster", "other")))
                    .isEqualTo("200");
            assertThat(broker.undermoon().metadata()).isEqualTo(stored);

            String newer =
                    stored.replace("\"global_epoch\":7", "\"global_epoch\":30").replace("broker-0.2", "broker-9");
            assertThat(broker.send("PUT", "/metadata", newer)).isEqualTo("200");
            assertThat(broker.undermoon().metadata()).isEqualTo(newer);
            assertThat(broker.undermoon().externalMetadata()).contains(stored);

            broker.advance(Duration.ofSeconds(30));
            assertThat(broker.undermoon().metadata()).isEqualTo(stored);
        }
    }

    @Test
    void anothersWriteIsSeenAtTheNextRefreshOrWrite() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON, "refreshInterval=5s")) {
            broker.advance(Duration.ofSeconds(2));
            broker.undermoon().writeExternal(withEpoch(broker, 50));
            broker.advance(Duration.ofMillis(2999));
            assertThat(broker.send("GET /epoch")).isEqualTo("200 7");
            broker.advance(Duration.ofMillis(1));
            assertThat(broker.send("GET /epoch")).isEqualTo("200 50");

            broker.undermoon().writeExternal(withEpoch(broker, 60));
            assertThat(broker.send("GET /epoch")).isEqualTo("200 50");
            assertThat(broker.send("PUT /clusters/balance/mycluster")).isEqualTo("200");
            assertThat(broker.send("GET /epoch")).isEqualTo("200 61");
            assertThat(broker.events())
                    .contains("externalWritten {version=2, globalEpoch=50}", "cacheRefreshed {globalEpoch=50}");
        }
    }

    @Test
    void nothingTicksWhileTheCacheIsFresh() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            assertThat(broker.simulation().world().clock().pendingCount()).isZero();
            broker.undermoon().writeExternal(withEpoch(broker, 50));
            broker.advance(Duration.ofDays(30));
            assertThat(broker.simulation().world().clock().pendingCount()).isZero();
        }
    }

    @Test
    void expiredReportsAreDroppedByRefreshingAndNotByLooking() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON, "failureTtl=10s", "refreshInterval=30s")) {
            broker.send("POST /failures/server_proxy1:6001/me");
            assertThat(broker.send("GET /failures")).contains(sp(1));
            broker.advance(Duration.ofSeconds(10));
            assertThat(broker.send("GET /failures")).isEqualTo("200 {\"addresses\":[]}");
            assertThat(broker.undermoon().metadata()).contains("\"me\"");

            broker.advance(Duration.ofSeconds(20));
            assertThat(broker.undermoon().metadata()).contains("\"failures\":{}");
            assertStoredAsShown(broker);
            assertThat(broker.simulation().world().clock().pendingCount()).isZero();
        }
    }

    @Test
    void whatFailsOnTheWayLeavesNothing() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            UndermoonSimulator undermoon = broker.undermoon();
            String before = undermoon.metadata();
            assertRefused(broker, undermoon.externalUnavailable(1), OnAir.refusal(500, "EXTERNAL"));
            assertRefused(broker, undermoon.externalTimeout(false), OnAir.refusal(504, "EXTERNAL_TIMEOUT"));
            assertRefused(broker, undermoon.externalConflict(1), RETRY);
            assertRefused(broker, undermoon.externalVersionMissing(), OnAir.refusal(500, "EMPTY_EXTERNAL_VERSION"));
            assertThat(undermoon.metadata()).isEqualTo(before);
            assertThat(undermoon.externalMetadata()).contains(before);
        }
    }

    private static void assertRefused(OnAir broker, FaultScope fault, String refusal) {
        assertThat(broker.send("PUT /epoch/100")).isEqualTo(refusal);
        assertThat(broker.send("POST /failures/server_proxy1:6001/me")).isEqualTo(refusal);
        assertThat(broker.send("POST /clusters/migrations/auto/mycluster/8")).isEqualTo(refusal);
        fault.close();
    }

    @Test
    void anOutageIsSeenBeforeAConflictCouldBe() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            broker.undermoon().externalConflict(1);
            assertThat(broker.send("POST /clusters/migrations/expand/mycluster")) // refused before it would be written
                    .isEqualTo(OnAir.refusal(400, "SLOTS_ALREADY_EVEN"));
            broker.undermoon().externalUnavailable(1);
            assertThat(broker.send("POST /clusters/migrations/expand/mycluster"))
                    .isEqualTo(OnAir.refusal(500, "EXTERNAL"));
        }
    }

    @Test
    void aWriteMayArriveAlthoughItsAnswerDoesNot() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            OnAir.during(broker.undermoon().externalTimeout(true), () -> {
                assertThat(broker.send("DELETE /clusters/meta/mycluster"))
                        .isEqualTo(OnAir.refusal(504, "EXTERNAL_TIMEOUT"));
            });
            assertThat(broker.send("GET /clusters/names")).isEqualTo("200 {\"names\":[\"mycluster\"]}");
            assertThat(broker.send("DELETE /clusters/meta/mycluster"))
                    .isEqualTo(OnAir.refusal(404, "CLUSTER_NOT_FOUND"));
            broker.advance(Duration.ofSeconds(30));
            assertThat(broker.send("GET /clusters/names")).isEqualTo("200 {\"names\":[]}");
        }
    }

    @Test
    void refreshingFailsWithTheServiceAndGoesOnAfterIt() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            broker.undermoon().writeExternal(withEpoch(broker, 50));
            OnAir.during(broker.undermoon().externalUnavailable(1), () -> {
                broker.advance(Duration.ofMinutes(5));
                assertThat(broker.undermoon().globalEpoch()).isEqualTo(7);
            });
            broker.advance(Duration.ofSeconds(30));
            assertThat(broker.undermoon().globalEpoch()).isEqualTo(50);
        }
    }

    @Test
    void chanceMayDecideAndDecidesAlike() {
        String first = someConflicts();
        assertThat(first).contains("200").contains("409").isEqualTo(someConflicts());
    }

    private static String someConflicts() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            broker.undermoon().externalConflict(0.5);
            StringBuilder statuses = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                statuses.append(broker.send("PUT /clusters/balance/mycluster"), 0, 3)
                        .append(' ');
            }
            return statuses.toString();
        }
    }

    @Test
    void aScaleOutIsWrittenAtItsBeginningAndAtItsEnd() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON)) {
            CompletableFuture<String> waiting = broker.begin("POST", "/clusters/migrations/auto/mycluster/8");
            Awaitility.await().until(() -> broker.undermoon().globalEpoch() == 8);
            assertStoredAsShown(broker);
            broker.undermoon().externalUnavailable(1);
            assertThat(broker.send("POST /clusters/migrations/expand/other")) // the lock is asked first
                    .isEqualTo(OnAir.refusal(409, "NODE_NUMBER_CHANGING"));

            broker.advance(Duration.ofSeconds(2));

            assertThat(waiting.join()).isEqualTo(OnAir.refusal(500, "EXTERNAL"));
            assertThat(broker.undermoon().globalEpoch()).isEqualTo(8);
            assertThat(broker.send("POST /clusters/migrations/expand/other")) // and is free again
                    .isEqualTo(OnAir.refusal(500, "EXTERNAL"));
        }
    }

    @Test
    void theCoordinatorWritesTheSameWay() {
        try (OnAir broker =
                new OnAir(worldSixProxies().midMigration(4, 8, 0), ON, "coordinatorSim=on", "autoUpdateMetaFile=on")) {
            broker.advance(Duration.ofMinutes(1));
            assertThat(broker.undermoon().cluster("mycluster").orElseThrow().migrating())
                    .isFalse();
            assertStoredAsShown(broker);
            assertThat(broker.undermoon().metaFile())
                    .contains(broker.undermoon().metadata());
        }
    }

    @Test
    void aRestartedBrokerShowsNothingUntilItRefreshes() {
        try (OnAir broker = new OnAir(FOUR_NODES, ON, "autoUpdateMetaFile=on", "recoverFromMetaFile=on")) {
            broker.undermoon().restart();
            assertThat(broker.undermoon().globalEpoch()).isZero();
            broker.advance(Duration.ofSeconds(30));
            assertThat(broker.undermoon().globalEpoch()).isEqualTo(7);
        }
    }

    @Test
    void withoutExternalStorageNobodyElseCanWrite() {
        try (OnAir broker = new OnAir(FOUR_NODES)) {
            UndermoonSimulator undermoon = broker.undermoon();
            assertThat(undermoon.externalMetadata()).isEmpty();
            String metadata = undermoon.metadata();
            assertThatThrownBy(() -> undermoon.writeExternal(metadata))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("undermoon.storage=external");
        }
    }

    private static String withEpoch(OnAir broker, long epoch) {
        return broker.undermoon().metadata().replaceFirst("\"global_epoch\":\\d+", "\"global_epoch\":" + epoch);
    }

    private static void assertStoredAsShown(OnAir broker) {
        assertThat(broker.undermoon().externalMetadata())
                .contains(broker.undermoon().metadata());
    }
}
