package io.understudy.reaper;

import io.understudy.journal.Request;
import io.understudy.world.Kernel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What authentication asks of its world.
 *
 * @param kernel time and chance
 * @param expiredBefore see {@link Conditions#tokensExpiredBefore}
 * @param authority where the process listens, for requests without a {@code Host}
 */
record AuthenticationTime(Kernel kernel, Supplier<Optional<Instant>> expiredBefore, Supplier<String> authority) {
    Instant now() {
        return kernel.clock().now();
    }

    RandomGenerator chance() {
        return kernel.entropy().stream("reaper/session-id");
    }

    /**
     * Whether a fault has ended what was issued then. Tokens know whole seconds only, and time may stand still: what was issued in the
     * very second of the fault is gone, too, and {@link #issuing} gives out later instants.
     */
    boolean hasExpired(@Nullable Instant issuedAt) {
        return issuedAt != null
                && expiredBefore.get().filter(end -> !issuedAt.isAfter(end)).isPresent();
    }

    /** The instant that a new token or session bears: now, or the first whole second after a fault that ended all before it. */
    Instant issuing() {
        Instant now = now().truncatedTo(ChronoUnit.SECONDS);
        Instant first = expiredBefore
                .get()
                .map(end -> end.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofSeconds(1)))
                .orElse(now);
        return now.isBefore(first) ? first : now;
    }

    /** An absolute URI on the server that was asked. */
    String absolute(Request request, String path) {
        return "http://" + host(request) + path;
    }

    /** What the client takes the server for. HTTP/1.1 has always a {@code Host}; Jetty says its own address for what has none. */
    String host(Request request) {
        return request.headers()
                .first("host")
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .orElseGet(authority);
    }
}
