package io.understudy.undermoon;

import static io.understudy.undermoon.Worlds.MY_CLUSTER;
import static io.understudy.undermoon.Worlds.accepted;
import static io.understudy.undermoon.Worlds.sp;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServerProxiesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Troubles troubles = new Troubles();
    private final Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT);
    private final ServerProxies proxies = new ServerProxies(ServerProxies.SYNC_LAG, troubles);

    @Test
    void aChangeIsKnownOneLagLater() {
        proxies.noteChange(broker, at(0));
        accepted(broker.createCluster(MY_CLUSTER, 4));
        proxies.noteChange(broker, at(600));

        assertThat(known(sp(1), 999)).isZero();
        assertThat(known(sp(1), 1000)).isEqualTo(6);
        assertThat(known(sp(1), 1599)).isEqualTo(6);
        assertThat(known(sp(1), 1600)).isEqualTo(7);
        assertThat(proxies.knowsAt(sp(1), 7, broker, at(700))).contains(at(1600));
        assertThat(proxies.knowsAt(sp(1), 7, broker, at(9000))).contains(at(9000));
        assertThat(proxies.knowsAt(sp(1), 8, broker, at(700))).isEmpty();
    }

    @Test
    void aUsedProxyFollowsItsClusterOnly() { // P27
        accepted(broker.createCluster(MY_CLUSTER, 4));
        proxies.noteChange(broker, at(0));
        accepted(broker.createCluster("other", 4));
        proxies.noteChange(broker, at(1));

        assertThat(known(sp(1), 5000)).isEqualTo(7);
        assertThat(known(sp(5), 5000)).isEqualTo(8);
    }

    @Test
    void silentProxiesAreUnreachableAndLearnWhenTheyAreBack() {
        troubles.silent.add(sp(1));
        troubles.downHosts.add("server_proxy2");
        proxies.noteChange(broker, at(0));

        EpochAnswers answers = proxies.ask(broker.proxyAddresses(), broker, at(5000));
        assertThat(answers.unreachable()).containsExactly(sp(1), sp(2));
        assertThat(answers.epochs()).hasSize(4).containsEntry(sp(3), 6L);
        assertThat(answers.lowest()).isEqualTo(6);

        proxies.settle(broker, at(5000));
        troubles.silent.clear();
        assertThat(known(sp(1), 5999)).isZero();
        assertThat(known(sp(1), 6000)).isEqualTo(6);
    }

    @Test
    void someAreNeverInSync() {
        troubles.neverInSync.add(sp(1));
        proxies.noteChange(broker, at(0));

        assertThat(known(sp(1), 1_000_000)).isZero();
        assertThat(proxies.knowsAt(sp(1), 6, broker, at(0))).isEmpty();
        assertThat(proxies.ask(List.of(sp(1)), broker, at(9000)).unreachable()).isEmpty();
    }

    @Test
    void oneProxyMayBeSlower() {
        proxies.setLag(sp(1), Duration.ofSeconds(10));
        proxies.noteChange(broker, at(0));

        assertThat(known(sp(1), 9999)).isZero();
        assertThat(known(sp(1), 10000)).isEqualTo(6);
        assertThat(known(sp(2), 1000)).isEqualTo(6);
    }

    @Test
    void aFrozenProxyAnswersItsEpochUntilItThaws() {
        proxies.freeze(sp(1), 3);
        proxies.freeze(sp(2), 99);
        proxies.noteChange(broker, at(0));
        assertThat(known(sp(1), 5000)).isEqualTo(3);
        assertThat(proxies.ask(broker.proxyAddresses(), broker, at(5000)).highest())
                .isEqualTo(99);

        proxies.thaw(sp(1), at(5000));
        proxies.thaw(sp(2), at(5000));

        assertThat(known(sp(1), 5999)).isEqualTo(3);
        assertThat(known(sp(1), 6000)).isEqualTo(6);
        assertThat(known(sp(2), 60_000)).as("newer than the broker's").isEqualTo(99);
    }

    /** The broker restarts without its memory; the proxies still know better (spec undermoon 7). */
    @Test
    void proxiesRefuseOlderMetadata() {
        proxies.noteChange(broker, at(0));
        broker.replaceStore(MetaStoreData.empty(false));
        accepted(broker.registerProxy(Worlds.serverProxy(1)));
        proxies.noteChange(broker, at(2000));

        assertThat(broker.globalEpoch()).isEqualTo(1);
        assertThat(known(sp(1), 9000)).isEqualTo(6);
        broker.recoverEpoch(proxies.ask(broker.proxyAddresses(), broker, at(9000)));
        assertThat(broker.globalEpoch()).isEqualTo(8);
        proxies.noteChange(broker, at(9000));
        assertThat(known(sp(1), 10_000)).isEqualTo(8);
    }

    @Test
    void aReplacementMayKeepItsOldEpoch() {
        accepted(broker.createCluster(MY_CLUSTER, 4));
        proxies.noteChange(broker, at(0));
        troubles.staleEpochAfterFailover = true;
        String replacement = accepted(broker.failover(sp(1))).orElseThrow().address();
        proxies.noteReplacement(replacement, broker, at(2000));
        proxies.noteChange(broker, at(2000));

        assertThat(known(replacement, 9000)).isEqualTo(7);
        assertThat(known(sp(2), 9000)).isEqualTo(9);
        proxies.settle(broker, at(9000));
        troubles.staleEpochAfterFailover = false;
        assertThat(known(replacement, 10_000)).isEqualTo(9);
    }

    @Test
    void whatIsOnItsWayIsBounded() {
        proxies.setLag(sp(6), Duration.ofHours(1));
        for (int i = 0; i < 1000; i++) {
            broker.reportFailure("ghost:" + i, "r", 0);
            proxies.noteChange(broker, at(i));
        }

        assertThat(proxies.state().proxies().get(sp(6)).pending()).hasSize(ServerProxies.MAX_PENDING);
        assertThat(known(sp(6), 3_600_999)).isEqualTo(1006);
        assertThat(known(sp(1), 1000)).isEqualTo(7);
        assertThat(known(sp(1), 1999)).isEqualTo(1006);
    }

    @Test
    void whatIsKnownSurvivesASnapshot() {
        proxies.noteChange(broker, at(0));
        ServerProxies copy = new ServerProxies(proxies.state(), Conditions.NONE);

        assertThat(copy.knownEpoch(sp(1), broker, at(999))).isZero();
        assertThat(copy.knownEpoch(sp(1), broker, at(1000))).isEqualTo(6);
        assertThat(copy.state()).isEqualTo(proxies.state());
        assertThat(new ServerProxies(new ServerProxies.State(0, Map.of()), troubles)
                        .state()
                        .proxies())
                .isEmpty();
    }

    private long known(String address, long millis) {
        return proxies.knownEpoch(address, broker, at(millis));
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
