package io.understudy.world;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened in an emulated system, told in that system's words.
 *
 * @param at the virtual instant
 * @param system the system it happened in, such as {@code undermoon}
 * @param type what happened, such as {@code migrationCommitted}
 * @param details facts about it: strings, numbers, booleans, and lists and maps of these, in the order given
 */
public record DomainEvent(Instant at, String system, String type, Map<String, Object> details) {
    public DomainEvent {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
