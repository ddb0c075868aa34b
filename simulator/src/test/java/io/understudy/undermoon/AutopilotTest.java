package io.understudy.undermoon;

import static io.understudy.undermoon.Worlds.MY_CLUSTER;
import static io.understudy.undermoon.Worlds.accepted;
import static io.understudy.undermoon.Worlds.info;
import static io.understudy.undermoon.Worlds.sp;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.undermoon.Autopilot.Deed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AutopilotTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Troubles troubles = new Troubles();
    private Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT);
    private ServerProxies proxies = new ServerProxies(ServerProxies.SYNC_LAG, troubles);
    private Autopilot autopilot =
            new Autopilot(Autopilot.Settings.DEFAULT, new MemoryStorage(broker), proxies, troubles, START);
    private Instant now = START;
    private final List<String> log = new ArrayList<>();

    @Test
    void anIdleWorldIsLeftAlone() {
        changed();
        assertThat(autopilot.nextTick(now)).isEmpty();
        accepted(broker.createCluster(MY_CLUSTER, 4));
        changed();
        assertThat(autopilot.nextTick(now)).isEmpty();
    }

    /**
     * <pre>
     *   0 s        1 s             6 s         7 s              12 s
     *   expand     all know it     commit 1    all know it      commit 2
     *   shown: task 1 ─────────────│ task 2 ───────────────────│
     * </pre>
     */
    @Test
    void migrationsCommitOneAfterTheOther() {
        expanding();

        advance(Duration.ofDays(30));

        assertThat(log).containsExactly("6.000 commit 4096-8191", "12.000 commit 12288-16383");
        assertThat(info(broker)).isEqualTo("8/8/false");
        assertThat(autopilot.nextTick(now)).isEmpty();
    }

    @Test
    void migrationsRunSideBySideWithoutALimit() {
        use(BrokerConfig.DEFAULT.withMigrationLimit(0), Autopilot.Settings.DEFAULT);
        expanding();
        advance(Duration.ofMinutes(1));
        assertThat(log).containsExactly("6.000 commit 4096-8191", "6.000 commit 12288-16383");
    }

    @Test
    void aMigrationMayTakeTimePerSlot() {
        use(BrokerConfig.DEFAULT, new Autopilot.Settings(Duration.ofSeconds(1), Duration.ofMillis(1), "me:1"));
        expanding();
        advance(Duration.ofMinutes(1));
        // 1 s lag + 1 s + 4096 ms, then again: done at 6.096 and 13.096, seen at the next tick
        assertThat(log).containsExactly("7.000 commit 4096-8191", "14.000 commit 12288-16383");
    }

    @Test
    void slowCommitsTakeAFactorAndMore() {
        troubles.slowCommitFactor = 2;
        troubles.slowCommitExtra = Duration.ofSeconds(3);
        expanding();
        advance(Duration.ofSeconds(15));
        assertThat(log).containsExactly("14.000 commit 4096-8191");
    }

    @Test
    void aStuckMigrationGoesOnWhereItStopped() {
        expanding();
        advance(Duration.ofSeconds(3)); // 2 of 5 s have run
        trouble(() -> troubles.stuck.add(MY_CLUSTER));
        advance(Duration.ofHours(1));
        assertThat(log).isEmpty();
        assertThat(autopilot.nextTick(now)).isEmpty();

        trouble(troubles.stuck::clear);
        advance(Duration.ofSeconds(4));

        assertThat(log).containsExactly("3606.000 commit 4096-8191");
    }

    @Test
    void aMigrationWaitsForProxiesThatDoNotKnowOfIt() {
        troubles.neverInSync.add(sp(3));
        expanding();
        advance(Duration.ofHours(1));
        assertThat(log).isEmpty();

        trouble(troubles.neverInSync::clear);
        advance(Duration.ofSeconds(7));

        assertThat(log).containsExactly("3606.000 commit 4096-8191");
    }

    @Test
    void aDeadProxyIsReportedAndReplacedInOneRound() {
        accepted(broker.createCluster(MY_CLUSTER, 4));
        changed();
        advance(Duration.ofMillis(2500));
        trouble(() -> troubles.silent.add(sp(1)));

        advance(Duration.ofMinutes(5));

        // Replaced at once; the report is still there a second later, and then the free proxy's report is dropped.
        assertThat(log)
                .containsExactly(
                        "3.000 report " + sp(1),
                        "3.000 failover " + sp(1) + " -> " + sp(3),
                        "4.000 failover " + sp(1) + " -> nobody");
        assertThat(broker.failedProxies()).containsExactly(sp(1));
        assertThat(broker.metadata().failures()).isEmpty();
        assertThat(autopilot.nextTick(now)).isEmpty();
    }

    @Test
    void aFailoverMakesTheMigrationStartAnew() {
        expanding();
        advance(Duration.ofMillis(3500));
        trouble(() -> troubles.downHosts.add("server_proxy1"));

        advance(Duration.ofMinutes(1));

        assertThat(log)
                .containsExactly(
                        "4.000 report " + sp(1),
                        "4.000 failover " + sp(1) + " -> " + sp(5),
                        "5.000 failover " + sp(1) + " -> nobody",
                        "10.000 commit 4096-8191",
                        "16.000 commit 12288-16383");
        assertThat(info(broker)).isEqualTo("8/8/false");
    }

    @Test
    void withoutASpareItTriesEverySecondUntilTheReportExpires() { // spec undermoon 7
        broker = Worlds.singleProxyHosts(BrokerConfig.DEFAULT, 2);
        use(broker, Autopilot.Settings.DEFAULT);
        accepted(broker.createCluster(MY_CLUSTER, 4));
        changed();
        troubles.silent.add(sp(1));

        advance(Duration.ofDays(1));

        assertThat(log)
                .hasSize(61)
                .startsWith("1.000 report " + sp(1), "1.000 failover " + sp(1) + " -> refused")
                .endsWith("60.000 failover " + sp(1) + " -> refused");
        assertThat(broker.globalEpoch()).isEqualTo(3 + 1 + 60);
    }

    @Test
    void othersReportsExpireAtTheirTime() {
        broker = Worlds.sixProxies(BrokerConfig.DEFAULT.withFailureQuorum(2));
        use(broker, Autopilot.Settings.DEFAULT);
        broker.reportFailure(sp(1), "somebody", now.getEpochSecond());
        changed();

        assertThat(autopilot.nextTick(now)).contains(START.plusSeconds(60));
        advance(Duration.ofSeconds(60));

        assertThat(broker.metadata().failures()).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void itGoesOnFromASnapshot() {
        expanding();
        advance(Duration.ofMillis(3400));
        Broker brokerCopy = new Broker(broker.config(), broker.state());
        ServerProxies proxiesCopy = new ServerProxies(proxies.state(), troubles);
        Autopilot copy = new Autopilot(autopilot.state(), new MemoryStorage(brokerCopy), proxiesCopy, troubles);

        assertThat(copy.nextTick(now)).isEqualTo(autopilot.nextTick(now)).contains(START.plusSeconds(6));
        assertThat(copy.tick(START.plusSeconds(6))).isEqualTo(autopilot.tick(START.plusSeconds(6)));
        assertThat(brokerCopy.state()).isEqualTo(broker.state());
        assertThat(copy.state()).isEqualTo(autopilot.state());
    }

    private void use(BrokerConfig config, Autopilot.Settings settings) {
        use(Worlds.sixProxies(config), settings);
    }

    private void use(Broker other, Autopilot.Settings settings) {
        broker = other;
        proxies = new ServerProxies(ServerProxies.SYNC_LAG, troubles);
        autopilot = new Autopilot(settings, new MemoryStorage(broker), proxies, troubles, START);
    }

    private void expanding() {
        accepted(broker.createCluster(MY_CLUSTER, 4));
        accepted(broker.addNodes(MY_CLUSTER, 4));
        accepted(broker.expand(MY_CLUSTER));
        changed();
    }

    private void changed() {
        proxies.noteChange(broker, now);
        autopilot.observe(now);
    }

    private void trouble(Runnable change) {
        proxies.settle(broker, now);
        change.run();
        autopilot.observe(now);
    }

    /** What the world's clock does: one pending event at a time. */
    private void advance(Duration by) {
        Instant end = now.plus(by);
        for (Optional<Instant> next = autopilot.nextTick(now);
                next.isPresent() && !next.get().isAfter(end);
                next = autopilot.nextTick(now)) {
            now = next.get();
            autopilot.tick(now).forEach(this::write);
        }
        now = end;
    }

    private void write(Deed deed) {
        String time = "%d.%03d "
                .formatted(
                        Duration.between(START, now).toSeconds(),
                        Duration.between(START, now).toMillisPart());
        if (deed instanceof Deed.Reported reported) {
            log.add(time + "report " + reported.address());
        } else if (deed instanceof Deed.Committed committed) {
            log.add(time + "commit "
                    + committed.task().slotRange().rangeList().ranges().get(0));
        } else if (deed instanceof Deed.FailedOver failedOver) {
            String replacement = failedOver.outcome() instanceof Outcome.Accepted<Optional<ProxyView>> accepted
                    ? accepted.value().map(ProxyView::address).orElse("nobody")
                    : "refused";
            log.add(time + "failover " + failedOver.address() + " -> " + replacement);
        }
    }
}
