package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What must hold of every cluster that is shown (spec undermoon 6.4.1 – 6.4.3). */
final class ClusterViewAssert extends AbstractAssert<ClusterViewAssert, ClusterView> {
    private ClusterViewAssert(ClusterView view) {
        super(view, ClusterViewAssert.class);
    }

    static ClusterViewAssert assertThatCluster(ClusterView view) {
        return new ClusterViewAssert(view);
    }

    ClusterViewAssert isSound() {
        return partitionsAllSlots().pairsMigrationsWithImports().pairsMastersWithReplicas();
    }

    /** Stable and outgoing slots cover 0 … 16383 exactly once. */
    ClusterViewAssert partitionsAllSlots() {
        BitSet covered = new BitSet();
        for (SlotRange slot : slots()) {
            if (slot.tag() instanceof SlotRangeTag.Importing) {
                continue;
            }
            long previous = -1;
            for (Range range : slot.rangeList().ranges()) {
                if (range.start() <= previous + (previous < 0 ? 0 : 1) || range.end() < range.start()) {
                    failWithMessage("ranges not sorted and merged: %s", slot.rangeList());
                }
                previous = range.end();
                if (!covered.get((int) range.start(), (int) range.end() + 1).isEmpty()) {
                    failWithMessage("slots of %s are shown twice in%n%s", range, Picture.masters(actual));
                }
                covered.set((int) range.start(), (int) range.end() + 1);
            }
        }
        if (covered.cardinality() != SlotPlan.SLOTS) {
            failWithMessage(
                    "only %s slots are shown, up to %s, in%n%s",
                    covered.cardinality(), covered.length(), Picture.masters(actual));
        }
        return this;
    }

    /** Outgoing and incoming entries match one to one and are carried by the nodes they name. */
    ClusterViewAssert pairsMigrationsWithImports() {
        List<String> outgoing = new ArrayList<>();
        List<String> incoming = new ArrayList<>();
        for (NodeView node : actual.nodes()) {
            for (SlotRange slot : node.slots()) {
                if (slot.tag() instanceof SlotRangeTag.Migrating out) {
                    outgoing.add(slot.rangeList() + " " + out.meta());
                    Assertions.assertThat(out.meta().srcNodeAddress()).isEqualTo(node.address());
                    Assertions.assertThat(out.meta().srcProxyAddress()).isEqualTo(node.proxyAddress());
                } else if (slot.tag() instanceof SlotRangeTag.Importing in) {
                    incoming.add(slot.rangeList() + " " + in.meta());
                    Assertions.assertThat(in.meta().dstNodeAddress()).isEqualTo(node.address());
                    Assertions.assertThat(in.meta().dstProxyAddress()).isEqualTo(node.proxyAddress());
                }
            }
        }
        Assertions.assertThat(incoming).containsExactlyInAnyOrderElementsOf(outgoing);
        return this;
    }

    /** Half the nodes are masters, replicas carry nothing, peers are mutual and across the chunk's two proxies. */
    ClusterViewAssert pairsMastersWithReplicas() {
        Map<String, NodeView> byAddress = new HashMap<>();
        actual.nodes().forEach(node -> byAddress.put(node.address(), node));
        int masters = 0;
        for (NodeView node : actual.nodes()) {
            masters += node.role() == Role.MASTER ? 1 : 0;
            if (node.role() == Role.REPLICA && !node.slots().isEmpty()) {
                failWithMessage("replica %s carries slots", node.address());
            }
            Assertions.assertThat(node.peers()).hasSize(1);
            ReplPeer peer = node.peers().get(0);
            NodeView other = byAddress.get(peer.nodeAddress());
            Assertions.assertThat(other.role()).isNotEqualTo(node.role());
            Assertions.assertThat(other.proxyAddress()).isEqualTo(peer.proxyAddress());
            Assertions.assertThat(other.proxyAddress()).isNotEqualTo(node.proxyAddress());
            Assertions.assertThat(other.peers()).containsExactly(new ReplPeer(node.address(), node.proxyAddress()));
        }
        Assertions.assertThat(masters * 2).isEqualTo(actual.nodes().size());
        return this;
    }

    ClusterViewAssert looksLike(String picture) {
        Assertions.assertThat(Picture.masters(actual)).isEqualTo(picture);
        return this;
    }

    private List<SlotRange> slots() {
        return actual.nodes().stream().flatMap(node -> node.slots().stream()).toList();
    }
}
