package io.understudy.undermoon;

import static io.understudy.undermoon.Worlds.MY_CLUSTER;
import static io.understudy.undermoon.Worlds.accepted;
import static io.understudy.undermoon.Worlds.onHost;
import static io.understudy.undermoon.Worlds.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Spec undermoon 5.1. */
final class AllocationTest {
    @Test
    void chunksSpreadOverEveryPairOfHosts() {
        Broker broker = Worlds.hosts(BrokerConfig.DEFAULT, 4, 3);

        accepted(broker.createCluster(MY_CLUSTER, 24));

        assertThat(pairs(broker))
                .containsExactly(
                        "1:7001,2:7001",
                        "3:7001,4:7001",
                        "1:7002,3:7002",
                        "2:7002,4:7002",
                        "1:7003,4:7003",
                        "2:7003,3:7003");
    }

    @Test
    void chunksOfAllClustersCount() {
        Broker broker = Worlds.hosts(BrokerConfig.DEFAULT, 3, 4);
        accepted(broker.createCluster("first", 4));

        accepted(broker.createCluster(MY_CLUSTER, 4));

        assertThat(pairs(broker)).containsExactly("3:7001,1:7002");
    }

    @Test
    void oneHostIsNeverEnough() {
        Broker broker = Worlds.hosts(BrokerConfig.DEFAULT, 1, 6);

        assertThat(refusal(broker.createCluster(MY_CLUSTER, 4))).isEqualTo(ErrorCode.NO_AVAILABLE_RESOURCE);
    }

    @Test
    void theSurplusOfTheLargestHostDoesNotCount() {
        assertThat(largestCluster(3, 1)).isEqualTo(4);
        assertThat(largestCluster(5, 2)).isEqualTo(8);
        assertThat(largestCluster(2, 2)).isEqualTo(8);
    }

    @Test
    void theSurplusIsTrimmedFromTheLatestRegistered() {
        Broker broker = new Broker(BrokerConfig.DEFAULT);
        for (int port = 1; port <= 3; port++) {
            accepted(broker.registerProxy(onHost("127.0.0.1", port)));
        }
        accepted(broker.registerProxy(onHost("127.0.0.2", 1)));

        accepted(broker.createCluster(MY_CLUSTER, 4));

        assertThat(pairs(broker)).containsExactly("1:1,2:1");
    }

    @Test
    void aSingleReportIsEnoughToBePassedOver() { // P30
        Broker broker = Worlds.sixProxies(BrokerConfig.DEFAULT.withFailureQuorum(2));
        for (int i = 3; i <= 6; i++) {
            broker.reportFailure(Worlds.sp(i), "coord1", 100);
        }

        assertThat(refusal(broker.createCluster(MY_CLUSTER, 8))).isEqualTo(ErrorCode.NO_AVAILABLE_RESOURCE);
        assertThat(broker.failures(100)).isEmpty();
        assertThat(refusal(broker.createCluster(MY_CLUSTER, 8))).isEqualTo(ErrorCode.NO_AVAILABLE_RESOURCE);
        assertThat(broker.failures(160)).isEmpty();
        accepted(broker.createCluster(MY_CLUSTER, 8));
    }

    @Test
    void orderedModeTakesProxiesByIndex() { // G38
        BrokerConfig ordered = BrokerConfig.DEFAULT.withOrderedProxy(true);
        Broker broker = new Broker(ordered);
        assertThat(refusal(broker.registerProxy(ProxyRegistration.of("a:1", "a:2", "a:3"))))
                .isEqualTo(ErrorCode.MISSING_SERVER_PROXY_INDEX);
        accepted(broker.registerProxy(Worlds.serverProxy(3)));
        accepted(broker.registerProxy(Worlds.serverProxy(2)));
        assertThat(refusal(broker.createCluster(MY_CLUSTER, 4))).isEqualTo(ErrorCode.PROXY_RESOURCE_OUT_OF_ORDER);
        assertThat(refusal(broker.createCluster(MY_CLUSTER, 8))).isEqualTo(ErrorCode.NO_AVAILABLE_RESOURCE);
        accepted(broker.registerProxy(Worlds.serverProxy(1)));

        accepted(broker.createCluster(MY_CLUSTER, 4));

        assertThat(broker.store().cluster(MY_CLUSTER).orElseThrow().proxyAddresses())
                .containsExactly(Worlds.sp(1), Worlds.sp(2));
        accepted(broker.registerProxy(Worlds.serverProxy(4)));
        accepted(broker.addNodes(MY_CLUSTER, 4));
        assertThat(broker.store().cluster(MY_CLUSTER).orElseThrow().proxyAddresses())
                .containsExactly(Worlds.sp(1), Worlds.sp(2), Worlds.sp(3), Worlds.sp(4));
        assertThat(refusal(broker.createCluster("bad.name", 4))).isEqualTo(ErrorCode.ONE_CLUSTER_ALREADY_EXISTED);
    }

    @Test
    void aSeedShufflesTiesAndListsButNotWhatIsDecidedByTheRules() {
        BrokerConfig shuffled = BrokerConfig.DEFAULT.withTieOrder(TieOrder.shuffled(42));
        Broker broker = Worlds.hosts(shuffled, 4, 3);
        Broker again = Worlds.hosts(shuffled, 4, 3);
        accepted(broker.createCluster(MY_CLUSTER, 24));
        accepted(again.createCluster(MY_CLUSTER, 24));

        assertThat(broker.metadata()).isEqualTo(again.metadata());
        assertThat(broker.proxyAddresses())
                .containsExactlyInAnyOrderElementsOf(broker.store().allProxies().keySet())
                .isNotEqualTo(List.copyOf(broker.store().allProxies().keySet()));
        assertThat(pairs(broker)).isNotEqualTo(pairs(clusterInOrderOfRegistration()));
        assertThat(broker.store().cluster(MY_CLUSTER).orElseThrow().chunks().stream()
                        .map(chunk -> List.copyOf(new java.util.TreeSet<>(chunk.hosts()))))
                .doesNotHaveDuplicates()
                .hasSize(6);
    }

    private static Broker clusterInOrderOfRegistration() {
        Broker broker = Worlds.hosts(BrokerConfig.DEFAULT, 4, 3);
        accepted(broker.createCluster(MY_CLUSTER, 24));
        return broker;
    }

    /** The most nodes a cluster can have on two hosts with that many proxies. */
    private static int largestCluster(int onFirst, int onSecond) {
        Broker broker = new Broker(BrokerConfig.DEFAULT);
        for (int i = 0; i < onFirst; i++) {
            accepted(broker.registerProxy(onHost("h1", 7001 + i)));
        }
        for (int i = 0; i < onSecond; i++) {
            accepted(broker.registerProxy(onHost("h2", 7001 + i)));
        }
        int nodes = 4;
        while (new Broker(BrokerConfig.DEFAULT, broker.state())
                .createCluster(MY_CLUSTER, nodes)
                .isAccepted()) {
            nodes += 4;
        }
        return nodes - 4;
    }

    private static List<String> pairs(Broker broker) {
        return broker.store().cluster(MY_CLUSTER).orElseThrow().chunks().stream()
                .map(chunk -> String.join(",", chunk.proxyAddresses()).replace("127.0.0.", ""))
                .toList();
    }
}
