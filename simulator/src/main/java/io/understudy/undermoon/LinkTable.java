package io.understudy.undermoon;

import java.util.HashMap;
import java.util.Map;

/**
 * How many chunks of all clusters lie over each pair of hosts (spec undermoon 5.1 step 4). Upstream fills in a zero for
 * every pair with a free proxy, which is quadratic; here a pair that is missing counts 0, and whoever needs to tell a zero
 * from "no entry" asks {@link #isLinkedToItself}.
 */
final class LinkTable {
    private final Map<String, Map<String, Integer>> counts = new HashMap<>();

    LinkTable(MetaStore store) {
        for (Cluster cluster : store.clusters().values()) {
            for (Chunk chunk : cluster.chunks()) {
                link(chunk.hosts().get(0), chunk.hosts().get(1));
            }
        }
    }

    /** One more chunk over the pair; a chunk with both halves on one host counts 2. */
    void link(String host, String other) {
        add(host, other);
        add(other, host);
    }

    int count(String host, String other) {
        return counts.getOrDefault(host, Map.of()).getOrDefault(other, 0);
    }

    /** Whether some chunk has both halves on the host; only then the host is a candidate for replacing its own. */
    boolean isLinkedToItself(String host) {
        return count(host, host) > 0;
    }

    private void add(String from, String to) {
        counts.computeIfAbsent(from, host -> new HashMap<>()).merge(to, 1, Integer::sum);
    }
}
