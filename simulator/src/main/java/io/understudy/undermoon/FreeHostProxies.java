package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The usable proxies by host, hosts and proxies in {@link TieOrder}: whoever comes first wins a tie (spec undermoon 5.1).
 * Hosts without usable proxies do not occur.
 */
final class FreeHostProxies {
    /** A host and what it has left, in order. */
    private static final class Host {
        private static final Comparator<Host> LARGEST_FIRST =
                Comparator.comparingInt((Host host) -> -host.proxies.size()).thenComparingInt(host -> host.position);

        private final String name;
        private final int position;
        private final List<ProxyResource> proxies = new ArrayList<>();

        private Host(String name, int position) {
            this.name = name;
            this.position = position;
        }
    }

    private final Map<String, Host> byName = new HashMap<>();
    private final TreeSet<Host> bySize = new TreeSet<>(Host.LARGEST_FIRST);
    private int total;

    FreeHostProxies(MetaStore store, TieOrder ties) {
        for (String host : ties.arrange(store.hosts())) {
            byName.put(host, new Host(host, byName.size()));
        }
        for (String address : ties.arrange(store.allProxies().keySet())) {
            ProxyResource proxy = store.proxy(address).orElseThrow();
            if (store.isUsable(proxy)) {
                host(proxy.host()).proxies.add(proxy);
                total++;
            }
        }
        byName.values().stream().filter(host -> !host.proxies.isEmpty()).forEach(bySize::add);
    }

    int total() {
        return total;
    }

    int count(String host) {
        Host found = byName.get(host);
        return found == null ? 0 : found.proxies.size();
    }

    /** The first usable proxy of the host, which then is gone. */
    ProxyResource takeFirst(String host) {
        return take(host(host), 0);
    }

    /**
     * Drops proxies of the largest host until it has no more than all others together, because every chunk needs two
     * hosts. Closed form of spec undermoon 5.1 step 2: each drop lowers 2M - F by one.
     */
    void trim() {
        if (bySize.isEmpty()) {
            return;
        }
        Host largest = bySize.first();
        int surplus = 2 * largest.proxies.size() - total;
        for (int i = 0; i < surplus; i++) {
            take(largest, largest.proxies.size() - 1);
        }
    }

    /** The host with most usable proxies, the first of them; "" when there is none. */
    String largest() {
        return bySize.isEmpty() ? "" : bySize.first().name;
    }

    /**
     * The host that shares fewest chunks with the given one, then with most usable proxies, then the first. Most pairs of a
     * large world's hosts share none, so that the search ends early.
     *
     * @param orItself whether the given host may be the answer
     */
    Optional<String> leastLinked(String given, LinkTable links, boolean orItself) {
        Optional<String> best = Optional.empty();
        int fewest = Integer.MAX_VALUE;
        for (Host host : bySize) {
            int shared = links.count(given, host.name);
            if (shared < fewest && (orItself || !host.name.equals(given))) {
                best = Optional.of(host.name);
                fewest = shared;
            }
            if (fewest == 0) {
                break;
            }
        }
        return best;
    }

    private Host host(String name) {
        Host host = byName.get(name);
        if (host == null) {
            throw new IllegalArgumentException("no proxy is on the host " + name);
        }
        return host;
    }

    /** The host leaves the order while its size changes. */
    private ProxyResource take(Host host, int index) {
        bySize.remove(host);
        ProxyResource taken = host.proxies.remove(index);
        total--;
        if (!host.proxies.isEmpty()) {
            bySize.add(host);
        }
        return taken;
    }
}
