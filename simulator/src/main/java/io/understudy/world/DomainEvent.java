package io.understudy.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
        details = frozen(type, details);
    }

    private static Map<String, Object> frozen(String type, Map<?, ?> details) {
        Map<String, Object> copy = new LinkedHashMap<>();
        details.forEach((name, value) -> copy.put(String.valueOf(name), plain(type, value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object plain(String type, Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return frozen(type, map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(item -> copy.add(plain(type, item)));
            return Collections.unmodifiableList(copy);
        }
        // what JSON would change on the way into a snapshot and back
        throw new IllegalArgumentException(
                "the details of " + type + " may be strings, numbers, booleans, lists and maps of these, not " + value);
    }
}
