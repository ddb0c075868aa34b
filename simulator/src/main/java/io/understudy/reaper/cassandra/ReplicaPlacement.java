package io.understudy.reaper.cassandra;

import io.understudy.reaper.cassandra.Replication.NetworkTopologyStrategy;
import io.understudy.reaper.cassandra.Replication.SimpleStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which nodes hold the data of each range, as Cassandra's replication strategies place it.
 *
 * <p>Every strategy comes down to walks round the ring ({@link RackWalk}): NetworkTopologyStrategy takes one per datacenter, and
 * its replicas stand in the order in which one walk over all would have met them. SimpleStrategy is one walk over everything
 * with each node as a rack of its own, and LocalStrategy the same with one replica.
 */
final class ReplicaPlacement {
    private final Ring ring;
    private final List<RackWalk> walks;
    private final Map<List<String>, Replicas> shared = new HashMap<>();
    private final Map<Replicas, ReplicaMap> sharedMaps = new HashMap<>();

    private ReplicaPlacement(Ring ring, Replication replication) {
        this.ring = ring;
        this.walks = walks(ring, replication);
    }

    /** One range for each token, in ring order. */
    static List<ReplicatedRange> ranges(Ring ring, Replication replication) {
        ReplicaPlacement placement = new ReplicaPlacement(ring, replication);
        return IntStream.range(0, ring.size())
                .mapToObj(i -> new ReplicatedRange(ring.rangeFrom(i), placement.replicasAt(ring.next(i))))
                .toList();
    }

    private static List<RackWalk> walks(Ring ring, Replication replication) {
        if (replication instanceof NetworkTopologyStrategy strategy) {
            Map<String, List<Integer>> byDatacenter = new LinkedHashMap<>();
            for (int i = 0; i < ring.size(); i++) {
                byDatacenter
                        .computeIfAbsent(ring.owner(i).datacenter(), name -> new ArrayList<>())
                        .add(i);
            }
            byDatacenter.keySet().retainAll(strategy.replicationFactors().keySet());
            return byDatacenter.entrySet().stream()
                    .map(entry -> new RackWalk(
                            ring,
                            entry.getValue().stream().mapToInt(i -> i).toArray(),
                            CassandraNode::rack,
                            strategy.replicationFactors().getOrDefault(entry.getKey(), 0)))
                    .toList();
        }
        int replicationFactor = replication instanceof SimpleStrategy simple ? simple.replicationFactor() : 1;
        return List.of(new RackWalk(
                ring, IntStream.range(0, ring.size()).toArray(), CassandraNode::address, replicationFactor));
    }

    private Replicas replicasAt(int position) {
        int[] met = walks.size() == 1 ? walks.get(0).from(position) : metByAll(position);
        String[] hosts = new String[met.length];
        for (int i = 0; i < met.length; i++) {
            hosts[i] = ring.owner(met[i]).address();
        }
        return shared.computeIfAbsent(Arrays.asList(hosts), key -> share(met, hosts));
    }

    /** What every walk has met, the nearest first. */
    private int[] metByAll(int position) {
        return walks.stream()
                .flatMapToInt(walk -> Arrays.stream(walk.from(position)))
                .mapToLong(place -> (long) Math.floorMod(place - position, ring.size()) << Integer.SIZE | place)
                .sorted()
                .mapToInt(distanceAndPlace -> (int) distanceAndPlace)
                .toArray();
    }

    private Replicas share(int[] met, String[] hosts) {
        CassandraNode[] sorted = new CassandraNode[met.length];
        Arrays.setAll(sorted, i -> ring.owner(met[i]));
        Arrays.sort(sorted, Comparator.comparing(CassandraNode::address));
        ReplicaMap map = new ReplicaMap(
                Arrays.stream(sorted).map(CassandraNode::address).toArray(String[]::new),
                Arrays.stream(sorted).map(CassandraNode::datacenter).toArray(String[]::new));
        // whatever order they come in, the same nodes share one map
        return new Replicas(hosts, sharedMaps.computeIfAbsent(new Replicas(hosts, map), key -> map));
    }
}
