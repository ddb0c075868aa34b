package io.understudy.undermoon;

import static io.understudy.undermoon.UndermoonPreset.worldSixProxies;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import io.understudy.fault.Faults;
import io.understudy.system.Settings;
import io.understudy.system.Surroundings;
import io.understudy.world.ClockMode;
import io.understudy.world.Kernel;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One broker pushes its store to others, spec undermoon 8.1. */
@Covers("undermoon 8.1")
final class ReplicaSyncTest {
    private static final String EVERY_10_S = "syncMetaInterval=10s";

    @Test
    void aReplicaGetsTheWholeStore() {
        try (OnAir replica = new OnAir(UndermoonPreset.empty());
                OnAir master = new OnAir(
                        worldSixProxies().cluster("mycluster", 4),
                        EVERY_10_S,
                        "replicaAddresses=" + address(replica))) {
            master.advance(Duration.ofSeconds(10));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(replica.undermoon().metadata())
                            .isEqualTo(master.undermoon().metadata()));
            assertThat(master.events())
                    .contains("metadataPushed {replicaAddresses=[" + address(replica) + "], globalEpoch=7}");
        }
    }

    @Test
    void aReplicaThatIsAheadKeepsItsStore() {
        try (OnAir ahead = new OnAir(worldSixProxies().cluster("ahead", 4));
                OnAir behind = new OnAir(UndermoonPreset.empty());
                OnAir master = new OnAir(worldSixProxies(), EVERY_10_S)) {
            String kept = ahead.undermoon().metadata();
            master.send(
                    "PUT",
                    "/config",
                    "{\"replica_addresses\":[\"no address\",\"" + address(ahead) + "\",\"" + address(behind) + "\"]}");
            master.advance(Duration.ofSeconds(10));
            Awaitility.await().until(() -> behind.undermoon().globalEpoch() == 6);
            Awaitility.await().until(() -> ahead.replies().contains(OnAir.refusal(409, "EPOCH_SMALLER_THAN_CURRENT")));
            assertThat(ahead.undermoon().metadata()).isEqualTo(kept);
        }
    }

    @Test
    void itIsOffByDefaultAndWithoutReplicas() {
        try (OnAir off = new OnAir(worldSixProxies(), "replicaAddresses=127.0.0.1:1");
                OnAir alone = new OnAir(worldSixProxies(), EVERY_10_S)) {
            assertThat(off.simulation().world().clock().pendingCount()).isZero();
            assertThat(alone.simulation().world().clock().pendingCount()).isZero();
        }
    }

    @Test
    void aLongAdvanceSendsTheStoreOnce() {
        try (OnAir master = new OnAir(worldSixProxies(), EVERY_10_S, "replicaAddresses=127.0.0.1:1")) {
            master.advance(Duration.ofDays(30));
            assertThat(master.events())
                    .filteredOn(event -> event.startsWith("metadataPushed"))
                    .hasSize(1);
            master.advance(Duration.ofSeconds(9));
            master.advance(Duration.ofSeconds(1));
            master.advance(Duration.ofSeconds(10)); // though nothing has changed: the replica may have
            assertThat(master.events())
                    .filteredOn(event -> event.startsWith("metadataPushed"))
                    .hasSize(3);
        }
    }

    @Test
    void theWorldIsWokenForAPushWhileItsClockFollowsRealTime() {
        List<String> sent = new ArrayList<>();
        List<Duration> sleeps = new ArrayList<>();
        Deque<Runnable> alarms = new ArrayDeque<>();
        long[] nanos = {0};
        Kernel kernel = new Kernel(0, Kernel.DEFAULT_START, ClockMode.real(1), () -> nanos[0]);
        Surroundings world = new Surroundings(
                kernel,
                new Faults(kernel),
                new InProcess(),
                node -> URI.create("http://127.0.0.1"),
                Settings.of(new UndermoonDefinition())
                        .set("syncMetaInterval", "10s")
                        .set("replicaAddresses", "a:1,b:2"),
                (method, url, contentType, body) -> sent.add(url),
                (realTime, action) -> {
                    sleeps.add(realTime);
                    alarms.add(action);
                    return () -> alarms.remove(action);
                });
        kernel.add(new Deployment(world, Conditions.NONE));
        assertThat(alarms).hasSize(1);
        assertThat(sleeps).last().isEqualTo(Duration.ofSeconds(10));

        nanos[0] = 10_000_000_000L;
        alarms.remove().run();

        assertThat(sent).containsExactly("http://a:1/api/v3/metadata", "http://b:2/api/v3/metadata");
        assertThat(alarms).hasSize(1);
        kernel.clock().setMode(ClockMode.manual());
        assertThat(alarms).isEmpty();
        kernel.clock().setMode(ClockMode.real(2));
        assertThat(sleeps).last().isEqualTo(Duration.ofSeconds(5));
    }

    private static String address(OnAir broker) {
        return broker.undermoon().brokerAddress();
    }
}
