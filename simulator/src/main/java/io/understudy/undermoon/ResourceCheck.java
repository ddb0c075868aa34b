package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which hosts cannot fail for want of spare proxies (spec undermoon 5.10). Upstream plays each host's failure through on a
 * copy of the store, proxy by proxy. Counting gives the same answer: every used proxy of the host takes one usable proxy of
 * another host, and which one does not matter. It may take one of its own host first, where a chunk lies on that host with
 * both halves; but that one is still to come in the play, and then needs another in its turn. Only a store that was restored
 * broken has to be played through.
 */
final class ResourceCheck {
    private final MetaStore store;
    private final TieOrder ties;

    ResourceCheck(MetaStore store, TieOrder ties) {
        this.store = store;
        this.ties = ties;
    }

    Outcome<List<String>> hostsThatCannotFail() {
        // Ordered mode never replaces, so it never lacks a replacement.
        if (store.enableOrderedProxy()) {
            return Outcome.accepted(List.of());
        }
        FreeHostProxies free = new FreeHostProxies(store, ties);
        Map<String, Integer> used = usedByHost();
        boolean sound = usedProxiesAreInTheirChunks();
        List<String> cannotFail = new ArrayList<>();
        for (String host : ties.arrange(store.hosts())) {
            Outcome<Boolean> enough = sound
                    ? Outcome.accepted(used.getOrDefault(host, 0) <= free.total() - free.count(host))
                    : canFail(host);
            if (enough instanceof Outcome.Refused<Boolean> broken) {
                return Outcome.refused(broken.rejection());
            }
            if (enough.equals(Outcome.accepted(false))) {
                cannotFail.add(host);
            }
        }
        return Outcome.accepted(cannotFail);
    }

    /** Plays the host's failure through on a copy. */
    Outcome<Boolean> canFail(String host) {
        MetaStore copy = new MetaStore(store.data());
        Failover failover = new Failover(copy, ties);
        for (String address : ties.arrange(store.allProxies().keySet())) {
            if (!store.proxy(address).orElseThrow().host().equals(host)) {
                continue;
            }
            Outcome<?> outcome = failover.of(address);
            if (outcome instanceof Outcome.Refused<?> refused) {
                return refused.rejection().code() == ErrorCode.NO_AVAILABLE_RESOURCE
                        ? Outcome.accepted(false)
                        : Outcome.refused(refused.rejection());
            }
        }
        return Outcome.accepted(true);
    }

    private Map<String, Integer> usedByHost() {
        Map<String, Integer> used = new HashMap<>();
        for (ProxyResource proxy : store.allProxies().values()) {
            if (!proxy.free()) {
                used.merge(proxy.host(), 1, Integer::sum);
            }
        }
        return used;
    }

    private boolean usedProxiesAreInTheirChunks() {
        Map<String, String> clusterOf = new HashMap<>();
        store.clusters().forEach((name, cluster) -> {
            for (Chunk chunk : cluster.chunks()) {
                chunk.proxyAddresses().forEach(address -> clusterOf.put(address, name));
            }
        });
        return store.allProxies().values().stream()
                .filter(proxy -> !proxy.free())
                .allMatch(proxy -> proxy.cluster().equals(Optional.ofNullable(clusterOf.get(proxy.proxyAddress()))));
    }
}
