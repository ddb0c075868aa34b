package io.understudy.reaper.cassandra;

import java.math.BigInteger;

/**
 * An arc of the token ring: {@code start} belongs to it not, {@code end} does. With {@code start >= end} it goes over the end of
 * the ring, and with {@code start == end} it is the whole ring (spec reaper 2.6).
 */
public record TokenRange(BigInteger start, BigInteger end) {
    /** Whether it goes over the end of the ring. */
    public boolean wraps() {
        return start.compareTo(end) >= 0;
    }

    /** How many tokens it has, on a ring of that many. */
    public BigInteger span(BigInteger ringSize) {
        BigInteger difference = end.subtract(start);
        return difference.signum() > 0 ? difference : difference.add(ringSize);
    }

    /** Whether the token lies in it. */
    public boolean contains(BigInteger token) {
        boolean afterStart = token.compareTo(start) > 0;
        boolean untilEnd = token.compareTo(end) <= 0;
        return wraps() ? afterStart || untilEnd : afterStart && untilEnd;
    }

    /** Whether all of the other range lies in it. */
    public boolean encloses(TokenRange other) {
        if (start.equals(end)) {
            return true;
        }
        if (!contains(other.end)) {
            return false;
        }
        // seen from here, the other range must not come round to its end only after a full turn
        boolean startsBeforeTheSeam = other.start.compareTo(start) >= 0;
        boolean endsBeforeTheSeam = other.end.compareTo(start) > 0;
        return startsBeforeTheSeam == endsBeforeTheSeam ? other.start.compareTo(other.end) < 0 : startsBeforeTheSeam;
    }

    /** {@code (start, end]}. */
    @Override
    public String toString() {
        return "(" + start + ", " + end + "]";
    }
}
