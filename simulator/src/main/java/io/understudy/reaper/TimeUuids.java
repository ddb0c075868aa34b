package io.understudy.reaper;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * Gives out version 1 UUIDs, as Reaper does for runs, units, schedules and segments (spec reaper 2.1). Each is later than the one
 * before, also within one instant: the time in it runs ahead of the clock by 100 ns for each.
 */
final class TimeUuids {
    /**
     * By the time in them, which is the order in which they were given out. Clients may ask for any UUID, so this is an order of all
     * of them: where {@link UUID#timestamp} would refuse, those bits count as if they were a time.
     */
    static final Comparator<UUID> ORDER = Comparator.comparingLong(TimeUuids::time)
            .thenComparingLong(UUID::getMostSignificantBits)
            .thenComparingLong(UUID::getLeastSignificantBits);

    /** From the beginning of the Gregorian calendar to that of Unix, in 100 ns. */
    private static final long GREGORIAN_TO_UNIX = 0x01B2_1DD2_1381_4000L;

    private long last;
    private long node;

    /**
     * What is remembered.
     *
     * @param last the time in the last one, in 100 ns since 1582
     * @param node the lower half of all: clock sequence and node
     */
    record State(long last, long node) {}

    TimeUuids(State state) {
        restore(state);
    }

    /** Begins anew, in a process whose clock sequence and node come of that random number. */
    static State begun(long random) {
        // variant 2; the multicast bit marks a node that is no network card's (RFC 9562 6.10)
        return new State(0, random & ~(3L << 62) | 1L << 63 | 1L << 40);
    }

    private static long time(UUID id) {
        long high = id.getMostSignificantBits();
        return (high & 0x0fffL) << 48 | (high >>> 16 & 0xffffL) << 32 | high >>> 32;
    }

    UUID next(Instant now) {
        long time = now.getEpochSecond() * 10_000_000 + now.getNano() / 100 + GREGORIAN_TO_UNIX;
        last = Math.max(time, last + 1);
        long high = last << 32 | (last >>> 16 & 0xffff_0000L) | 0x1000L | (last >>> 48 & 0x0fffL);
        return new UUID(high, node);
    }

    State state() {
        return new State(last, node);
    }

    void restore(State state) {
        last = state.last();
        node = state.node();
    }
}
