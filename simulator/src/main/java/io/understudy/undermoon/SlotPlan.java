package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who gets how many slots, and the bookkeeping of a plan that moves them (spec undermoon 5.2 – 5.4). {@link ExpandPlan}
 * and {@link ShrinkPlan} decide what moves where; this class keeps what has been decided.
 */
final class SlotPlan {
    static final int SLOTS = 16384;

    private final long epoch;
    private final List<Chunk> chunks;
    private final List<StoredTask> tasks = new ArrayList<>();

    SlotPlan(List<Chunk> chunks, long epoch) {
        this.chunks = new ArrayList<>(chunks);
        this.epoch = epoch;
    }

    /** How many slots the {@code master}th of {@code masters} masters has in the end: the first ones take the remainder. */
    static long share(int master, int masters) {
        return (long) SLOTS / masters + (master < SLOTS % masters ? 1 : 0);
    }

    /** A fresh cluster's slots: consecutive and ascending (spec undermoon 5.2). */
    static List<Chunk> distribute(List<Chunk> chunks) {
        List<Chunk> filled = new ArrayList<>();
        long next = 0;
        for (Chunk chunk : chunks) {
            for (int part = 0; part < Chunk.PARTS; part++) {
                long end = next + share(2 * filled.size() + part, 2 * chunks.size());
                chunk = chunk.withStable(part, Optional.of(RangeList.of(next, end - 1)));
                next = end;
            }
            filled.add(chunk);
        }
        Invariant.check(next == SLOTS, "a new cluster has all slots");
        return filled;
    }

    RangeList stable(ChunkPart place) {
        return chunks.get(place.chunkIndex()).stable(place.part()).orElse(RangeList.EMPTY);
    }

    void setStable(ChunkPart place, Optional<RangeList> slots) {
        chunks.set(place.chunkIndex(), chunks.get(place.chunkIndex()).withStable(place.part(), slots));
    }

    void move(RangeList slots, ChunkPart src, ChunkPart dst) {
        tasks.add(StoredTask.migrating(slots, epoch, src, dst));
    }

    /** The chunks with every migration stored at both its ends, in the order in which they were decided. */
    List<Chunk> finish() {
        List<List<StoredTask>> byMaster = new ArrayList<>();
        for (int master = 0; master < 2 * chunks.size(); master++) {
            ChunkPart place = ChunkPart.ofMaster(master);
            byMaster.add(new ArrayList<>(chunks.get(place.chunkIndex()).tasks(place.part())));
        }
        for (StoredTask task : tasks) {
            byMaster.get(task.meta().src().master()).add(task);
            byMaster.get(task.meta().dst().master()).add(task.counterpart());
        }
        List<Chunk> planned = new ArrayList<>();
        for (Chunk chunk : chunks) {
            for (int part = 0; part < Chunk.PARTS; part++) {
                chunk = chunk.withStable(part, chunk.stable(part).map(RangeList::compacted))
                        .withTasks(part, byMaster.get(2 * planned.size() + part));
            }
            planned.add(chunk);
        }
        return planned;
    }
}
