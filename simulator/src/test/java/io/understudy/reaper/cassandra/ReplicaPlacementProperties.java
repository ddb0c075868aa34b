package io.understudy.reaper.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.reaper.cassandra.Replication.LocalStrategy;
import io.understudy.reaper.cassandra.Replication.NetworkTopologyStrategy;
import io.understudy.reaper.cassandra.Replication.SimpleStrategy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The placement of replicas against Cassandra's rules written down a second time, with sets and without any cleverness. */
final class ReplicaPlacementProperties {
    @Property(tries = 1000)
    void simpleStrategyTakesTheNextDistinctNodes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int factor) {
        CassandraCluster cluster = Rings.random(new Random(seed), Partitioner.MURMUR3);

        cluster.ranges(Rings.keyspace(new SimpleStrategy(factor))).forEach(range -> {
            Set<String> expected = new LinkedHashSet<>();
            for (CassandraNode node : walk(cluster, range.range().end())) {
                if (expected.size() < factor) {
                    expected.add(node.address());
                }
            }
            assertThat(range.replicas().hosts()).containsExactlyElementsOf(expected);
        });
    }

    @Property(tries = 2000)
    void networkTopologyStrategyPrefersNewRacksInEachDatacenter(
            @ForAll long seed, @ForAll @Size(3) List<@IntRange(max = 5) Integer> factors) {
        CassandraCluster cluster = Rings.random(new Random(seed), Partitioner.MURMUR3);
        Map<String, Integer> byDatacenter = new TreeMap<>();
        for (int i = 0; i < factors.size(); i++) {
            byDatacenter.put("dc" + i, factors.get(i));
        }
        byDatacenter.put("elsewhere", 2);

        cluster.ranges(Rings.keyspace(new NetworkTopologyStrategy(byDatacenter)))
                .forEach(range -> assertThat(range.replicas().hosts())
                        .as("%s of %s", range.range(), cluster.state())
                        .containsExactlyElementsOf(networkTopology(
                                cluster, walk(cluster, range.range().end()), byDatacenter)));
    }

    @Property(tries = 200)
    void underLocalStrategyTheOwnerOfARangeIsItsOnlyReplica(@ForAll long seed) {
        CassandraCluster cluster = Rings.random(new Random(seed), Partitioner.RANDOM);

        cluster.ranges(Rings.keyspace(new LocalStrategy()))
                .forEach(range -> assertThat(range.replicas().hosts())
                        .containsExactly(
                                walk(cluster, range.range().end()).get(0).address()));
    }

    @Property(tries = 200)
    void rangesGoFromEachTokenToTheNext(@ForAll long seed) {
        CassandraCluster cluster = Rings.random(new Random(seed), Partitioner.MURMUR3);
        List<BigInteger> tokens = cluster.tokens();

        List<ReplicatedRange> ranges = cluster.ranges(Rings.keyspace(new SimpleStrategy(1)));

        assertThat(tokens).isSorted();
        assertThat(ranges).extracting(range -> range.range().start()).isEqualTo(tokens);
        for (int i = 0; i < ranges.size(); i++) {
            assertThat(ranges.get(i).range().end()).isEqualTo(tokens.get((i + 1) % tokens.size()));
        }
    }

    /** The owners of the ring's tokens from that one on, one turn round. */
    private static List<CassandraNode> walk(CassandraCluster cluster, BigInteger from) {
        TreeMap<BigInteger, CassandraNode> owners = new TreeMap<>();
        cluster.nodes().forEach(node -> node.tokens().forEach(token -> owners.put(token, node)));
        List<CassandraNode> walk = new ArrayList<>(owners.tailMap(from, true).values());
        walk.addAll(owners.headMap(from, false).values());
        return walk;
    }

    private static Set<String> networkTopology(
            CassandraCluster cluster, List<CassandraNode> walk, Map<String, Integer> factors) {
        Set<String> replicas = new LinkedHashSet<>();
        Set<List<String>> seenRacks = new HashSet<>();
        Map<String, Integer> left = new HashMap<>();
        Map<String, Integer> repeats = new HashMap<>();
        factors.forEach((datacenter, factor) -> {
            List<CassandraNode> inside = cluster.nodes().stream()
                    .filter(node -> node.datacenter().equals(datacenter)
                            && !node.tokens().isEmpty())
                    .toList();
            left.put(datacenter, Math.min(factor, inside.size()));
            long racks = inside.stream().map(CassandraNode::rack).distinct().count();
            repeats.put(datacenter, factor - (int) racks);
        });
        for (CassandraNode node : walk) {
            String datacenter = node.datacenter();
            if (left.getOrDefault(datacenter, 0) == 0) {
                continue;
            }
            if (seenRacks.add(List.of(datacenter, node.rack()))) {
                replicas.add(node.address());
                left.merge(datacenter, -1, Integer::sum);
            } else if (repeats.get(datacenter) > 0 && replicas.add(node.address())) {
                repeats.merge(datacenter, -1, Integer::sum);
                left.merge(datacenter, -1, Integer::sum);
            }
        }
        return replicas;
    }
}
