package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The usable proxies by host, hosts and proxies in {@link TieOrder}: whoever comes first wins a tie (spec undermoon 5.1).
 * Hosts without usable proxies do not occur.
 */
final class FreeHostProxies {
    private final LinkedHashMap<String, List<ProxyResource>> byHost = new LinkedHashMap<>();
    private int total;

    FreeHostProxies(MetaStore store, TieOrder ties) {
        Map<String, List<ProxyResource>> usable = new HashMap<>();
        for (String address : ties.arrange(store.allProxies().keySet())) {
            ProxyResource proxy = store.proxy(address).orElseThrow();
            if (store.isUsable(proxy)) {
                usable.computeIfAbsent(proxy.host(), host -> new ArrayList<>()).add(proxy);
                total++;
            }
        }
        for (String host : ties.arrange(store.hosts())) {
            List<ProxyResource> proxies = usable.get(host);
            if (proxies != null) {
                byHost.put(host, proxies);
            }
        }
    }

    int total() {
        return total;
    }

    Iterable<String> hosts() {
        return byHost.keySet();
    }

    int count(String host) {
        List<ProxyResource> proxies = byHost.get(host);
        return proxies == null ? 0 : proxies.size();
    }

    /** The first usable proxy of the host, which then is gone. */
    ProxyResource takeFirst(String host) {
        return take(host, 0);
    }

    /**
     * Drops proxies of the largest host until it has no more than all others together, because every chunk needs two
     * hosts. Closed form of spec undermoon 5.1 step 2: each drop lowers 2M - F by one.
     */
    void trim() {
        String largest = largest();
        int surplus = 2 * count(largest) - total;
        for (int i = 0; i < surplus; i++) {
            take(largest, count(largest) - 1);
        }
    }

    /** The host with most usable proxies, the first of them; "" when there is none. */
    String largest() {
        String largest = "";
        int most = 0;
        for (String host : byHost.keySet()) {
            if (count(host) > most) {
                largest = host;
                most = count(host);
            }
        }
        return largest;
    }

    private ProxyResource take(String host, int index) {
        List<ProxyResource> proxies =
                Objects.requireNonNull(byHost.get(host), "only a host with usable proxies gives one");
        total--;
        ProxyResource taken = proxies.remove(index);
        if (proxies.isEmpty()) {
            byHost.remove(host);
        }
        return taken;
    }
}
