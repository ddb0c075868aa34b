package io.understudy.world;

import java.time.Instant;
import java.util.Comparator;

/**
 * An event that has not happened yet.
 *
 * @param at the virtual instant at which it is due
 * @param sequence its place among all events ever scheduled in the world; breaks ties at one instant and cancels it
 * @param part the name of the part that will handle it
 * @param event what will happen
 */
public record PendingEvent(Instant at, long sequence, String part, Event event) {
    /** The order in which events happen: by instant, and within an instant in the order they were scheduled. */
    static final Comparator<PendingEvent> ORDER =
            Comparator.comparing(PendingEvent::at).thenComparingLong(PendingEvent::sequence);
}
