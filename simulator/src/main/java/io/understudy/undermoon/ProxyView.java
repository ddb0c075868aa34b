package io.understudy.undermoon;

import java.util.List;
import java.util.Optional;

/**
 * What endpoints 19 and 23 show of a proxy (spec undermoon 4.2). A free proxy has neither cluster name nor
 * configuration; its two nodes are the {@code free_nodes} of v2.
 */
record ProxyView(
        Optional<String> clusterName,
        String address,
        long epoch,
        List<NodeView> nodes,
        List<PeerProxy> peers,
        Optional<ClusterConfig> clusterConfig) {
    ProxyView {
        nodes = List.copyOf(nodes);
        peers = List.copyOf(peers);
    }

    boolean isFree() {
        return clusterName.isEmpty();
    }
}
