package io.understudy.undermoon;

/**
 * The convention for Undermoon's logical clocks, and for every other {@code u64} it puts on the wire (report times,
 * indices, the numbers of a cluster's configuration).
 *
 * <p>An epoch is a {@code long} whose 64 bits are read as an <em>unsigned</em> number, so that no digit of 0 … 2^64-1 is
 * lost and records stay plain data. It must therefore be compared, printed and parsed only through this class; adding
 * one is ordinary {@code +} and wraps like a release build upstream.
 */
final class Epoch {
    private Epoch() {}

    static boolean isLess(long epoch, long other) {
        return Long.compareUnsigned(epoch, other) < 0;
    }

    static boolean isAtLeast(long epoch, long other) {
        return Long.compareUnsigned(epoch, other) >= 0;
    }

    static long max(long epoch, long other) {
        return isLess(epoch, other) ? other : epoch;
    }

    static long min(long epoch, long other) {
        return isLess(epoch, other) ? epoch : other;
    }

    static String text(long epoch) {
        return Long.toUnsignedString(epoch);
    }

    /** Reads 0 … 2^64-1; a leading plus is fine, blanks are not, as with Rust's {@code str::parse::<u64>}. */
    static java.util.OptionalLong parse(String digits) {
        try {
            return java.util.OptionalLong.of(Long.parseUnsignedLong(digits));
        } catch (NumberFormatException notANumber) {
            return java.util.OptionalLong.empty();
        }
    }
}
