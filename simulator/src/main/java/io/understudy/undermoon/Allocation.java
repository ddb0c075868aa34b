package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Pairs usable proxies up to new, slot-less chunks (spec undermoon 5.1).
 *
 * <p>In normal mode every chunk spans two hosts, and the pairs of hosts are spread as evenly as possible. Four hosts with
 * three proxies each, one cluster of 24 nodes:
 *
 * <pre>
 *   host 1: a b c        chunks (1a,2a) (3a,4a)
 *   host 2: a b c               (1b,3b) (2b,4b)      every pair of hosts exactly once
 *   host 3: a b c               (1c,4c) (2c,3c)
 *   host 4: a b c
 * </pre>
 */
final class Allocation {
    private final MetaStore store;
    private final TieOrder ties;

    Allocation(MetaStore store, TieOrder ties) {
        this.store = store;
        this.ties = ties;
    }

    /**
     * @param nodeNumber nodes wanted, unsigned
     * @param existingChunks of the cluster that is to grow; 0 for a new one
     */
    Outcome<List<Chunk>> chunks(long nodeNumber, int existingChunks) {
        if (nodeNumber == 0 || Long.remainderUnsigned(nodeNumber, Chunk.NODES) != 0) {
            return Outcome.refused(ErrorCode.INVALID_NODE_NUMBER);
        }
        long proxyNumber = nodeNumber >>> 1;
        return store.enableOrderedProxy()
                ? inOrderOfIndex(proxyNumber, (long) existingChunks * Chunk.PARTS)
                : acrossHosts(proxyNumber);
    }

    private Outcome<List<Chunk>> acrossHosts(long proxyNumber) {
        FreeHostProxies free = new FreeHostProxies(store, ties);
        free.trim();
        if (free.total() < proxyNumber) {
            return Outcome.refused(ErrorCode.NO_AVAILABLE_RESOURCE);
        }
        LinkTable links = new LinkTable(store);
        List<Chunk> chunks = new ArrayList<>();
        while ((long) chunks.size() * Chunk.PARTS < proxyNumber) {
            String firstHost = free.largest();
            ProxyResource first = free.takeFirst(firstHost);
            Optional<String> secondHost = free.leastLinked(firstHost, links, false);
            if (secondHost.isEmpty()) {
                return Outcome.refused(ErrorCode.RESOURCE_NOT_BALANCE);
            }
            chunks.add(Chunk.of(first, free.takeFirst(secondHost.get())));
            links.link(firstHost, secondHost.get());
        }
        return Outcome.accepted(chunks);
    }

    private Outcome<List<Chunk>> inOrderOfIndex(long proxyNumber, long firstIndex) {
        List<ProxyResource> usable =
                new ArrayList<>(ties.arrange(store.allProxies().keySet()).stream()
                        .map(address -> store.allProxies().get(address))
                        .filter(store::isUsable)
                        .toList());
        if (usable.size() < proxyNumber) {
            return Outcome.refused(ErrorCode.NO_AVAILABLE_RESOURCE);
        }
        usable.sort(Comparator.comparing(ProxyResource::index, Long::compareUnsigned));
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < proxyNumber; i += Chunk.PARTS) {
            ProxyResource first = usable.get(i);
            ProxyResource second = usable.get(i + 1);
            if (first.index() != firstIndex + i || second.index() != firstIndex + i + 1) {
                return Outcome.refused(ErrorCode.PROXY_RESOURCE_OUT_OF_ORDER);
            }
            chunks.add(Chunk.of(first, second));
        }
        return Outcome.accepted(chunks);
    }
}
