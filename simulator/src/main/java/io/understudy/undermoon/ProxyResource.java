package io.understudy.undermoon;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A registered server proxy with its two nodes, in JSON order (spec undermoon 4.4).
 *
 * @param clusterName whom it serves; null = it is free
 */
record ProxyResource(
        String proxyAddress,
        List<String> nodeAddresses,
        String host,
        long index,
        @Nullable String clusterName) {
    ProxyResource {
        nodeAddresses = List.copyOf(nodeAddresses);
    }

    ProxyResource(String proxyAddress, List<String> nodeAddresses, String host, long index, Optional<String> cluster) {
        this(proxyAddress, nodeAddresses, host, index, cluster.orElse(null));
    }

    Optional<String> cluster() {
        return Optional.ofNullable(clusterName);
    }

    /** Whether it serves no cluster; it may be failed or suspected all the same. */
    boolean free() {
        return clusterName == null;
    }

    ProxyResource usedBy(String name) {
        return new ProxyResource(proxyAddress, nodeAddresses, host, index, name);
    }

    ProxyResource freed() {
        return new ProxyResource(proxyAddress, nodeAddresses, host, index, (String) null);
    }
}
