package io.understudy.reaper.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spec reaper 8.1. */
final class UniversesTest {
    @Test
    void theTestClusterIsTheOneOfTheSpec() {
        CassandraCluster test = Universes.test();

        assertThat(test.version()).isEqualTo("4.1.3");
        assertThat(test.partitioner()).isEqualTo(Partitioner.MURMUR3);
        assertThat(test.nodes())
                .extracting(CassandraNode::address)
                .containsExactly("127.0.0.1", "127.0.0.2", "127.0.0.3");
        assertThat(test.nodes()).extracting(CassandraNode::rack).containsExactly("rack1", "rack2", "rack3");
        assertThat(test.tokens())
                .extracting(BigInteger::toString)
                .containsExactly("-9223372036854775808", "-3074457345618258603", "3074457345618258602");
        assertThat(test.keyspaces())
                .extracting(Keyspace::name)
                .containsExactly("shop", "booya", "system", "system_auth", "system_schema");
        assertThat(test.keyspace("system").orElseThrow().tableNames()).containsExactly("local", "peers");
        for (String keyspace : List.of("shop", "booya")) {
            assertThat(test.ranges(test.keyspace(keyspace).orElseThrow()))
                    .allSatisfy(range -> assertThat(range.replicas().size()).isEqualTo(3));
            assertThat(test.keyspace(keyspace).orElseThrow().tables().stream()
                            .filter(Table::timeWindowed)
                            .map(Table::name))
                    .singleElement()
                    .asString()
                    .endsWith("_twcs");
        }
        assertThat(test.keyspace("booya").orElseThrow().tables())
                .allSatisfy(table -> assertThat(table.bytes()).isZero());
    }

    @Test
    void analyticsHasOneReplicaInEachOfItsDatacenters() {
        CassandraCluster analytics = Universes.analytics();

        assertThat(analytics.nodes()).extracting(CassandraNode::datacenter).containsExactly("dc1", "dc1", "dc2", "dc2");
        assertThat(analytics.tokens()).hasSize(64);
        assertThat(analytics.ranges(analytics.keyspace("telemetry").orElseThrow()))
                .allSatisfy(range ->
                        assertThat(range.replicas().datacenters().values()).containsExactly("dc1", "dc2"));
    }

    @Test
    void theGoClientFindsItsClusters() {
        Universe universe = Universes.goClient();

        assertThat(universe.clusters())
                .extracting(CassandraCluster::name)
                .containsExactly("cluster-1", "cluster-2", "cluster-3");
        assertThat(universe.byHost("cluster-2-node-1"))
                .map(CassandraCluster::name)
                .contains("cluster-2");
        assertThat(universe.clusters())
                .extracting(cluster -> cluster.tokens().size())
                .containsExactly(64, 64, 32);
        assertThat(universe.clusters())
                .extracting(cluster -> cluster.keyspace("reaper_client_test").isPresent())
                .containsExactly(true, true, false);
    }

    @Test
    void eachCallMakesTheSameAnewAndNothingIsShared() {
        Universe first = Universes.standard();
        Universe second = Universes.standard();
        assertThat(first.state()).isEqualTo(second.state());

        first.byName("test").orElseThrow().removeNode("127.0.0.1");
        assertThat(second.byHost("127.0.0.1")).isPresent();
    }

    @Test
    void idsAreRandomLookingUuidsAndAllDifferent() {
        CassandraCluster grid = Universes.grid("grid", 300, 4, 3);

        assertThat(grid.nodes()).extracting(CassandraNode::hostId).doesNotHaveDuplicates();
        assertThat(grid.nodes()).allSatisfy(node -> {
            assertThat(node.hostId().version()).isEqualTo(4);
            assertThat(node.hostId().variant()).isEqualTo(2);
        });
        assertThat(grid.nodes())
                .extracting(CassandraNode::address)
                .doesNotHaveDuplicates()
                .contains("10.1.1.44");
    }

    @Test
    void aGridIsDealtOutToDatacentersAndRacks() {
        CassandraCluster grid = Universes.grid("grid", 24, 8, 2, 2, 3);

        assertThat(grid.tokens()).hasSize(192);
        assertThat(new HashSet<>(grid.tokens())).hasSize(192);
        assertThat(grid.ranges(grid.keyspace("grid").orElseThrow())).allSatisfy(range -> {
            assertThat(range.replicas().datacenters().values()).containsExactlyInAnyOrder("dc1", "dc1", "dc2", "dc2");
            assertThat(range.replicas().hosts().stream()
                            .map(host -> grid.node(host).orElseThrow())
                            .map(node -> node.datacenter() + node.rack()))
                    .doesNotHaveDuplicates();
        });
        assertThatThrownBy(() -> Universes.grid("grid", 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
