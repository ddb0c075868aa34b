package io.understudy.reaper.cassandra;

import java.util.UUID;

/**
 * Figures that belong to a thing by its name: the same in every world and at every look, different from its neighbour's. Not chance:
 * nothing is drawn.
 */
final class Derivation {
    private final long origin;

    private Derivation(long origin) {
        this.origin = origin;
    }

    static Derivation of(String name) {
        return new Derivation(hash(0xcbf29ce484222325L, name));
    }

    /** Any 64 bits. */
    long number(String what) {
        return mix(hash(origin, "/" + what));
    }

    /** From {@code min} up to and without {@code max}. */
    int between(String what, int min, int max) {
        return min + (int) Long.remainderUnsigned(number(what), max - min);
    }

    /** From {@code min} up to {@code max}. */
    double between(String what, double min, double max) {
        return min + (max - min) * ((number(what) >>> 11) * 0x1.0p-53);
    }

    UUID uuid(String what) {
        long high = number(what + "/high") & ~0xf000L | 0x4000L;
        long low = number(what + "/low") & ~(3L << 62) | 1L << 63;
        return new UUID(high, low);
    }

    /** FNV-1a with 64 bits. */
    private static long hash(long begin, String text) {
        long hash = begin;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** FNV leaves neighbours alike in their high bits; SplitMix64's finish does not. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
