package io.understudy.reaper.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.json.Json;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class UniverseTest {
    private final Universe universe = Universes.standard();

    @Test
    void aClusterIsFoundByAnyOfItsHostsAndByItsExactName() {
        assertThat(universe.clusters()).extracting(CassandraCluster::name).containsExactly("test", "analytics");
        assertThat(universe.byHost("10.0.0.4")).map(CassandraCluster::name).contains("analytics");
        assertThat(universe.byHost("10.0.0.5")).isEmpty();
        assertThat(universe.byName("test")).isPresent();
        assertThat(universe.byName("Test")).isEmpty();
    }

    @Test
    void clustersComeAndGo() {
        universe.add(Universes.grid("grid", 3, 2, 2));
        universe.remove("test");

        assertThat(universe.clusters()).extracting(CassandraCluster::name).containsExactly("analytics", "grid");
        assertThatThrownBy(() -> universe.remove("test")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameOrAHostBelongsToOneClusterOnly() {
        assertThatThrownBy(() -> universe.add(Universes.analytics()))
                .hasMessage("there is a cluster analytics already");
        universe.add(Universes.grid("grid", 3, 2, 2));
        assertThatThrownBy(() -> universe.add(Universes.grid("other", 1, 1, 1)))
                .hasMessage("10.1.0.1 belongs to cluster grid already");
    }

    @Test
    void theReadyMadeOnesSurviveJson() {
        for (Universe readyMade : List.of(Universes.standard(), Universes.goClient())) {
            assertThat(throughJson(readyMade).state()).isEqualTo(readyMade.state());
        }
    }

    @Test
    void allThatWasChangedByHandSurvivesJson() {
        CassandraCluster test = universe.byName("test").orElseThrow();
        CassandraNode node = test.node("127.0.0.2").orElseThrow();
        test.moveToken("127.0.0.2", new BigInteger("-3074457345618258603"), BigInteger.TEN);
        test.dropKeyspace("shop");
        test.addTable("booya", new Table("more", Table.DATE_TIERED, 5));
        node.setLiveness(Liveness.UNKNOWN);
        node.setGossipStatus(null);
        node.setGossipVersion(77);
        node.setVersion("3.11.8");
        node.setLoad(1.5);
        node.setSeverity(0.25);
        node.setPendingCompactions(OptionalInt.of(21));
        node.setActiveCompactions(List.of(new Compaction("c", "Compaction", "booya", "booya1", 1, 2, "bytes")));
        node.setOverrides(StatisticsOverrides.NONE
                .with(new ThreadPoolStat("ReadStage", 1, 2, 3, 4, 5, null))
                .with(new DroppedMessages("READ_REQ", 1, 0.1, 0.2, 0.3, Double.NaN))
                .with(new MetricsHistogram(
                        "Read",
                        "Timeouts",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        3,
                        0.1,
                        0.1,
                        0.1,
                        0.1,
                        null)));
        node.setPercentRepaired("booya", "more", 40);
        node.takeSnapshot("s", test.keyspaces());

        Universe copy = throughJson(universe);

        assertThat(copy.state()).isEqualTo(universe.state());
        assertThat(copy.byName("test").orElseThrow().tokens()).contains(BigInteger.TEN);
        assertThat(copy.byHost("127.0.0.2")
                        .flatMap(cluster -> cluster.node("127.0.0.2"))
                        .orElseThrow()
                        .pendingCompactions())
                .hasValue(21);
    }

    @Test
    void replicasSurviveJsonInCassandrasOrder() {
        CassandraCluster test = universe.byName("test").orElseThrow();
        Replicas replicas =
                test.ranges(test.keyspace("booya").orElseThrow()).get(0).replicas();

        Replicas copy = Json.read(Json.write(replicas), Replicas.class);

        assertThat(Json.write(replicas))
                .isEqualTo("{\"127.0.0.2\":\"dc1\",\"127.0.0.3\":\"dc1\",\"127.0.0.1\":\"dc1\"}");
        assertThat(copy).isEqualTo(replicas).hasSameHashCodeAs(replicas);
        assertThat(copy.hosts()).isEqualTo(replicas.hosts());
    }

    private static Universe throughJson(Universe universe) {
        String json = Json.write(universe.state());
        return Universe.of(Json.read(json, Universe.State.class).clusters());
    }
}
