package io.understudy.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A part's way to schedule its own events. Use it inside a step of the world only. */
public final class Timers {
    private final Clock clock;
    private final Part<?> part;
    /** Asked for at the first event: a part makes its timers in its constructor, before it can answer. */
    private @Nullable Set<Class<? extends Event>> eventTypes;

    Timers(Clock clock, Part<?> part) {
        this.clock = clock;
        this.part = part;
    }

    /**
     * Has the event happen at that instant, or as soon as possible if it has passed. One after {@link Clock#END} never
     * happens.
     *
     * @return the sequence number that {@linkplain #cancel cancels} it
     * @throws IllegalStateException if the part does not list the event's class in {@link Part#eventTypes}: a snapshot could
     *     not bring it back
     */
    public long at(Instant at, Event event) {
        if (eventTypes == null) {
            eventTypes = part.eventTypes();
        }
        if (!eventTypes.contains(event.getClass())) {
            throw new IllegalStateException(
                    part.name() + " schedules " + event + " but its event types are " + eventTypes);
        }
        return clock.schedule(part.name(), at, event);
    }

    /** Has the event happen after that much virtual time. */
    public long after(Duration delay, Event event) {
        return at(Clock.later(clock.instant(), delay), event);
    }

    /** Takes back an event; nothing happens if it has already happened. */
    public void cancel(long sequence) {
        clock.cancel(sequence);
    }

    /** Takes back every pending event of this part that the condition picks. It looks at all events of the world: for rare use. */
    public void cancelIf(Predicate<Event> condition) {
        clock.cancel(part.name(), condition);
    }
}
