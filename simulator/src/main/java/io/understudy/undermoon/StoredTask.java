package io.understudy.undermoon;

/**
 * One half of a migration as the store keeps it, in JSON order (spec undermoon 4.4). Every migration is stored twice: at
 * its source part with {@code isMigrating}, at its destination part without.
 */
record StoredTask(RangeList rangeList, boolean isMigrating, Meta meta) {
    /** {@code meta}: places are chunk indices and parts, never addresses, so that roles can move under a migration. */
    record Meta(long epoch, int srcChunkIndex, int srcChunkPart, int dstChunkIndex, int dstChunkPart) {
        ChunkPart src() {
            return new ChunkPart(srcChunkIndex, srcChunkPart);
        }

        ChunkPart dst() {
            return new ChunkPart(dstChunkIndex, dstChunkPart);
        }
    }

    static StoredTask migrating(RangeList slots, long epoch, ChunkPart src, ChunkPart dst) {
        return new StoredTask(slots, true, new Meta(epoch, src.chunkIndex(), src.part(), dst.chunkIndex(), dst.part()));
    }

    /** The other half of the same migration. */
    StoredTask counterpart() {
        return new StoredTask(rangeList, !isMigrating, meta);
    }

    StoredTask withEpoch(long epoch) {
        return new StoredTask(
                rangeList,
                isMigrating,
                new Meta(epoch, meta.srcChunkIndex(), meta.srcChunkPart(), meta.dstChunkIndex(), meta.dstChunkPart()));
    }
}
