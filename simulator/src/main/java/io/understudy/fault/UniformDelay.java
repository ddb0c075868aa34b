package io.understudy.fault;

import java.time.Duration;

/**
 * Holds the reply back for a time between two bounds, each as likely as the other.
 *
 * @param min the shortest, in virtual time; not negative
 * @param max the longest, at least {@code min}
 */
public record UniformDelay(Duration min, Duration max) implements Fault {
    public UniformDelay {
        Delays.requireNotNegative("min", min);
        Delays.requireAtLeast("max", max, "min", min);
    }

    @Override
    public void shape(Course course, Struck struck) {
        long span = max.minus(min).toNanos();
        course.delayBy(min.plusNanos(span == 0 ? 0 : struck.random().nextLong(span + 1)));
    }
}
