package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.reaper.Generation.Generated;
import io.understudy.reaper.SegmentGenerator.Filter;
import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.reaper.cassandra.Keyspace;
import io.understudy.reaper.cassandra.Partitioner;
import io.understudy.reaper.cassandra.Replicas;
import io.understudy.reaper.cassandra.ReplicatedRange;
import io.understudy.reaper.cassandra.Replication.NetworkTopologyStrategy;
import io.understudy.reaper.cassandra.Replication.SimpleStrategy;
import io.understudy.reaper.cassandra.Table;
import io.understudy.reaper.cassandra.TokenRange;
import io.understudy.reaper.cassandra.Universes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentGeneratorTest {
    private final CassandraCluster test = Universes.test();
    private final Keyspace booya = test.keyspace("booya").orElseThrow();
    private final CassandraCluster analytics = Universes.analytics();
    private final Keyspace telemetry = analytics.keyspace("telemetry").orElseThrow();

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 7", "3, 10", "16, 49", "64, 193", "0, 193"})
    void threeSingleTokensMakeOneSegmentMoreThanAskedFor(int segmentCountPerNode, int segments) {
        assertThat(segments(test, booya, segmentCountPerNode, Filter.NONE)).hasSize(segments);
    }

    @Test
    void theCutsAreReapersToTheToken() {
        List<GeneratedSegment> segments = segments(test, booya, 2, Filter.NONE);

        assertThat(segments)
                .extracting(segment -> segment.tokenRanges().toString())
                .containsExactly(
                        "[(-9223372036854775808, -6148914691236517206]]",
                        "[(-6148914691236517206, -3074457345618258603]]",
                        "[(-3074457345618258603, -1]]",
                        "[(-1, 3074457345618258602]]",
                        "[(3074457345618258602, 5124095576030431004]]",
                        "[(5124095576030431004, 7173733806442603406]]",
                        "[(7173733806442603406, -9223372036854775808]]");
        assertThat(segments).allSatisfy(segment -> {
            assertThat(segment.replicas().datacenters())
                    .isEqualTo(Map.of("127.0.0.1", "dc1", "127.0.0.2", "dc1", "127.0.0.3", "dc1"));
            assertThat(segment.coordinatorHost()).isNull();
            assertThat(segment.hostId()).isNull();
        });
    }

    @Test
    void aLonelyTokenIsCutLikeAnyOther() {
        CassandraCluster alone = cluster(Partitioner.RANDOM, List.of(BigInteger.TEN));

        List<GeneratedSegment> segments = segments(alone, simple(1), 2, Filter.NONE);

        BigInteger half = BigInteger.TWO.pow(126).add(BigInteger.TEN);
        assertThat(segments)
                .extracting(segment -> segment.tokenRanges().get(0))
                .containsExactly(new TokenRange(BigInteger.TEN, half), new TokenRange(half, BigInteger.TEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.19", "2.0.17", "2.1.22"})
    void oldCassandrasKnowNoCoalescing(String version) {
        Generation old = SegmentGenerator.subranges(analytics, telemetry, 2, version, Filter.NONE);
        Generation newer = SegmentGenerator.subranges(analytics, telemetry, 2, "2.2.0", Filter.NONE);

        assertThat(((Generated) old).segments())
                .hasSizeGreaterThanOrEqualTo(64)
                .allSatisfy(segment -> assertThat(segment.tokenRanges()).hasSize(1));
        assertThat(((Generated) newer).segments())
                .anySatisfy(segment -> assertThat(segment.tokenRanges()).hasSizeGreaterThan(1));
    }

    @Test
    void asManySegmentsAsRangesAreCoalescedOneMoreAreSplit() {
        assertThat(segments(analytics, telemetry, 16, Filter.NONE))
                .anySatisfy(segment -> assertThat(segment.tokenRanges()).hasSizeGreaterThan(1));
        assertThat(segments(analytics, telemetry, 17, Filter.NONE))
                .allSatisfy(segment -> assertThat(segment.tokenRanges()).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 40})
    void ofNodesThatAreAskedForOnlyTheirSegmentsAreKept(int segmentCountPerNode) {
        List<GeneratedSegment> all = segments(analytics, telemetry, segmentCountPerNode, Filter.NONE);
        Filter some = new Filter(Set.of("10.0.0.1", "10.0.0.3"), Set.of());

        List<GeneratedSegment> kept = segments(analytics, telemetry, segmentCountPerNode, some);

        assertThat(kept)
                .isNotEmpty()
                .hasSizeLessThan(all.size())
                .containsExactlyElementsOf(all.stream()
                        .filter(segment -> segment.replicas().contains("10.0.0.1")
                                || segment.replicas().contains("10.0.0.3"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 40})
    void datacentersOnlyHideReplicas(int segmentCountPerNode) {
        List<GeneratedSegment> all = segments(analytics, telemetry, segmentCountPerNode, Filter.NONE);

        List<GeneratedSegment> filtered =
                segments(analytics, telemetry, segmentCountPerNode, new Filter(Set.of(), Set.of("dc2")));

        assertThat(filtered)
                .extracting(GeneratedSegment::tokenRanges)
                .isEqualTo(all.stream().map(GeneratedSegment::tokenRanges).toList());
        assertThat(filtered)
                .allSatisfy(segment ->
                        assertThat(segment.replicas().datacenters().values()).containsExactly("dc2"));
    }

    @Test
    void anIncrementalRepairHasOneSegmentForEachFirstReplica() {
        List<GeneratedSegment> segments = SegmentGenerator.byNode(analytics, telemetry);

        assertThat(segments)
                .extracting(GeneratedSegment::coordinatorHost)
                .containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4");
        assertThat(segments).allSatisfy(segment -> {
            String host = String.valueOf(segment.coordinatorHost());
            assertThat(segment.hostId())
                    .isEqualTo(analytics.node(host).orElseThrow().hostId());
            assertThat(segment.replicas()).isEqualTo(Replicas.NONE);
            assertThat(segment.tokenRanges())
                    .containsExactly(analytics.ranges(telemetry).stream()
                            .filter(range -> range.replicas().hosts().get(0).equals(host))
                            .findFirst()
                            .orElseThrow()
                            .range());
        });
    }

    @Test
    void aNodeThatIsFirstReplicaOfNothingGetsNoIncrementalSegment() {
        Keyspace onlyInDc2 =
                new Keyspace("far", new NetworkTopologyStrategy(Map.of("dc2", 2)), List.of(Table.empty("t")));

        assertThat(SegmentGenerator.byNode(analytics, onlyInDc2))
                .extracting(GeneratedSegment::coordinatorHost)
                .containsExactlyInAnyOrder("10.0.0.3", "10.0.0.4");
    }

    @Test
    void anUnknownPartitionerIsNamed() {
        CassandraCluster ordered =
                cluster(new Partitioner("org.apache.cassandra.dht.ByteOrderedPartitioner"), List.of(BigInteger.ONE));

        Generation generation = SegmentGenerator.subranges(ordered, simple(1), 2, "4.1.3", Filter.NONE);

        assertThat(generation)
                .isInstanceOfSatisfying(
                        Generation.Failed.class,
                        failed -> assertThat(failed.message())
                                .isEqualTo("Unsupported partitioner org.apache.cassandra.dht.ByteOrderedPartitioner"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void twoNodesWithTheSameTokenAreRefused(int segmentCountPerNode) {
        CassandraCluster twins = cluster(
                Partitioner.MURMUR3,
                List.of(BigInteger.valueOf(7), BigInteger.ONE, BigInteger.ONE, BigInteger.TEN.negate()));

        Generation generation = SegmentGenerator.subranges(twins, simple(1), segmentCountPerNode, "4.1.3", Filter.NONE);

        assertThat(generation).isEqualTo(new Generation.SameTokenTwice(BigInteger.ONE));
    }

    @Test
    void tokensOfAnotherPartitionerAreRefused() {
        CassandraCluster cluster = cluster(Partitioner.RANDOM, List.of(BigInteger.valueOf(-5), BigInteger.ONE));

        assertThat(SegmentGenerator.subranges(cluster, simple(1), 2, "4.1.3", Filter.NONE))
                .isEqualTo(new Generation.TokensOutOfRange(
                        BigInteger.valueOf(-5), BigInteger.ONE, Partitioner.RANDOM.className()));
    }

    @Test
    void rangesThatLeaveAGapAreRefused() {
        List<ReplicatedRange> gap = new ArrayList<>(test.ranges(booya));
        gap.remove(1);

        assertThat(new SegmentGenerator(Partitioner.MURMUR3).generate(gap, 4, "4.1.3", Filter.NONE))
                .isEqualTo(new Generation.RingNotCovered());
    }

    @Test
    void aKeyspaceThatNobodyHoldsHasNoSegments() {
        Keyspace nowhere =
                new Keyspace("nowhere", new NetworkTopologyStrategy(Map.of("dc9", 3)), List.of(Table.empty("t")));

        assertThat(segments(test, nowhere, 2, Filter.NONE)).isEmpty();
        assertThat(SegmentGenerator.byNode(test, nowhere)).isEmpty();
    }

    private static List<GeneratedSegment> segments(
            CassandraCluster cluster, Keyspace keyspace, int segmentCountPerNode, Filter filter) {
        Generation generation =
                SegmentGenerator.subranges(cluster, keyspace, segmentCountPerNode, cluster.version(), filter);
        return ((Generated) generation).segments();
    }

    private static Keyspace simple(int replicationFactor) {
        return new Keyspace("ks", new SimpleStrategy(replicationFactor), List.of(Table.empty("t")));
    }

    private static CassandraCluster cluster(Partitioner partitioner, List<BigInteger> tokens) {
        List<CassandraNode.State> nodes = new ArrayList<>();
        for (BigInteger token : tokens) {
            nodes.add(CassandraNode.State.healthy(
                    "c", "10.9.9." + nodes.size(), "dc1", "rack1", List.of(token), "4.1.3"));
        }
        return CassandraCluster.of(new CassandraCluster.State("c", partitioner.className(), "4.1.3", nodes, List.of()));
    }
}
