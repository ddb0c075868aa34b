package io.understudy.reaper.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.reaper.cassandra.CassandraNode.SnapshotOutcome;
import io.understudy.reaper.cassandra.Replication.SimpleStrategy;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SnapshotsTest {
    private final CassandraCluster test = Universes.test();
    private final CassandraNode node = test.nodes().get(0);
    private final Keyspace booya = test.keyspace("booya").orElseThrow();
    private final Keyspace shop = test.keyspace("shop").orElseThrow();

    @Test
    void aSnapshotHasOneEntryForEachTable() {
        assertThat(node.takeSnapshot("nightly", List.of(booya))).isEqualTo(SnapshotOutcome.TAKEN);

        // spec reaper 7.4
        assertThat(node.snapshots())
                .containsExactly(
                        new TableSnapshot("nightly", "booya", "booya1", 0.0, 13.0),
                        new TableSnapshot("nightly", "booya", "booya2", 0.0, 13.0),
                        new TableSnapshot("nightly", "booya", "booya_twcs", 0.0, 13.0));
        assertThat(test.nodes().get(1).snapshots()).isEmpty();
    }

    @Test
    void tablesWithDataTakeMore() {
        node.takeSnapshot("nightly", List.of(shop));

        assertThat(node.snapshots())
                .hasSize(3)
                .allSatisfy(snapshot -> assertThat(snapshot.sizeOnDisk())
                        .isEqualTo(13.0
                                + shop.table(snapshot.table()).orElseThrow().bytes())
                        .isGreaterThan(1_000_000));
    }

    @Test
    void aNameIsTakenOncePerKeyspace() {
        node.takeSnapshot("nightly", List.of(booya));

        assertThat(node.takeSnapshot("nightly", List.of(shop, booya))).isEqualTo(SnapshotOutcome.ALREADY_EXISTS);
        assertThat(node.snapshots()).hasSize(3);
        assertThat(node.takeSnapshot("nightly", List.of(shop))).isEqualTo(SnapshotOutcome.TAKEN);
        assertThat(node.takeSnapshot("other", List.of(booya))).isEqualTo(SnapshotOutcome.TAKEN);
        assertThat(node.snapshots()).hasSize(9);
    }

    @Test
    void clearingTakesAllOfThatNameAway() {
        node.takeSnapshot("nightly", test.keyspaces());
        node.takeSnapshot("weekly", List.of(booya));

        assertThat(node.clearSnapshot("nightly")).isTrue();
        assertThat(node.snapshots()).extracting(TableSnapshot::name).containsOnly("weekly");
        assertThat(node.clearSnapshot("nightly")).isFalse();
    }

    @Test
    void aDiskIsFullAtSomePoint() {
        Keyspace wide = new Keyspace(
                "wide",
                new SimpleStrategy(1),
                IntStream.range(0, CassandraNode.MAX_TABLE_SNAPSHOTS - 2)
                        .mapToObj(i -> Table.empty("t" + i))
                        .toList());
        node.takeSnapshot("big", List.of(wide));

        assertThat(node.takeSnapshot("nightly", List.of(booya))).isEqualTo(SnapshotOutcome.NO_SPACE_LEFT);
        assertThat(node.clearSnapshot("nightly")).isFalse();
    }
}
