package io.understudy.undermoon;

import java.util.List;

/**
 * JSON {@code Node} of v3 (spec undermoon 4.1). The member {@code repl} is {@code {"role":role,"peers":peers}}. v2 adds
 * {@code cluster_name} after {@code proxy_address}: it is the name of the surrounding view.
 */
record NodeView(String address, String proxyAddress, List<SlotRange> slots, Role role, List<ReplPeer> peers) {
    NodeView {
        slots = List.copyOf(slots);
        peers = List.copyOf(peers);
    }
}
