package io.understudy.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Header fields in the order and spelling in which they go over the wire; looked up without regard to case.
 *
 * <p>In JSON they are a list of {@code {"name": …, "value": …}}, because order and repetition can matter.
 *
 * @param fields the fields
 */
public record Headers(@JsonValue List<Header> fields) {
    /** No fields. */
    public static final Headers NONE = new Headers(List.of());

    /** One field. */
    public record Header(String name, String value) {}

    @JsonCreator
    public Headers {
        fields = List.copyOf(fields);
    }

    /** Names and values in turn: {@code of("content-type", "text/plain", "etag", "\"1\"")}. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "a header name without a value: " + namesAndValues[namesAndValues.length - 1]);
        }
        List<Header> fields = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Headers(fields);
    }

    /** These fields and one more at the end. */
    public Headers with(String name, String value) {
        List<Header> more = new ArrayList<>(fields);
        more.add(new Header(name, value));
        return new Headers(more);
    }

    /** The first value under that name. */
    public Optional<String> first(String name) {
        for (Header field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** All values under that name, in order. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** Whether there is a field of that name. */
    public boolean contains(String name) {
        return first(name).isPresent();
    }
}
