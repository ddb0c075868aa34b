package io.understudy.world;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A whole world as a value: continue from it, and the same ids, events and draws follow.
 *
 * @param version the format, {@value #VERSION} for this release
 * @param seed the seed of the world
 * @param now the virtual instant
 * @param mode the clock's mode, as {@link ClockMode#parse} reads it
 * @param nextSequence the number of the next event to be scheduled
 * @param pending the events to come, in the order in which they will happen
 * @param streams where each entropy stream stands, by name
 * @param parts the state of each part, by name
 */
public record Snapshot(
        int version,
        long seed,
        Instant now,
        String mode,
        long nextSequence,
        List<PendingEvent> pending,
        Map<String, Long> streams,
        Map<String, Object> parts) {
    /** The version this release writes, and the only one it reads. */
    public static final int VERSION = 1;

    public Snapshot {
        pending = List.copyOf(pending);
        streams = Collections.unmodifiableMap(new TreeMap<>(streams));
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
}
