package io.understudy.reaper.cassandra;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The walk round the tokens of one datacenter until it has its replicas, as Cassandra's NetworkTopologyStrategy does it: every
 * rack once as long as there are new ones, and as many nodes of a rack already met as the racks alone would leave open.
 */
final class RackWalk {
    /** The places in the whole ring at which this datacenter has a token, ascending. */
    private final int[] positions;

    private final int[] nodes;
    private final int[] racks;
    private final int replicas;
    private final int rackRepeats;

    /** In which walk a node or a rack was last met: what a set that is cleared before each walk would say. */
    private final int[] nodeMetIn;

    private final int[] rackMetIn;

    private int walksSoFar;
    private int lastStart = -1;
    private int[] lastMet = {};

    RackWalk(Ring ring, int[] positions, Function<CassandraNode, String> rackOf, int replicationFactor) {
        this.positions = positions;
        Map<String, Integer> nodeNumbers = new HashMap<>();
        Map<String, Integer> rackNumbers = new HashMap<>();
        nodes = new int[positions.length];
        racks = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            CassandraNode owner = ring.owner(positions[i]);
            nodes[i] = number(nodeNumbers, owner.address());
            racks[i] = number(rackNumbers, rackOf.apply(owner));
        }
        replicas = Math.min(replicationFactor, nodeNumbers.size());
        rackRepeats = replicationFactor - rackNumbers.size();
        nodeMetIn = new int[nodeNumbers.size()];
        rackMetIn = new int[rackNumbers.size()];
    }

    private static int number(Map<String, Integer> numbers, String name) {
        Integer known = numbers.putIfAbsent(name, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    /** The places in the ring of the replicas of a range that ends at that place, in the order in which they are met. */
    int[] from(int ringPosition) {
        int found = Arrays.binarySearch(positions, ringPosition);
        int start = found >= 0 ? found : (-found - 1) % positions.length;
        // a datacenter with few tokens answers the same for many ranges in a row
        if (start != lastStart) {
            lastStart = start;
            lastMet = walk(start);
        }
        return lastMet;
    }

    private int[] walk(int start) {
        int[] met = new int[replicas];
        int count = 0;
        int repeatsLeft = rackRepeats;
        int thisWalk = ++walksSoFar;
        for (int step = 0; step < positions.length && count < replicas; step++) {
            int i = start + step < positions.length ? start + step : start + step - positions.length;
            boolean newRack = rackMetIn[racks[i]] != thisWalk;
            boolean newNode = nodeMetIn[nodes[i]] != thisWalk;
            if (newRack || (newNode && repeatsLeft > 0)) {
                repeatsLeft -= newRack ? 0 : 1;
                rackMetIn[racks[i]] = thisWalk;
                nodeMetIn[nodes[i]] = thisWalk;
                met[count++] = positions[i];
            }
        }
        return met;
    }
}
