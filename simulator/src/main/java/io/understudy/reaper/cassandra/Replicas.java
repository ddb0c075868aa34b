package io.understudy.reaper.cassandra;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes that hold the data of a range; immutable. Two are equal when they are of the same nodes: in what order a range names
 * them does not matter to a repair (spec reaper 3.5: "group ranges by sorted replica set").
 *
 * <p>A cluster shares equal ones among its ranges, so that comparing them mostly ends at the same object. As JSON: host to
 * datacenter, in Cassandra's order.
 */
public final class Replicas {
    /** No node at all. */
    public static final Replicas NONE = new Replicas(new String[0], ReplicaMap.of(Map.of()));

    private final String[] hosts;
    private final ReplicaMap datacenters;

    Replicas(String[] hosts, ReplicaMap datacenters) {
        this.hosts = hosts;
        this.datacenters = datacenters;
    }

    /** Replicas of these hosts, in the order of the map. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Replicas of(Map<String, String> datacenterByHost) {
        return new Replicas(datacenterByHost.keySet().toArray(String[]::new), ReplicaMap.of(datacenterByHost));
    }

    /** The addresses in Cassandra's order: the first is the range's primary replica. */
    public List<String> hosts() {
        return Collections.unmodifiableList(Arrays.asList(hosts));
    }

    /** Host to datacenter, in the order of the hosts' names; unmodifiable. */
    public Map<String, String> datacenters() {
        return datacenters;
    }

    /** Whether that host is one of them. */
    public boolean contains(String host) {
        return datacenters.containsKey(host);
    }

    /** How many they are. */
    public int size() {
        return hosts.length;
    }

    /** Those of them that stand in one of these datacenters. */
    public Replicas in(Collection<String> wantedDatacenters) {
        Map<String, String> kept = ordered();
        kept.values().retainAll(wantedDatacenters);
        return kept.size() == hosts.length ? this : of(kept);
    }

    @JsonValue
    Map<String, String> ordered() {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (String host : hosts) {
            String datacenter = datacenters.get(host);
            if (datacenter != null) {
                ordered.put(host, datacenter);
            }
        }
        return ordered;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Replicas that && datacenters.hasSameEntriesAs(that.datacenters));
    }

    @Override
    public int hashCode() {
        return datacenters.hostsHash();
    }

    /** The hosts in Cassandra's order. */
    @Override
    public String toString() {
        return Arrays.toString(hosts);
    }
}
