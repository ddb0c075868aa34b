package io.understudy.world;

import java.time.Duration;
import java.time.Instant;

/** A part's way to schedule its own events. Use it inside a step of the world only. */
public final class Timers {
    private final Clock clock;
    private final String part;

    Timers(Clock clock, String part) {
        this.clock = clock;
        this.part = part;
    }

    /**
     * Has the event happen at that instant, or as soon as possible if it has passed.
     *
     * @return the sequence number that {@linkplain #cancel cancels} it
     */
    public long at(Instant at, Event event) {
        return clock.schedule(part, at, event);
    }

    /** Has the event happen after that much virtual time. */
    public long after(Duration delay, Event event) {
        return at(clock.now().plus(delay), event);
    }

    /** Takes back an event; nothing happens if it has already happened. */
    public void cancel(long sequence) {
        clock.cancel(sequence);
    }
}
