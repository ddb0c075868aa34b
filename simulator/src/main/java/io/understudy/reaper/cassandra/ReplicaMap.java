package io.understudy.reaper.cassandra;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Host to datacenter, in the order of the hosts' names; immutable. Big clusters have hundreds of thousands of these with three entries
 * each, so it is two arrays and no more.
 */
final class ReplicaMap extends AbstractMap<String, String> {
    private final String[] hosts;
    private final String[] datacenters;
    private final int hash;

    /**
     * A map of these arrays, which are its own from then on.
     *
     * @param hosts ascending
     */
    ReplicaMap(String[] hosts, String[] datacenters) {
        this.hosts = hosts;
        this.datacenters = datacenters;
        this.hash = Arrays.hashCode(hosts);
    }

    static ReplicaMap of(Map<String, String> datacenterByHost) {
        String[] hosts = datacenterByHost.keySet().toArray(String[]::new);
        Arrays.sort(hosts);
        return new ReplicaMap(
                hosts, Arrays.stream(hosts).map(datacenterByHost::get).toArray(String[]::new));
    }

    @Override
    public @Nullable String get(@Nullable Object host) {
        int place = host instanceof String text ? Arrays.binarySearch(hosts, text) : -1;
        return place < 0 ? null : datacenters[place];
    }

    @Override
    public boolean containsKey(@Nullable Object host) {
        return get(host) != null;
    }

    @Override
    public Set<String> keySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<String> iterator() {
                return List.of(hosts).iterator();
            }

            @Override
            public int size() {
                return hosts.length;
            }
        };
    }

    @Override
    public int size() {
        return hosts.length;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, String>> iterator() {
                return IntStream.range(0, hosts.length)
                        .mapToObj(i -> Map.entry(hosts[i], datacenters[i]))
                        .iterator();
            }

            @Override
            public int size() {
                return hosts.length;
            }
        };
    }

    /** At once if they share their arrays: {@code Arrays.equals} looks at that first. */
    boolean hasSameEntriesAs(ReplicaMap other) {
        return hash == other.hash && Arrays.equals(hosts, other.hosts) && Arrays.equals(datacenters, other.datacenters);
    }

    /** Cheaper than a map's own, by which it would have to go through all entries each time. */
    int hostsHash() {
        return hash;
    }
}
