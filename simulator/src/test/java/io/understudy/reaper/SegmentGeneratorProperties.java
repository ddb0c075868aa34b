package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.reaper.Generation.Generated;
import io.understudy.reaper.SegmentGenerator.Filter;
import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.Keyspace;
import io.understudy.reaper.cassandra.Partitioner;
import io.understudy.reaper.cassandra.Replicas;
import io.understudy.reaper.cassandra.ReplicatedRange;
import io.understudy.reaper.cassandra.Replication.SimpleStrategy;
import io.understudy.reaper.cassandra.Rings;
import io.understudy.reaper.cassandra.TokenRange;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Spec reaper 3.7, invariant 3. */
final class SegmentGeneratorProperties {
    private static final String SPLITS = "2.1.22";
    private static final String COALESCES = "4.1.3";

    @Property(tries = 500)
    void splitSegmentsCoverTheRingOnceAndInOrder(
            @ForAll long seed,
            @ForAll boolean murmur,
            @ForAll @IntRange(min = 1, max = 40) int segmentCountPerNode,
            @ForAll @IntRange(min = 1, max = 4) int replicationFactor) {
        Partitioner partitioner = murmur ? Partitioner.MURMUR3 : Partitioner.RANDOM;
        BigInteger ringSize = partitioner.space().orElseThrow().size();
        CassandraCluster cluster = Rings.random(new Random(seed), partitioner);
        Keyspace keyspace = Rings.keyspace(new SimpleStrategy(replicationFactor));

        List<GeneratedSegment> segments = generate(cluster, keyspace, segmentCountPerNode, SPLITS);

        BigInteger covered = BigInteger.ZERO;
        for (int i = 0; i < segments.size(); i++) {
            assertThat(segments.get(i).tokenRanges()).hasSize(1);
            TokenRange range = segments.get(i).tokenRanges().get(0);
            TokenRange next =
                    segments.get((i + 1) % segments.size()).tokenRanges().get(0);
            assertThat(next.start()).isEqualTo(range.end());
            assertThat(partitioner.space().orElseThrow().contains(range.end())).isTrue();
            covered = covered.add(range.span(ringSize));
            assertThat(segments.get(i).replicas())
                    .isEqualTo(cluster.enclosing(keyspace, range).orElseThrow().replicas());
        }
        // end to end and one turn in all: nothing twice, nothing left out
        assertThat(covered).isEqualTo(ringSize);
        assertThat(segments.get(0).tokenRanges().get(0).start())
                .isEqualTo(cluster.tokens().get(0));
    }

    @Property(tries = 500)
    void aRangeIsSplitInAsManyPartsAsItsShareIsWorth(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int segmentCountPerNode) {
        CassandraCluster cluster = Rings.random(new Random(seed), Partitioner.MURMUR3);
        Keyspace keyspace = Rings.keyspace(new SimpleStrategy(2));
        BigInteger ringSize = Partitioner.MURMUR3.space().orElseThrow().size();
        long nodes = cluster.nodes().stream()
                .filter(node -> !node.tokens().isEmpty())
                .count();
        BigInteger wanted = BigInteger.valueOf(nodes * segmentCountPerNode);

        Map<TokenRange, Integer> parts = new HashMap<>();
        for (GeneratedSegment segment : generate(cluster, keyspace, segmentCountPerNode, SPLITS)) {
            ReplicatedRange whole =
                    cluster.enclosing(keyspace, segment.tokenRanges().get(0)).orElseThrow();
            parts.merge(whole.range(), 1, Integer::sum);
        }

        parts.forEach((range, count) -> {
            // n = ceil(s·T / R): n − 1 parts of the even size are too few for the range, n are enough
            BigInteger worth = range.span(ringSize).multiply(wanted);
            assertThat(ringSize.multiply(BigInteger.valueOf(count))).isGreaterThanOrEqualTo(worth);
            assertThat(ringSize.multiply(BigInteger.valueOf(count - 1L))).isLessThan(worth);
        });
        assertThat(parts).hasSize(cluster.tokens().size());
    }

    @Property(tries = 500)
    void coalescedSegmentsHaveEachRangeOnceAndNeverMixReplicas(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int replicationFactor) {
        CassandraCluster cluster = Rings.random(new Random(seed), Partitioner.RANDOM);
        Assume.that(cluster.tokens().size() > cluster.nodes().size());
        Keyspace keyspace = Rings.keyspace(new SimpleStrategy(replicationFactor));
        Map<TokenRange, Replicas> replicasOf = new HashMap<>();
        cluster.ranges(keyspace).forEach(range -> replicasOf.put(range.range(), range.replicas()));

        List<GeneratedSegment> segments = generate(cluster, keyspace, 1, COALESCES);

        Comparator<TokenRange> byStart = Comparator.comparing(TokenRange::start);
        assertThat(segments.stream()
                        .flatMap(segment -> segment.tokenRanges().stream())
                        .sorted(byStart))
                .isEqualTo(replicasOf.keySet().stream().sorted(byStart).toList());
        assertThat(segments)
                .allSatisfy(segment -> assertThat(segment.tokenRanges())
                        .isNotEmpty()
                        .allSatisfy(range -> assertThat(replicasOf.get(range)).isEqualTo(segment.replicas())));
    }

    @Property(tries = 500)
    void aCoalescedSegmentIsAsLargeAsTheTargetAllowsAndNoLarger(@ForAll long seed) {
        CassandraCluster cluster = Rings.random(new Random(seed), Partitioner.RANDOM);
        Assume.that(cluster.tokens().size() > cluster.nodes().size());
        Keyspace keyspace = Rings.keyspace(new SimpleStrategy(1));
        BigInteger ringSize = Partitioner.RANDOM.space().orElseThrow().size();
        long nodes = cluster.nodes().stream()
                .filter(node -> !node.tokens().isEmpty())
                .count();
        BigInteger target = ringSize.subtract(BigInteger.ONE).divide(BigInteger.valueOf(nodes));

        List<GeneratedSegment> segments = generate(cluster, keyspace, 1, COALESCES);

        Map<Replicas, GeneratedSegment> before = new HashMap<>();
        for (GeneratedSegment segment : segments) {
            if (segment.tokenRanges().size() > 1) {
                assertThat(size(segment.tokenRanges(), ringSize)).isLessThanOrEqualTo(target);
            }
            GeneratedSegment earlier = before.put(segment.replicas(), segment);
            if (earlier != null) {
                BigInteger grown = size(earlier.tokenRanges(), ringSize)
                        .add(segment.tokenRanges().get(0).span(ringSize));
                assertThat(grown).isGreaterThan(target);
            }
        }
    }

    private static BigInteger size(List<TokenRange> ranges, BigInteger ringSize) {
        return ranges.stream().map(range -> range.span(ringSize)).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static List<GeneratedSegment> generate(
            CassandraCluster cluster, Keyspace keyspace, int segmentCountPerNode, String version) {
        return ((Generated) SegmentGenerator.subranges(cluster, keyspace, segmentCountPerNode, version, Filter.NONE))
                .segments();
    }
}
