package io.understudy.undermoon;

import java.util.List;
import java.util.Optional;

/** A registered server proxy with its two nodes, in JSON order (spec undermoon 4.4). */
record ProxyResource(
        String proxyAddress, List<String> nodeAddresses, String host, long index, Optional<String> cluster) {
    ProxyResource {
        nodeAddresses = List.copyOf(nodeAddresses);
    }

    /** Whether it serves no cluster; it may be failed or suspected all the same. */
    boolean free() {
        return cluster.isEmpty();
    }

    ProxyResource usedBy(String clusterName) {
        return new ProxyResource(proxyAddress, nodeAddresses, host, index, Optional.of(clusterName));
    }

    ProxyResource freed() {
        return new ProxyResource(proxyAddress, nodeAddresses, host, index, Optional.empty());
    }
}
