package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cluster as the store keeps it; immutable, in JSON order (spec undermoon 4.4). */
record Cluster(long epoch, String name, List<Chunk> chunks, ClusterConfig config) {
    Cluster {
        chunks = List.copyOf(chunks);
    }

    long nodeNumber() {
        return (long) chunks.size() * Chunk.NODES;
    }

    boolean migrates() {
        return chunks.stream().anyMatch(Chunk::migrates);
    }

    /** 2 nodes for every part with slots at rest. */
    long nodeNumberWithSlots() {
        return 2
                * chunks.stream()
                        .flatMap(chunk -> chunk.stableSlots().stream())
                        .filter(Optional::isPresent)
                        .count();
    }

    /** Whether some part has no slots at rest. */
    boolean hasEmptyPart() {
        return chunks.stream().anyMatch(chunk -> chunk.stableSlots().contains(Optional.<RangeList>empty()));
    }

    /** The index of the proxy's chunk, -1 if it is in none. */
    int chunkOf(String proxyAddress) {
        for (int i = 0; i < chunks.size(); i++) {
            if (chunks.get(i).halfOf(proxyAddress) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Empty for a place outside the cluster, which only restored metadata can name. */
    Optional<Chunk> chunkAt(ChunkPart place) {
        return place.chunkIndex() >= 0 && place.chunkIndex() < chunks.size()
                ? Optional.of(chunks.get(place.chunkIndex()))
                : Optional.empty();
    }

    /** All proxies, in chunk order. */
    List<String> proxyAddresses() {
        return chunks.stream().flatMap(chunk -> chunk.proxyAddresses().stream()).toList();
    }

    Cluster withChunk(int index, Chunk chunk) {
        List<Chunk> changed = new ArrayList<>(chunks);
        changed.set(index, chunk);
        return withChunks(changed);
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
