package io.understudy.reaper.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.json.Json;
import io.understudy.reaper.cassandra.Replication.SimpleStrategy;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CassandraClusterTest {
    private static final BigInteger SECOND_TOKEN = new BigInteger("-3074457345618258603");

    private final CassandraCluster test = Universes.test();

    @Test
    void rangesAreSharedUntilTheTopologyChanges() {
        List<ReplicatedRange> before = test.ranges(keyspace("booya"));

        assertThat(test.ranges(keyspace("shop"))).isSameAs(before);
        assertThat(before.get(0).replicas().datacenters())
                .isSameAs(before.get(1).replicas().datacenters());
        test.moveToken("127.0.0.2", SECOND_TOKEN, BigInteger.ZERO);
        assertThat(test.ranges(keyspace("booya"))).isNotEqualTo(before).hasSize(3);
        assertThat(test.tokens()).contains(BigInteger.ZERO).doesNotContain(SECOND_TOKEN);
    }

    @Test
    void aNodeTakesItsTokensAlong() {
        test.tokens();
        test.removeNode("127.0.0.2");

        assertThat(test.tokens()).hasSize(2);
        assertThat(test.ranges(keyspace("booya")))
                .allSatisfy(range ->
                        assertThat(range.replicas().hosts()).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.3"));

        test.addNode(
                CassandraNode.State.healthy("test", "127.0.0.9", "dc1", "rack2", List.of(BigInteger.ONE), "4.1.3"));
        assertThat(test.tokens()).contains(BigInteger.ONE).hasSize(3);
        assertThat(test.ranges(keyspace("booya")).get(0).replicas().hosts())
                .containsExactly("127.0.0.9", "127.0.0.3", "127.0.0.1");
    }

    @Test
    void keyspacesAndTablesComeAndGo() {
        test.addKeyspace(new Keyspace("New", new SimpleStrategy(1), List.of()));
        test.addTable("New", Table.empty("t"));
        test.dropTable("booya", "booya1");
        test.dropKeyspace("shop");

        assertThat(keyspace("New").tableNames()).containsExactly("t");
        assertThat(keyspace("booya").tableNames()).containsExactly("booya2", "booya_twcs");
        assertThat(test.keyspaces())
                .extracting(Keyspace::name)
                .containsExactly("booya", "system", "system_auth", "system_schema", "New");
        assertThat(test.keyspace("new")).isEmpty();
        assertThat(test.keyspaceIgnoringCase("nEW")).map(Keyspace::name).contains("New");
    }

    @Test
    void aKeyspaceOfExactlyThatNameGoesBeforeOneThatDiffersInCase() {
        test.addKeyspace(new Keyspace("BOOYA", new SimpleStrategy(1), List.of()));

        assertThat(test.keyspaceIgnoringCase("BOOYA")).map(Keyspace::name).contains("BOOYA");
    }

    @Test
    void whatIsNotThereCannotBeChanged() {
        assertThatThrownBy(() -> test.removeNode("x")).hasMessage("cluster test has no node x");
        assertThatThrownBy(() -> test.moveToken("127.0.0.1", BigInteger.ONE, BigInteger.TWO))
                .hasMessage("127.0.0.1 has no token 1");
        assertThatThrownBy(() -> test.dropTable("booya", "x")).hasMessage("keyspace booya has no table x");
        assertThatThrownBy(() -> test.addTable("booya", Table.empty("booya1")))
                .hasMessage("keyspace booya has table booya1 twice");
        assertThatThrownBy(() -> test.addNode(test.nodes().get(0).state()))
                .hasMessage("cluster test has a node 127.0.0.1 already");
    }

    @Test
    void theRangeAroundAnotherIsFoundUnlessATokenLiesBetween() {
        Keyspace booya = keyspace("booya");
        BigInteger one = BigInteger.ONE;

        assertThat(test.enclosing(booya, new TokenRange(one, BigInteger.TEN)))
                .contains(test.ranges(booya).get(1));
        assertThat(test.enclosing(booya, new TokenRange(SECOND_TOKEN, SECOND_TOKEN.add(one))))
                .contains(test.ranges(booya).get(1));
        assertThat(test.enclosing(
                        booya, new TokenRange(BigInteger.valueOf(Long.MAX_VALUE), BigInteger.valueOf(Long.MIN_VALUE))))
                .contains(test.ranges(booya).get(2));
        assertThat(test.enclosing(booya, new TokenRange(SECOND_TOKEN.subtract(one), BigInteger.ZERO)))
                .isEmpty();
        assertThat(test.enclosing(booya, new TokenRange(BigInteger.TEN, one))).isEmpty();
    }

    @Test
    void gossipShowsWhoIsThereAndHow() {
        test.node("127.0.0.2").orElseThrow().setUp(false);
        test.node("127.0.0.3").orElseThrow().setGossipStatus(null);

        GossipInfo gossip = test.gossip("127.0.0.1");

        assertThat(gossip.endpointNames()).containsExactly("127.0.0.1", "127.0.0.2", "127.0.0.3");
        assertThat(gossip.endpoints().keySet()).containsExactly("dc1");
        assertThat(gossip.endpoints().getOrDefault("dc1", Map.of()).keySet())
                .containsExactly("rack1", "rack2", "rack3");
        assertThat(gossip.endpoints().getOrDefault("dc1", Map.of()).values().stream()
                        .flatMap(List::stream)
                        .map(EndpointState::status))
                .containsExactly("NORMAL - UP", "NORMAL - DOWN", "Not available");
        assertThat(test.liveNodes()).extracting(CassandraNode::address).containsExactly("127.0.0.1", "127.0.0.3");
    }

    @Test
    void nodesThatHaveLeftAreNotShownButWeigh() {
        test.node("127.0.0.2").orElseThrow().setGossipStatus("LEFT");
        test.node("127.0.0.3").orElseThrow().setGossipStatus("removed,x");
        double load = test.nodes().stream().mapToDouble(CassandraNode::load).sum();

        GossipInfo gossip = test.gossip("127.0.0.1");

        assertThat(gossip.endpointNames()).containsExactly("127.0.0.1");
        assertThat(gossip.totalLoad()).isEqualTo(load).isGreaterThan(8_000_000);
        assertThat(test.liveNodes()).hasSize(1);
    }

    @Test
    void aNodeStillLeavingIsShown() {
        test.node("127.0.0.2").orElseThrow().setGossipStatus("LEAVING");

        assertThat(test.gossip("127.0.0.1").endpointNames()).contains("127.0.0.2");
    }

    @Test
    void theFirstEndpointIsTheGoldenOne() {
        EndpointState first = test.gossip("127.0.0.1")
                .endpoints()
                .entrySet()
                .iterator()
                .next()
                .getValue()
                .values()
                .iterator()
                .next()
                .get(0);

        // spec reaper 7.5
        assertThat(Json.write(first))
                .isEqualTo("{\"endpoint\":\"127.0.0.1\",\"hostId\":\"f091f82b-ce2c-40ee-b30c-6e761e94e821\","
                        + "\"dc\":\"dc1\",\"rack\":\"rack1\",\"status\":\"NORMAL - UP\",\"severity\":0.0,"
                        + "\"releaseVersion\":\"4.1.3\",\"tokens\":\"15\",\"load\":4043215.0,\"type\":\"CASSANDRA\"}");
    }

    private Keyspace keyspace(String name) {
        return test.keyspace(name).orElseThrow();
    }
}
