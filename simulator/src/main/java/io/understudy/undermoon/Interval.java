package io.understudy.undermoon;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Rounds that the broker makes every so often since it was started.
 *
 * @param every virtual time between two rounds, and before the first; zero = there are none
 */
record Interval(Instant since, Duration every) {
    /** The first round after that instant. */
    Optional<Instant> after(Instant instant) {
        if (every.isZero()) {
            return Optional.empty();
        }
        long rounds =
                instant.isBefore(since) ? 0 : Duration.between(since, instant).dividedBy(every);
        return Optional.of(since.plus(every.multipliedBy(rounds + 1)));
    }
}
