package io.understudy.fault;

import java.time.Duration;

/**
 * Holds the reply back; the request is executed at once.
 *
 * @param delay how long, in virtual time; not negative
 */
public record FixedDelay(Duration delay) implements Fault {
    public FixedDelay {
        Delays.requireNotNegative("delay", delay);
    }

    @Override
    public void shape(Course course, Struck struck) {
        course.delayBy(delay);
    }
}
