package io.understudy.undermoon;

import static io.understudy.undermoon.Worlds.MY_CLUSTER;
import static io.understudy.undermoon.Worlds.accepted;
import static io.understudy.undermoon.Worlds.sp;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.json.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the model remembers besides the store is plain data: written as JSON and read back, it is the same. */
final class StateTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void everythingRememberedSurvivesBeingWrittenDown() {
        Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT);
        ServerProxies proxies = new ServerProxies(ServerProxies.SYNC_LAG, Conditions.NONE);
        accepted(broker.createCluster(MY_CLUSTER, 4));
        accepted(broker.addNodes(MY_CLUSTER, 4));
        accepted(broker.expand(MY_CLUSTER));
        proxies.setLag(sp(1), Duration.ofSeconds(3));
        proxies.freeze(sp(2), -1);
        proxies.noteChange(broker, START);
        Autopilot autopilot =
                new Autopilot(Autopilot.Settings.DEFAULT, new MemoryStorage(broker), proxies, Conditions.NONE, START);
        autopilot.observe(START);

        assertSurvives(broker.state(), BrokerState.class);
        assertSurvives(proxies.state(), ServerProxies.State.class);
        assertThat(autopilot.state().timers()).hasSize(1);
        assertSurvives(autopilot.state(), Autopilot.State.class);
        assertSurvives(new AutoScale("t", MY_CLUSTER, 8, -1, broker.proxyAddresses(), 3), AutoScale.class);
    }

    private static <T> void assertSurvives(T state, Class<T> type) {
        assertThat(Json.read(Json.write(state), type)).isEqualTo(state);
    }
}
