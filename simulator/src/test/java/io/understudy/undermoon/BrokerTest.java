package io.understudy.undermoon;

import static io.understudy.undermoon.Worlds.MY_CLUSTER;
import static io.understudy.undermoon.Worlds.accepted;
import static io.understudy.undermoon.Worlds.clusterEpoch;
import static io.understudy.undermoon.Worlds.refusal;
import static io.understudy.undermoon.Worlds.sp;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything of spec undermoon 3 that needs neither migration nor failover. */
final class BrokerTest {
    private final Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT);

    @Test
    void aClusterIsCreatedOnceAndOnlyInMultiplesOfFour() { // G6, G10, G11, P9
        accepted(broker.createCluster(MY_CLUSTER, 4));
        assertThat(broker.globalEpoch()).isEqualTo(7);
        assertThat(broker.clusterNames()).containsExactly(MY_CLUSTER);

        assertThat(refusal(broker.createCluster(MY_CLUSTER, 4))).isEqualTo(ErrorCode.ALREADY_EXISTED);
        assertThat(refusal(broker.createCluster("new", 6))).isEqualTo(ErrorCode.INVALID_NODE_NUMBER);
        assertThat(refusal(broker.createCluster("new", 0))).isEqualTo(ErrorCode.INVALID_NODE_NUMBER);
        assertThat(refusal(broker.createCluster("bad.name", 4))).isEqualTo(ErrorCode.INVALID_CLUSTER_NAME);
        assertThat(refusal(broker.createCluster("n".repeat(32), 4))).isEqualTo(ErrorCode.INVALID_CLUSTER_NAME);
        assertThat(refusal(broker.createCluster("new", 16))).isEqualTo(ErrorCode.NO_AVAILABLE_RESOURCE);
        assertThat(refusal(broker.createCluster("new", -4L))).isEqualTo(ErrorCode.NO_AVAILABLE_RESOURCE); // 2^64-4
        assertThat(broker.globalEpoch()).isEqualTo(7);
        assertThat(broker.cluster("none")).isEmpty();
        assertThat(refusal(broker.clusterInfo("bad.name"))).isEqualTo(ErrorCode.CLUSTER_NOT_FOUND);
        accepted(broker.createCluster("n".repeat(31), 4));
    }

    @Test
    void aDeletedClusterFreesItsProxies() { // G40, G27
        accepted(broker.createCluster(MY_CLUSTER, 4));
        assertThat(refusal(broker.removeProxy(sp(1)))).isEqualTo(ErrorCode.IN_USE);

        accepted(broker.deleteCluster(MY_CLUSTER));

        assertThat(broker.globalEpoch()).isEqualTo(8);
        assertThat(broker.clusterNames()).isEmpty();
        assertThat(broker.proxy(sp(1)).orElseThrow().isFree()).isTrue();
        assertThat(refusal(broker.deleteCluster(MY_CLUSTER))).isEqualTo(ErrorCode.CLUSTER_NOT_FOUND);
        accepted(broker.removeProxy(sp(1)));
        assertThat(broker.globalEpoch()).isEqualTo(9);
        assertThat(refusal(broker.removeProxy(sp(1)))).isEqualTo(ErrorCode.PROXY_NOT_FOUND);
    }

    @Test
    void aFreeProxyShowsTheGlobalEpochAndAUsedOneItsClusters() { // G5, P27
        accepted(broker.createCluster(MY_CLUSTER, 4));
        accepted(broker.createCluster("other", 4));

        ProxyView free = broker.proxy(sp(5)).orElseThrow();
        assertThat(free)
                .isEqualTo(new ProxyView(
                        Optional.empty(),
                        sp(5),
                        8,
                        List.of(
                                new NodeView("server_proxy5:7009", sp(5), List.of(), Role.MASTER, List.of()),
                                new NodeView("server_proxy5:7010", sp(5), List.of(), Role.MASTER, List.of())),
                        List.of(),
                        Optional.empty()));
        assertThat(broker.proxy(sp(1)).orElseThrow().epoch()).isEqualTo(7);
        assertThat(broker.proxy("none:1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,INVALID_PROXY_ADDRESS",
        "[::1]:7000,INVALID_PROXY_ADDRESS",
        "a:b:c,INVALID_PROXY_ADDRESS",
        "server_proxy1:6001,ALREADY_EXISTED"
    })
    void registrationsThatAreRefusedChangeNothing(String address, ErrorCode code) { // G28, P29
        MetaStoreData before = broker.metadata();

        assertThat(refusal(broker.registerProxy(ProxyRegistration.of(address, "x", "y"))))
                .isEqualTo(code);

        assertThat(broker.metadata()).isEqualTo(before);
    }

    @Test
    void aReturningProxyIsCleanAgain() { // P29
        broker.reportFailure(sp(1), "coord1", 100);
        accepted(broker.failover(sp(2)));
        assertThat(broker.globalEpoch()).isEqualTo(7);

        assertThat(refusal(broker.registerProxy(Worlds.serverProxy(1)))).isEqualTo(ErrorCode.ALREADY_EXISTED);
        assertThat(broker.globalEpoch()).isEqualTo(8);
        assertThat(refusal(broker.registerProxy(Worlds.serverProxy(2)))).isEqualTo(ErrorCode.ALREADY_EXISTED);
        assertThat(broker.globalEpoch()).isEqualTo(9);
        assertThat(refusal(broker.registerProxy(Worlds.serverProxy(3)))).isEqualTo(ErrorCode.ALREADY_EXISTED);
        assertThat(broker.globalEpoch()).isEqualTo(9);

        assertThat(broker.metadata().failures()).isEmpty();
        assertThat(broker.failedProxies()).isEmpty();
    }

    @Test
    void theHostIsGivenOrStandsBeforeTheColon() { // G28
        accepted(broker.registerProxy(ProxyRegistration.of(":", "x", "y")));
        accepted(broker.registerProxy(
                ProxyRegistration.of("127.0.0.1:6001", "x", "y").onHost("localhost1")));

        assertThat(broker.metadata().allProxies().get(":").host()).isEmpty();
        assertThat(broker.metadata().allProxies().get("127.0.0.1:6001").host()).isEqualTo("localhost1");
        assertThat(broker.metadata().allProxies().get(sp(3)).index()).isZero();
    }

    @Test
    void aConfigurationChangesAsAWholeOrNotAtAll() { // G29, P39
        accepted(broker.createCluster(MY_CLUSTER, 4));

        accepted(broker.changeConfig(MY_CLUSTER, Map.of("Compression_Strategy", "SET_GET_ONLY")));
        assertThat(config().compressionStrategy()).isEqualTo(CompressionStrategy.SET_GET_ONLY);
        accepted(broker.changeConfig(
                MY_CLUSTER, Map.of("migration_scan_interval", "1000", "migration_scan_count", "+32")));
        assertThat(config().migrationConfig()).isEqualTo(new MigrationConfig(10800, 10000, 1000, 32));
        accepted(broker.changeConfig(MY_CLUSTER, Map.of("migration_max_migration_time", "18446744073709551615")));
        assertThat(Epoch.text(config().migrationConfig().maxMigrationTime())).isEqualTo("18446744073709551615");
        accepted(broker.changeConfig(MY_CLUSTER, Map.of("migration_max_blocking_time", "7")));
        assertThat(config().migrationConfig().maxBlockingTime()).isEqualTo(7);
        accepted(broker.changeConfig(MY_CLUSTER, Map.of()));
        assertThat(clusterEpoch(broker)).isEqualTo(12);

        MetaStoreData before = broker.metadata();
        assertBadConfig("compression_strategy", "zip", "INVALID_VALUE");
        assertBadConfig("foo", "1", "FIELD_NOT_FOUND");
        assertBadConfig("max_migration_time", "1", "FIELD_NOT_FOUND");
        assertBadConfig("migration_scan_count", "0", "INVALID_VALUE");
        assertBadConfig("migration_scan_count", " 1", "INVALID_VALUE");
        assertBadConfig("migration_scan_interval", "18446744073709551616", "INVALID_VALUE");
        assertBadConfig("Migration_Scan_Interval", "-1", "INVALID_VALUE");
        assertThat(broker.metadata()).isEqualTo(before);
    }

    private void assertBadConfig(String key, String value, String message) {
        Map<String, String> changes = new java.util.LinkedHashMap<>();
        changes.put("migration_max_blocking_time", "8");
        changes.put(key, value);
        assertThat(broker.changeConfig(MY_CLUSTER, changes))
                .isEqualTo(Outcome.refused(new Rejection.InvalidConfig(key, value, message)));
    }

    private ClusterConfig config() {
        return broker.cluster(MY_CLUSTER).orElseThrow().config();
    }

    @Test
    void epochsCanBeForcedUpwards() { // G30, P44
        accepted(broker.createCluster(MY_CLUSTER, 4));

        accepted(broker.forceEpoch(233));
        assertThat(broker.globalEpoch()).isEqualTo(233);
        assertThat(clusterEpoch(broker)).isEqualTo(233);
        assertThat(refusal(broker.forceEpoch(233))).isEqualTo(ErrorCode.EPOCH_SMALLER_THAN_CURRENT);

        accepted(broker.forceEpoch(Long.parseUnsignedLong("18446744073709551614")));
        broker.reportFailure("ghost:1", "r", 0);
        assertThat(Epoch.text(broker.globalEpoch())).isEqualTo("18446744073709551615");
        assertThat(refusal(broker.forceEpoch(1))).isEqualTo(ErrorCode.EPOCH_SMALLER_THAN_CURRENT);
    }

    @Test
    void recoveryGoesTwoBeyondTheHighestProxy() { // G31, P41
        accepted(broker.createCluster(MY_CLUSTER, 4));
        Broker other = new Broker(BrokerConfig.DEFAULT, broker.state());

        assertThat(broker.recoverEpoch(new EpochAnswers(Map.of(sp(1), 40L, sp(2), 41L), List.of(sp(6)))))
                .containsExactly(sp(6));
        assertThat(broker.globalEpoch()).isEqualTo(43);
        assertThat(clusterEpoch(broker)).isEqualTo(43);

        other.recoverEpoch(new EpochAnswers(Map.of(), other.proxyAddresses()));
        assertThat(other.globalEpoch()).isEqualTo(8);
    }

    @Test
    void aRestoreChecksVersionAndEpochOnly() { // G32, P40
        accepted(broker.createCluster(MY_CLUSTER, 4));
        MetaStoreData dump = broker.metadata();

        MetaStoreData oldVersion =
                new MetaStoreData("mem-broker-0.1", 99, Map.of(), Map.of(), List.of(), Map.of(), false);
        assertThat(refusal(broker.restore(oldVersion))).isEqualTo(ErrorCode.INVALID_META_VERSION);
        assertThat(refusal(broker.restore(MetaStoreData.empty(true)))).isEqualTo(ErrorCode.EPOCH_SMALLER_THAN_CURRENT);
        accepted(broker.restore(dump));
        assertThat(broker.metadata()).isEqualTo(dump);

        MetaStoreData ordered =
                new MetaStoreData(MetaStoreData.VERSION, 7, Map.of(), Map.of(), List.of(), Map.of(), true);
        accepted(broker.restore(ordered));
        assertThat(refusal(broker.registerProxy(ProxyRegistration.of("a:1", "x", "y"))))
                .isEqualTo(ErrorCode.MISSING_SERVER_PROXY_INDEX);
    }

    /** A used proxy of a missing cluster, a migration to a missing chunk: shown as well as can be, never a crash. */
    @Test
    void brokenMetadataCanBeLookedAt() {
        accepted(broker.createCluster(MY_CLUSTER, 4));
        Cluster cluster = broker.store().cluster(MY_CLUSTER).orElseThrow();
        StoredTask astray = new StoredTask(RangeList.of(0, 1), true, new StoredTask.Meta(1, 0, 0, 9, 0));
        Cluster broken = cluster.withChunk(0, cluster.chunks().get(0).withTasks(0, List.of(astray)));
        ProxyResource lost = broker.store().proxy(sp(6)).orElseThrow().usedBy("gone");
        MetaStoreData dump = broker.metadata();
        accepted(broker.restore(new MetaStoreData(
                dump.version(),
                dump.globalEpoch(),
                Map.of(MY_CLUSTER, broken),
                Map.of(sp(1), dump.allProxies().get(sp(1)), sp(6), lost),
                List.of(),
                Map.of(),
                false)));

        assertThat(broker.cluster(MY_CLUSTER)).isPresent();
        assertThat(broker.proxy(sp(6)).orElseThrow().isFree()).isTrue();
        assertThat(refusal(broker.failover(sp(6)))).isEqualTo(ErrorCode.CLUSTER_NOT_FOUND);
        assertThat(broker.checkResource().isAccepted()).isFalse();
        assertThat(broker.failover(sp(1)).isAccepted()).isFalse();
    }

    @Test
    void brokersShareNothing() {
        Broker copy = new Broker(BrokerConfig.DEFAULT, broker.state());
        accepted(copy.createCluster(MY_CLUSTER, 4));
        copy.setReplicaAddresses(List.of("127.0.0.1:17799"));

        assertThat(broker.clusterNames()).isEmpty();
        assertThat(broker.globalEpoch()).isEqualTo(6);
        assertThat(broker.replicaAddresses()).isEmpty();
    }
}
