package io.understudy.undermoon;

import static io.understudy.undermoon.ClusterViewAssert.assertThatCluster;
import static io.understudy.undermoon.Worlds.MY_CLUSTER;
import static io.understudy.undermoon.Worlds.accepted;
import static io.understudy.undermoon.Worlds.clusterEpoch;
import static io.understudy.undermoon.Worlds.refusal;
import static io.understudy.undermoon.Worlds.sp;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Spec undermoon 5.8 and 5.10, golden examples G21 – G26, G39, G45. */
final class FailoverTest {
    /**
     * <pre>
     *   before                    after sp1 failed
     *   sp1 [M 7001, R 7002]      sp3 [R 7005, R 7006]
     *   sp2 [M 7003, R 7004]      sp2 [M 7003, M 7004]       7003 before 7004, though 7004 has the lower slots
     * </pre>
     */
    @Test
    void aFailedProxyIsReplaced() { // G21, G22, G23, G24, G25
        Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT);
        accepted(broker.createCluster(MY_CLUSTER, 4));
        broker.reportFailure(sp(1), "coord1", 100);
        broker.reportFailure(sp(1), "coord1", 101);
        assertThat(broker.globalEpoch()).isEqualTo(8);
        assertThat(clusterEpoch(broker)).isEqualTo(7);
        assertThat(broker.failures(101)).containsExactly(sp(1));

        ProxyView replacement = accepted(broker.failover(sp(1))).orElseThrow();

        assertThat(broker.globalEpoch()).isEqualTo(10);
        assertThat(clusterEpoch(broker)).isEqualTo(10);
        assertThat(replacement.address()).isEqualTo(sp(3));
        assertThat(replacement.clusterName()).contains(MY_CLUSTER);
        assertThat(replacement.epoch()).isEqualTo(10);
        assertThat(replacement.nodes())
                .containsExactly(
                        new NodeView(
                                "server_proxy3:7005",
                                sp(3),
                                List.of(),
                                Role.REPLICA,
                                List.of(new ReplPeer("server_proxy2:7004", sp(2)))),
                        new NodeView(
                                "server_proxy3:7006",
                                sp(3),
                                List.of(),
                                Role.REPLICA,
                                List.of(new ReplPeer("server_proxy2:7003", sp(2)))));
        assertThat(replacement.peers()).hasSize(1);
        assertThat(Picture.slots(replacement.peers().get(0).slots())).isEqualTo("8192-16383 | 0-8191");
        ProxyView survivor = broker.proxy(sp(2)).orElseThrow();
        assertThat(survivor.peers()).isEmpty();
        assertThat(Picture.masters(survivor.nodes()))
                .isEqualTo("server_proxy2:7003 8192-16383\nserver_proxy2:7004 0-8191\n");

        assertThat(broker.failedProxies()).containsExactly(sp(1));
        assertThat(broker.failures(101)).containsExactly(sp(1)); // P32
        assertThat(accepted(broker.failover(sp(1)))).isEmpty();
        assertThat(broker.globalEpoch()).isEqualTo(10);
        assertThat(broker.failures(101)).isEmpty();

        accepted(broker.balanceMasters(MY_CLUSTER));
        assertThat(broker.globalEpoch()).isEqualTo(11);
        assertThatCluster(broker.cluster(MY_CLUSTER).orElseThrow())
                .looksLike("server_proxy3:7005 0-8191\nserver_proxy2:7003 8192-16383\n");

        assertThat(refusal(broker.registerProxy(ProxyRegistration.of(sp(1), "other:1", "other:2"))))
                .isEqualTo(ErrorCode.ALREADY_EXISTED);
        assertThat(broker.globalEpoch()).isEqualTo(12);
        assertThat(broker.failedProxies()).isEmpty();
        assertThat(broker.metadata().allProxies().get(sp(1)).nodeAddresses())
                .containsExactly("server_proxy1:7001", "server_proxy1:7002");
    }

    @Test
    void reportsOfUnknownAddressesAreKeptButNotListed() { // G21
        Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT);
        broker.reportFailure("ghost:1", "coord1", 100);

        assertThat(broker.globalEpoch()).isEqualTo(7);
        assertThat(broker.failures(100)).isEmpty();
        assertThat(broker.metadata().failures()).containsKey("ghost:1");
    }

    @Test
    void aReportCountsFromItsFirstTimeUntilTheTtl() { // P31
        Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT);
        broker.reportFailure(sp(1), "coord1", 100);
        broker.reportFailure(sp(1), "coord1", 150);

        assertThat(broker.failures(159)).containsExactly(sp(1));
        assertThat(broker.failures(160)).isEmpty();
        assertThat(broker.metadata().failures()).isEmpty();
        assertThat(broker.globalEpoch()).isEqualTo(7);
    }

    @Test
    void withoutASpareTheMastersMoveAndTheAnswerIsNo() { // G26, P33, P34, P38
        Broker broker = Worlds.singleProxyHosts(BrokerConfig.DEFAULT, 3);
        accepted(broker.createCluster(MY_CLUSTER, 4));
        assertThat(accepted(broker.checkResource())).isEmpty();
        assertThat(accepted(broker.failover(sp(3)))).isEmpty();
        assertThat(broker.globalEpoch()).isEqualTo(4);
        assertThat(accepted(broker.checkResource())).containsExactly("server_proxy1", "server_proxy2");

        assertThat(refusal(broker.failover(sp(1)))).isEqualTo(ErrorCode.NO_AVAILABLE_RESOURCE);
        assertThat(broker.globalEpoch()).isEqualTo(5);
        assertThat(clusterEpoch(broker)).isEqualTo(5);
        assertThat(position(broker)).isEqualTo(RolePosition.SECOND_CHUNK_MASTER);
        assertThat(broker.failedProxies()).containsExactly(sp(3), sp(1));

        assertThat(refusal(broker.failover(sp(1)))).isEqualTo(ErrorCode.NO_AVAILABLE_RESOURCE);
        assertThat(broker.globalEpoch()).isEqualTo(6);
        assertThat(clusterEpoch(broker)).isEqualTo(5);
        accepted(broker.balanceMasters(MY_CLUSTER));
        assertThat(broker.globalEpoch()).isEqualTo(7);
        assertThat(position(broker)).isEqualTo(RolePosition.SECOND_CHUNK_MASTER);
    }

    @Test
    void orderedModeResetsTheMigrationsAndReplacesNobody() { // G39, P36, P37
        Broker broker = Worlds.singleProxyHosts(
                BrokerConfig.DEFAULT.withOrderedProxy(true).withMigrationLimit(2), 4);
        accepted(broker.createCluster(MY_CLUSTER, 4));
        accepted(broker.addNodes(MY_CLUSTER, 4));
        accepted(broker.expand(MY_CLUSTER));
        assertThat(broker.globalEpoch()).isEqualTo(7);

        assertThat(accepted(broker.failover(sp(4)))).isEmpty();

        assertThat(broker.globalEpoch()).isEqualTo(9);
        assertThat(clusterEpoch(broker)).isEqualTo(8);
        assertThatCluster(broker.cluster(MY_CLUSTER).orElseThrow()).looksLike("""
                server_proxy1:7001 0-4095 | 4096-8191 > server_proxy3:7005 @7
                server_proxy2:7003 8192-12287 | 12288-16383 > server_proxy3:7006 @8
                server_proxy3:7005 4096-8191 < server_proxy1:7001 @7
                server_proxy3:7006 12288-16383 < server_proxy2:7003 @8
                """);
        MetaStoreData before = broker.metadata();
        assertThat(accepted(broker.failover(sp(4)))).isEmpty();
        assertThat(broker.globalEpoch()).isEqualTo(11);
        assertThat(clusterEpoch(broker)).isEqualTo(8);
        assertThat(broker.metadata().clusters()).isEqualTo(before.clusters());
        assertThat(broker.failedProxies()).isEmpty();
    }

    @Test
    void theSourceOfAMigrationFails() { // G45
        Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT.withMigrationLimit(0));
        accepted(broker.createCluster(MY_CLUSTER, 4));
        accepted(broker.addNodes(MY_CLUSTER, 4));
        accepted(broker.expand(MY_CLUSTER));

        Optional<ProxyView> replacement = accepted(broker.failover(sp(1)));

        assertThat(replacement.orElseThrow().address()).isEqualTo(sp(5));
        assertThat(broker.globalEpoch()).isEqualTo(11);
        assertThatCluster(broker.cluster(MY_CLUSTER).orElseThrow()).isSound().looksLike("""
                server_proxy2:7003 8192-12287 | 12288-16383 > server_proxy4:7007 @9
                server_proxy2:7004 0-4095 | 4096-8191 > server_proxy3:7005 @10
                server_proxy3:7005 4096-8191 < server_proxy2:7004 @10
                server_proxy4:7007 12288-16383 < server_proxy2:7003 @9
                """);
        assertThat(refusal(broker.commitMigration(Worlds.task(9, 4096, 8191))))
                .isEqualTo(ErrorCode.MIGRATION_TASK_NOT_FOUND);
        accepted(broker.commitMigration(Worlds.task(10, 4096, 8191)));
    }

    /** (0,0)→(1,0) and (0,0)→(1,1) share their source, (0,1)→(1,1) shares an end with the second: all start anew. */
    @Test
    void tasksThatShareAnEndWithAResetOneAreResetToo() { // P37
        Broker broker = Worlds.hosts(BrokerConfig.DEFAULT.withMigrationLimit(0), 4, 3);
        accepted(broker.createCluster(MY_CLUSTER, 4));
        accepted(broker.addNodes(MY_CLUSTER, 8));
        accepted(broker.expand(MY_CLUSTER));
        Cluster before = broker.store().cluster(MY_CLUSTER).orElseThrow();

        accepted(broker.failover(before.chunks().get(0).proxyAddresses().get(0)));

        long reset = broker.globalEpoch() - 1;
        assertThat(epochs(broker)).containsExactly(reset, reset, reset, before.epoch(), before.epoch());
    }

    @Test
    void rolesFlipWhenBothProxiesAreReplacedInTurn() {
        Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT);
        accepted(broker.createCluster(MY_CLUSTER, 4));
        accepted(broker.failover(sp(1)));
        assertThat(position(broker)).isEqualTo(RolePosition.SECOND_CHUNK_MASTER);
        accepted(broker.failover(sp(2)));
        assertThat(position(broker)).isEqualTo(RolePosition.FIRST_CHUNK_MASTER);
    }

    @Test
    void spareProxiesOnOtherHostsDecideWhoMayFail() { // 5.10
        for (int nodes = 4; nodes <= 16; nodes += 4) {
            Broker broker = Worlds.hosts(BrokerConfig.DEFAULT, 4, 2);
            accepted(broker.createCluster(MY_CLUSTER, nodes));
            MetaStoreData before = broker.metadata();

            List<String> cannotFail = accepted(broker.checkResource());

            assertThat(cannotFail)
                    .isEqualTo(nodes < 16 ? List.of() : List.of("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"));
            assertThat(broker.metadata()).isEqualTo(before);
        }
    }

    /** A host replaces its own proxies only where a chunk lies on it with both halves already. */
    @Test
    void aHostHelpsItselfOnlyWhenAChunkIsOnItTwice() {
        Broker broker = new Broker(BrokerConfig.DEFAULT);
        accepted(broker.registerProxy(Worlds.onHost("h1", 1)));
        accepted(broker.registerProxy(Worlds.onHost("h2", 1)));
        accepted(broker.createCluster(MY_CLUSTER, 4));
        accepted(broker.registerProxy(Worlds.onHost("h1", 2)));
        accepted(broker.registerProxy(Worlds.onHost("h1", 3)));

        assertThat(refusal(new Broker(BrokerConfig.DEFAULT, broker.state()).failover("h1:1")))
                .isEqualTo(ErrorCode.NO_AVAILABLE_RESOURCE);
        assertThat(accepted(broker.checkResource())).containsExactly("h1");

        assertThat(accepted(broker.failover("h2:1")).orElseThrow().address()).isEqualTo("h1:2");
        assertThat(accepted(broker.checkResource())).containsExactly("h1");
        assertThat(accepted(broker.failover("h1:1")).orElseThrow().address()).isEqualTo("h1:3");
    }

    @Test
    void theReplacementComesFromTheHostWithFewestLinksThenMostSpares() {
        Broker broker = new Broker(BrokerConfig.DEFAULT);
        for (String host : List.of("h1", "h2")) {
            accepted(broker.registerProxy(Worlds.onHost(host, 1)));
        }
        accepted(broker.createCluster(MY_CLUSTER, 4));
        accepted(broker.registerProxy(Worlds.onHost("h2", 2)));
        accepted(broker.registerProxy(Worlds.onHost("h2", 3)));
        accepted(broker.registerProxy(Worlds.onHost("h3", 1)));
        accepted(broker.registerProxy(Worlds.onHost("h4", 1)));
        accepted(broker.registerProxy(Worlds.onHost("h4", 2)));

        assertThat(accepted(broker.failover("h1:1")).orElseThrow().address()).isEqualTo("h4:1");
    }

    @Test
    void unknownProxiesCannotFailOver() {
        Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT);
        assertThat(refusal(broker.failover("none:1"))).isEqualTo(ErrorCode.PROXY_NOT_FOUND);
        assertThat(broker.globalEpoch()).isEqualTo(6);
    }

    private static List<Long> epochs(Broker broker) {
        return broker.store().cluster(MY_CLUSTER).orElseThrow().chunks().stream()
                .flatMap(chunk -> chunk.migratingSlots().stream().flatMap(List::stream))
                .filter(StoredTask::isMigrating)
                .map(task -> task.meta().epoch())
                .toList();
    }

    private static RolePosition position(Broker broker) {
        return broker.store().cluster(MY_CLUSTER).orElseThrow().chunks().get(0).rolePosition();
    }
}
