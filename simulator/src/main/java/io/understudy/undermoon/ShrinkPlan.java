package io.understudy.undermoon;

import java.util.List;
import java.util.Optional;

/**
 * Empties the chunks behind the first {@code keptChunks} into those (spec undermoon 5.4). Eight nodes become four:
 *
 * <pre>
 *            chunk 0                      chunk 1
 *   before   0-4095     4096-8191         8192-12287   12288-16383
 *   move     (0,0) ◄───────────────────── 8192-12287                     from the low end of each source
 *                       (0,1) ◄──────────────────────── 12288-16383
 *   after    no nodes are removed; chunk 1 just has no slots
 * </pre>
 */
final class ShrinkPlan {
    private ShrinkPlan() {}

    static List<Chunk> plan(List<Chunk> chunks, int keptChunks, long epoch) {
        int destinations = 2 * keptChunks;
        SlotPlan plan = new SlotPlan(chunks, epoch);
        int d = 0;
        long filled = 0;
        for (int source = destinations; source < 2 * chunks.size(); source++) {
            ChunkPart src = ChunkPart.ofMaster(source);
            RangeList left = plan.stable(src);
            while (left.count() > 0 && d < destinations) {
                ChunkPart dst = ChunkPart.ofMaster(d);
                long need = SlotPlan.share(d, destinations) - plan.stable(dst).count() - filled;
                long moved = Math.min(need, left.count());
                // A destination may need nothing from 368 nodes up; upstream then emits a bogus task, we pass it over.
                if (moved > 0) {
                    RangeList.Split split = left.takeLow(moved);
                    left = split.rest();
                    plan.move(split.taken(), src, dst);
                    filled += moved;
                }
                if (moved == need) {
                    d++;
                    filled = 0;
                }
            }
            plan.setStable(src, Optional.empty());
        }
        return plan.finish();
    }
}
