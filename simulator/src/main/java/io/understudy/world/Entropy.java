package io.understudy.world;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * All chance of a world: one seed, and a stream of its own for every name.
 *
 * <p>A stream's draws depend on the seed, its name and how often it was drawn from, and on nothing else; so a new draw in one
 * place shifts nothing elsewhere. Name a stream after who draws and what for: {@code "reaper/run-id"}, {@code "fault/r1"}.
 */
public final class Entropy {
    /** Bounds the memory of a world whose callers keep inventing names; far above the one per fault rule or model that is meant. */
    static final int MAX_STREAMS = 100_000;

    private final Kernel kernel;
    private long seed;
    private final Map<String, Stream> streams = new TreeMap<>();

    Entropy(Kernel kernel, long seed) {
        this.kernel = kernel;
        this.seed = seed;
    }

    /** The seed everything is drawn from. */
    public long seed() {
        return seed;
    }

    /**
     * The stream of that name, where it was left off. Inside a step of the world only. Ask again each time instead of keeping
     * it: after a reset or restore of the world it is another.
     */
    public Stream stream(String name) {
        kernel.requireStep();
        Stream stream = streams.get(name);
        if (stream == null) {
            if (streams.size() >= MAX_STREAMS) {
                throw new IllegalStateException("a world has at most " + MAX_STREAMS + " entropy streams");
            }
            stream = new Stream(origin(seed, name));
            streams.put(name, stream);
        }
        return stream;
    }

    /** Forgets a stream; under the same name it would begin anew. */
    public void forget(String name) {
        kernel.requireStep();
        Stream stream = streams.remove(name);
        if (stream != null) {
            stream.isOver = true;
        }
    }

    void reset(long newSeed) {
        seed = newSeed;
        streams.values().forEach(stream -> stream.isOver = true);
        streams.clear();
    }

    Map<String, Long> positions() {
        Map<String, Long> positions = new TreeMap<>();
        streams.forEach((name, stream) -> positions.put(name, stream.state));
        return positions;
    }

    void restore(long newSeed, Map<String, Long> positions) {
        reset(newSeed);
        positions.forEach((name, state) -> streams.put(name, new Stream(state)));
    }

    private static long origin(long seed, String name) {
        long hash = 0xcbf29ce484222325L; // FNV-1a with 64 bits: String.hashCode would let names collide
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return Stream.mix(seed ^ Stream.mix(hash));
    }

    /** A reproducible stream of random numbers and ids (SplitMix64). Draw from it under the world's lock only. */
    public static final class Stream implements RandomGenerator {
        private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

        private long state;
        private boolean isOver;

        private Stream(long state) {
            this.state = state;
        }

        /** @throws IllegalStateException if the world was reset or restored since: draws from here would be in no snapshot */
        @Override
        public long nextLong() {
            if (isOver) {
                throw new IllegalStateException(
                        "the world was reset or restored since this stream was asked for; ask Entropy.stream again");
            }
            state += GOLDEN_GAMMA;
            return mix(state);
        }

        /** A random (version 4) UUID. */
        public UUID nextUuid() {
            long high = nextLong() & ~0xf000L | 0x4000L;
            long low = nextLong() & ~(3L << 62) | 1L << 63;
            return new UUID(high, low);
        }

        private static long mix(long value) {
            long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            return z ^ (z >>> 31);
        }
    }
}
