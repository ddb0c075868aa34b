package io.understudy.undermoon;

import java.util.List;

/** Another proxy of the cluster and the slots of its masters (spec undermoon 4.2). */
record PeerProxy(String proxyAddress, List<SlotRange> slots) {
    PeerProxy {
        slots = List.copyOf(slots);
    }
}
