package io.understudy.undermoon;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Draws masters and their slots as lines of text, one per master:
 *
 * <pre>
 *   server_proxy1:7001 0-4095 | 4096-8191 > server_proxy3:7005 @9       stable, then going out
 *   server_proxy3:7005 4096-8191 < server_proxy1:7001 @9                coming in
 *   server_proxy4:7007 -                                                nothing
 * </pre>
 */
final class Picture {
    private Picture() {}

    static String masters(ClusterView view) {
        return masters(view.nodes());
    }

    static String masters(List<NodeView> nodes) {
        return nodes.stream()
                .filter(node -> node.role() == Role.MASTER)
                .map(Picture::master)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String master(NodeView node) {
        return node.address() + " " + slots(node.slots());
    }

    static String slots(List<SlotRange> slots) {
        return slots.isEmpty() ? "-" : slots.stream().map(Picture::slot).collect(Collectors.joining(" | "));
    }

    private static String slot(SlotRange slot) {
        String ranges = slot.rangeList().ranges().stream().map(Range::toString).collect(Collectors.joining("+"));
        if (slot.tag() instanceof SlotRangeTag.Migrating migrating) {
            return ranges + " > " + migrating.meta().dstNodeAddress() + " @"
                    + Epoch.text(migrating.meta().epoch());
        }
        if (slot.tag() instanceof SlotRangeTag.Importing importing) {
            return ranges + " < " + importing.meta().srcNodeAddress() + " @"
                    + Epoch.text(importing.meta().epoch());
        }
        return ranges;
    }

    /** Every stored migration as {@code (src)->(dst) ranges}, in stored order of the sources. */
    static List<String> plan(Cluster cluster) {
        return cluster.chunks().stream()
                .flatMap(chunk -> chunk.migratingSlots().stream())
                .flatMap(List::stream)
                .filter(StoredTask::isMigrating)
                .map(task -> "(%d,%d)->(%d,%d) %s"
                        .formatted(
                                task.meta().srcChunkIndex(),
                                task.meta().srcChunkPart(),
                                task.meta().dstChunkIndex(),
                                task.meta().dstChunkPart(),
                                task.rangeList().ranges().stream()
                                        .map(Range::toString)
                                        .collect(Collectors.joining("+"))))
                .toList();
    }
}
