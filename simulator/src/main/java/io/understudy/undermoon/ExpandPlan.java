package io.understudy.undermoon;

import java.util.List;
import java.util.Optional;

/**
 * Fills the slot-less chunks at the end of a cluster from those before them (spec undermoon 5.3). Four nodes become eight:
 *
 * <pre>
 *            chunk 0                      chunk 1
 *   before   0-8191     8192-16383        -          -
 *   stay     0-4095     8192-12287
 *   move     4096-8191 ─────────────────► (1,0)             from the high end of each source
 *                       12288-16383 ────────────────► (1,1)
 * </pre>
 */
final class ExpandPlan {
    private ExpandPlan() {}

    static List<Chunk> plan(List<Chunk> chunks, long epoch) {
        int masters = 2 * chunks.size();
        int destinations =
                2 * (int) chunks.stream().filter(Chunk::hasNoStableSlots).count();
        int firstDestination = masters - destinations;
        SlotPlan plan = new SlotPlan(chunks, epoch);
        int d = 0;
        long filled = 0;
        for (int source = 0; source < masters; source++) {
            ChunkPart src = ChunkPart.ofMaster(source);
            long surplus = plan.stable(src).count() - SlotPlan.share(source, masters);
            while (surplus > 0 && d < destinations) {
                ChunkPart dst = ChunkPart.ofMaster(firstDestination + d);
                long need = SlotPlan.share(dst.master(), masters) - filled;
                long moved = Math.min(need, surplus);
                if (moved > 0) {
                    RangeList.Split split = plan.stable(src).takeHigh(moved);
                    plan.setStable(src, Optional.of(split.rest()));
                    plan.move(split.taken(), src, dst);
                }
                surplus -= moved;
                filled += moved;
                if (moved == need) {
                    d++;
                    filled = 0;
                }
            }
        }
        return plan.finish();
    }
}
