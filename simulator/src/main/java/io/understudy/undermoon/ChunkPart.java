package io.understudy.undermoon;

/** One shard's place: the chunk's index in its cluster and part 0 or 1. */
record ChunkPart(int chunkIndex, int part) {
    /** Counts masters through a cluster: 0 is (0,0), 1 is (0,1), 2 is (1,0), … */
    static ChunkPart ofMaster(int master) {
        return new ChunkPart(master / 2, master % 2);
    }

    int master() {
        return 2 * chunkIndex + part;
    }
}
