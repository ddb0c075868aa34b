package io.understudy.fault;

import java.time.Duration;

/** What the delays' parameters must be. */
final class Delays {
    /** Nanoseconds of longer delays would not fit a long; nobody waits 292 years. */
    private static final Duration MAX = Duration.ofDays(36_500);

    private Delays() {}

    static void requireAboveZero(String name, Duration value) {
        requireNotNegative(name, value);
        if (value.isZero()) {
            throw new IllegalArgumentException(name + " is PT0S; it must be above that");
        }
    }

    static void requireNotNegative(String name, Duration value) {
        if (value.isNegative() || value.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be from PT0S to " + MAX);
        }
    }

    static void requireAtLeast(String name, Duration value, String boundName, Duration bound) {
        requireNotNegative(name, value);
        if (value.compareTo(bound) < 0) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must be at least " + boundName + ", which is " + bound);
        }
    }
}
