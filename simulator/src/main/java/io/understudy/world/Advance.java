package io.understudy.world;

import java.time.Instant;
import java.util.List;

/**
 * What an advance of the clock brought about.
 *
 * @param now where the clock stands
 * @param events what happened in the systems, in order; the first {@link Kernel#MAX_HAPPENED} when there were more
 * @param eventsInAll how many there were
 * @param conditionMet whether the condition of {@link Clock#runUntil} was met; true for a plain advance
 */
public record Advance(Instant now, List<DomainEvent> events, long eventsInAll, boolean conditionMet) {}
