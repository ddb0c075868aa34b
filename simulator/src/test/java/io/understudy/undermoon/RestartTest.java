package io.understudy.undermoon;

import static io.understudy.undermoon.UndermoonPreset.worldSixProxies;
import static io.understudy.undermoon.Worlds.sp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.Covers;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A broker that loses its memory, spec undermoon 7. */
@Covers("undermoon 7")
final class RestartTest {
    private static final UndermoonPreset FOUR_NODES = worldSixProxies().cluster("mycluster", 4);
    private static final String AUTO = "/clusters/migrations/auto/mycluster/8";

    @Test
    void theMemoryIsLostAndTheProxiesKeepTheirEpochs() {
        try (OnAir broker = new OnAir(FOUR_NODES)) {
            broker.advance(Duration.ofSeconds(5));
            broker.undermoon().restart();

            assertThat(broker.undermoon().metadata()).isEqualTo(MetaStoreJson.write(MetaStoreData.empty(false)));
            assertThat(broker.send("GET /epoch")).isEqualTo("200 0");
            assertThat(broker.undermoon().knownEpoch(sp(1))).isEqualTo(7);

            broker.send(
                    "POST",
                    "/proxies/meta",
                    "{\"proxy_address\":\"server_proxy1:6001\",\"nodes\":[\"server_proxy1:7001\",\"server_proxy1:7002\"]}");
            broker.advance(Duration.ofMinutes(1));
            assertThat(broker.undermoon().knownEpoch(sp(1))).isEqualTo(7); // OLD_EPOCH
            assertThat(broker.send("PUT /epoch/recovery")).isEqualTo("200 {\"failed_addresses\":[]}");
            assertThat(broker.send("GET /epoch")).isEqualTo("200 9");
            broker.advance(Duration.ofMinutes(1));
            assertThat(broker.undermoon().knownEpoch(sp(1))).isEqualTo(9);
        }
    }

    @Test
    void whatWasSavedComesBack() {
        try (OnAir broker = new OnAir(FOUR_NODES, "updateMetaFileInterval=10s", "recoverFromMetaFile=on")) {
            broker.advance(Duration.ofSeconds(10));
            String saved = broker.undermoon().metadata();
            broker.send("PUT /epoch/100");
            broker.send("DELETE /clusters/meta/mycluster");

            broker.undermoon().restart();

            assertThat(broker.undermoon().metadata()).isEqualTo(saved);
            assertThat(broker.undermoon().globalEpoch()).isEqualTo(7);
        }
    }

    @Test
    void withNothingSavedThereIsNothingToComeBack() {
        try (OnAir broker = new OnAir(FOUR_NODES, "recoverFromMetaFile=on")) {
            broker.undermoon().restart();
            assertThat(broker.undermoon().globalEpoch()).isZero();
        }
    }

    @Test
    void theClientOfAWaitingScaleOutLosesItsConnectionAndTheLockIsFree() {
        try (OnAir broker = new OnAir(FOUR_NODES, "autoUpdateMetaFile=on", "recoverFromMetaFile=on")) {
            CompletableFuture<String> waiting = broker.begin("POST", AUTO);
            Awaitility.await().until(() -> broker.undermoon().globalEpoch() == 8);
            assertThat(broker.send("DELETE /clusters/free_nodes/mycluster"))
                    .isEqualTo(OnAir.refusal(409, "NODE_NUMBER_CHANGING"));

            broker.undermoon().restart();

            assertThatThrownBy(waiting::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
            // saved is only what was answered: the added nodes are gone
            assertThat(broker.undermoon().globalEpoch()).isEqualTo(7);
            assertThat(broker.send("DELETE /clusters/free_nodes/mycluster"))
                    .isEqualTo(OnAir.refusal(404, "FREE_NODE_NOT_FOUND"));
            broker.advance(Duration.ofMinutes(1));
            assertThat(broker.undermoon().globalEpoch()).isEqualTo(7);
        }
    }

    @Test
    void replicasAreThoseOfTheConfigurationAgain() {
        try (OnAir broker = new OnAir(FOUR_NODES, "replicaAddresses=a:1,b:2")) {
            assertThat(broker.send("GET /config")).isEqualTo("200 {\"replica_addresses\":[\"a:1\",\"b:2\"]}");
            broker.send("PUT", "/config", "{\"replica_addresses\":[\"c:3\"]}");
            broker.undermoon().restart();
            assertThat(broker.undermoon().replicaAddresses()).containsExactly("a:1", "b:2");
        }
    }

    @Test
    void itIsAnActionAndAnEvent() {
        try (OnAir broker = new OnAir(FOUR_NODES)) {
            broker.simulation().world().perform("undermoon", "restart", Map.of());
            assertThat(broker.undermoon().globalEpoch()).isZero();
            assertThat(broker.events())
                    .contains("brokerRestarted {globalEpoch=0, recovered=false}", "epochChanged {globalEpoch=0}");
        }
    }
}
