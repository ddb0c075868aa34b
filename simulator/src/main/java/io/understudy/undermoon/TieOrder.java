package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What "arbitrary" means. Upstream keeps its maps under a random seed, so lists come in any order and allocation breaks
 * ties by chance (spec undermoon 2.5, 5.1). Here either everything is as registered, or a seed decides: every key gets
 * its own number from the seed, and smaller numbers come first. So an order is stable as long as the keys are, paging
 * works over it, and nothing has to be remembered or drawn.
 *
 * @param seed none = the order of registration
 */
record TieOrder(OptionalLong seed) {
    static final TieOrder REGISTRATION = new TieOrder(OptionalLong.empty());

    static TieOrder shuffled(long seed) {
        return new TieOrder(OptionalLong.of(seed));
    }

    /** The keys, given as registered, in this order. */
    List<String> arrange(Collection<String> registered) {
        List<String> keys = new ArrayList<>(registered);
        if (seed.isPresent()) {
            long start = seed.getAsLong();
            keys.sort(Comparator.comparingLong((String key) -> rank(start, key)).thenComparing(key -> key));
        }
        return keys;
    }

    /** FNV-1a over the key's characters, then the finaliser of SplitMix64: cheap, well spread, the same everywhere. */
    private static long rank(long seed, String key) {
        long hash = 0xcbf29ce484222325L ^ seed;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
