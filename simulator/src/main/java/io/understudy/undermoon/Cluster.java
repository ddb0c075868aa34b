package io.understudy.undermoon;

import java.util.List;

/** A cluster as the store keeps it; immutable, in JSON order (spec undermoon 4.4). */
record Cluster(long epoch, String name, List<Chunk> chunks, ClusterConfig config) {
    Cluster {
        chunks = List.copyOf(chunks);
    }

    long nodeNumber() {
        return (long) chunks.size() * Chunk.NODES;
    }

    boolean isMigrating() {
        return chunks.stream().anyMatch(Chunk::isMigrating);
    }

    Cluster withEpoch(long newEpoch) {
        return new Cluster(newEpoch, name, chunks, config);
    }

    Cluster withChunks(List<Chunk> newChunks) {
        return new Cluster(epoch, name, newChunks, config);
    }

    Cluster withConfig(ClusterConfig newConfig) {
        return new Cluster(epoch, name, chunks, newConfig);
    }
}
