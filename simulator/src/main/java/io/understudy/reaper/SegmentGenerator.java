package io.understudy.reaper;

import io.understudy.reaper.Generation.Generated;
import io.understudy.reaper.Generation.RingNotCovered;
import io.understudy.reaper.Generation.SameTokenTwice;
import io.understudy.reaper.Generation.TokensOutOfRange;
import io.understudy.reaper.Generation.UnsupportedPartitioner;
import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.Keyspace;
import io.understudy.reaper.cassandra.Partitioner;
import io.understudy.reaper.cassandra.Replicas;
import io.understudy.reaper.cassandra.ReplicatedRange;
import io.understudy.reaper.cassandra.TokenRange;
import io.understudy.reaper.cassandra.TokenSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Cuts a ring into the segments of a repair run (spec reaper 3.5). */
final class SegmentGenerator {
    /** What 0 segments per node stand for (spec reaper 3.5). */
    static final int DEFAULT_SEGMENT_COUNT_PER_NODE = 64;

    private final Partitioner partitioner;

    /**
     * What a run is restricted to.
     *
     * @param nodes keep segments of these nodes only; empty for all
     * @param datacenters show replicas in these datacenters only; empty for all
     */
    record Filter(Set<String> nodes, Set<String> datacenters) {
        static final Filter NONE = new Filter(Set.of(), Set.of());
    }

    SegmentGenerator(Partitioner partitioner) {
        this.partitioner = partitioner;
    }

    /**
     * The segments of a full or a subrange incremental repair, in ring order when ranges are split.
     *
     * @param segmentCountPerNode 0 for {@link #DEFAULT_SEGMENT_COUNT_PER_NODE}
     * @param cassandraVersion of the node that was asked
     */
    static Generation subranges(
            CassandraCluster cluster,
            Keyspace keyspace,
            int segmentCountPerNode,
            String cassandraVersion,
            Filter filter) {
        return new SegmentGenerator(cluster.partitioner())
                .generate(cluster.ranges(keyspace), segmentCountPerNode, cassandraVersion, filter);
    }

    /**
     * The segments of a non-subrange incremental repair (spec reaper 3.2): one for each node that is the first replica of some
     * range, with one range of that node, the first in ring order.
     */
    static List<GeneratedSegment> byNode(CassandraCluster cluster, Keyspace keyspace) {
        Map<String, GeneratedSegment> byHost = new LinkedHashMap<>();
        for (ReplicatedRange range : cluster.ranges(keyspace)) {
            if (range.replicas().size() > 0) {
                String host = range.replicas().hosts().get(0);
                byHost.computeIfAbsent(
                        host,
                        first -> new GeneratedSegment(
                                List.of(range.range()),
                                Replicas.NONE,
                                first,
                                cluster.node(first).orElseThrow().hostId()));
            }
        }
        return List.copyOf(byHost.values());
    }

    /**
     * The same for any ring.
     *
     * @param ranges one for each token, in ring order
     */
    Generation generate(List<ReplicatedRange> ranges, int segmentCountPerNode, String cassandraVersion, Filter filter) {
        Optional<TokenSpace> space = partitioner.space();
        if (space.isEmpty()) {
            return new UnsupportedPartitioner(partitioner.className());
        }
        int replicaNodes = replicaNodes(ranges);
        if (replicaNodes == 0) {
            return new Generated(List.of());
        }
        Optional<Generation.Failed> wrong = wrong(ranges, space.get());
        if (wrong.isPresent()) {
            return wrong.get();
        }
        int perNode = segmentCountPerNode == 0 ? DEFAULT_SEGMENT_COUNT_PER_NODE : segmentCountPerNode;
        long wanted = (long) replicaNodes * perNode;
        // spec reaper 3.5 says "(number of tokens) < T", but also that three single tokens with T = 3 make 4 segments:
        // so where
        // there are no vnodes to put together, ranges are always split
        boolean vnodes = ranges.size() > replicaNodes;
        boolean coalesced = vnodes && ranges.size() >= wanted && canCoalesce(cassandraVersion);
        return new Generated(
                coalesced ? coalesce(ranges, wanted, space.get(), filter) : split(ranges, wanted, space.get(), filter));
    }

    private static int replicaNodes(List<ReplicatedRange> ranges) {
        Set<String> hosts = new HashSet<>();
        ranges.forEach(range -> hosts.addAll(range.replicas().hosts()));
        return hosts.size();
    }

    private static boolean canCoalesce(String version) {
        return !version.startsWith("1.") && !version.startsWith("2.0") && !version.startsWith("2.1");
    }

    private Optional<Generation.Failed> wrong(List<ReplicatedRange> ranges, TokenSpace space) {
        BigInteger covered = BigInteger.ZERO;
        for (ReplicatedRange replicated : ranges) {
            TokenRange range = replicated.range();
            if (!space.contains(range.start()) || !space.contains(range.end())) {
                return Optional.of(new TokensOutOfRange(range.start(), range.end(), partitioner.className()));
            }
            if (range.start().equals(range.end()) && ranges.size() != 1) {
                return Optional.of(new SameTokenTwice(range.start()));
            }
            covered = covered.add(range.span(space.size()));
        }
        return covered.equals(space.size()) ? Optional.empty() : Optional.of(new RingNotCovered());
    }

    /** More segments than ranges: each range in as many even parts as its share of the ring is worth. */
    private static List<GeneratedSegment> split(
            List<ReplicatedRange> ranges, long wanted, TokenSpace space, Filter filter) {
        UnaryOperator<Replicas> shown = shown(filter);
        List<GeneratedSegment> segments = new ArrayList<>();
        for (ReplicatedRange range : ranges) {
            if (keeps(filter, range.replicas())) {
                Replicas replicas = shown.apply(range.replicas());
                for (TokenRange part : parts(range.range(), wanted, space)) {
                    segments.add(GeneratedSegment.of(List.of(part), replicas));
                }
            }
        }
        return segments;
    }

    private static List<TokenRange> parts(TokenRange range, long wanted, TokenSpace space) {
        BigInteger span = range.span(space.size());
        BigInteger[] share = span.multiply(BigInteger.valueOf(wanted)).divideAndRemainder(space.size());
        int count = share[0].intValueExact() + (share[1].signum() == 0 ? 0 : 1);
        BigInteger divisor = BigInteger.valueOf(count);
        List<TokenRange> parts = new ArrayList<>(count);
        BigInteger start = range.start();
        for (int j = 1; j < count; j++) {
            BigInteger cut =
                    range.start().add(span.multiply(BigInteger.valueOf(j)).divide(divisor));
            BigInteger end = cut.compareTo(space.max()) > 0 ? cut.subtract(space.size()) : cut;
            parts.add(new TokenRange(start, end));
            start = end;
        }
        parts.add(new TokenRange(start, range.end()));
        return parts;
    }

    /** Fewer segments than ranges: ranges of the same replicas together, up to the size that was wished for. */
    private static List<GeneratedSegment> coalesce(
            List<ReplicatedRange> ranges, long wanted, TokenSpace space, Filter filter) {
        BigInteger ringSize = space.size();
        BigInteger target = space.max().subtract(space.min()).divide(BigInteger.valueOf(wanted));
        UnaryOperator<Replicas> shown = shown(filter);
        Map<Replicas, List<TokenRange>> groups = new LinkedHashMap<>();
        for (ReplicatedRange range : ranges) {
            groups.computeIfAbsent(range.replicas(), replicas -> new ArrayList<>())
                    .add(range.range());
        }
        List<GeneratedSegment> segments = new ArrayList<>();
        groups.forEach((replicas, group) -> {
            if (keeps(filter, replicas)) {
                for (List<TokenRange> collected : collect(group, target, ringSize)) {
                    segments.add(GeneratedSegment.of(collected, shown.apply(replicas)));
                }
            }
        });
        return segments;
    }

    private static List<List<TokenRange>> collect(List<TokenRange> group, BigInteger target, BigInteger ringSize) {
        List<List<TokenRange>> collections = new ArrayList<>();
        int begin = 0;
        BigInteger size = BigInteger.ZERO;
        for (int i = 0; i < group.size(); i++) {
            BigInteger span = group.get(i).span(ringSize);
            BigInteger grown = size.add(span);
            if (i > begin && grown.compareTo(target) > 0) {
                collections.add(List.copyOf(group.subList(begin, i)));
                begin = i;
                size = span;
            } else {
                size = grown;
            }
        }
        collections.add(List.copyOf(group.subList(begin, group.size())));
        return collections;
    }

    /** A segment's base range lies in a range of exactly these replicas. */
    private static boolean keeps(Filter filter, Replicas replicas) {
        return filter.nodes().isEmpty() || filter.nodes().stream().anyMatch(replicas::contains);
    }

    /** What a segment shows of its replicas; one object for equal ones, of which there may be as many as segments. */
    private static UnaryOperator<Replicas> shown(Filter filter) {
        if (filter.datacenters().isEmpty()) {
            return replicas -> replicas;
        }
        Map<Replicas, Replicas> known = new HashMap<>();
        Map<Replicas, Replicas> shared = new HashMap<>();
        return replicas -> known.computeIfAbsent(replicas, all -> {
            Replicas kept = all.in(filter.datacenters());
            return shared.computeIfAbsent(kept, first -> first);
        });
    }
}
