package io.understudy.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.understudy.world.ClockMode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads values: records, lists, maps, strings, numbers.
 *
 * <p>Instants and durations are ISO-8601 text; durations may also be read as {@code 2s}, {@code 150ms}. The alternatives of a
 * sealed interface that bears {@code @JsonTypeInfo} are named after their classes, with a small first letter. Unknown,
 * repeated and missing members are refused; missing may be what a record declares nullable, and in a record that leaves out
 * members when it is written ({@code @JsonInclude}) all of them.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, text(Instant::toString))
                    .addDeserializer(Instant.class, parsed(Instant.class, Instant::parse, "2026-01-01T00:00:00Z"))
                    .addSerializer(Duration.class, text(Duration::toString))
                    .addDeserializer(Duration.class, parsed(Duration.class, ClockMode::duration, "PT2H, 30s or 150ms")))
            .annotationIntrospector(new Members())
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private Json() {}

    /** The value as compact JSON. */
    public static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JacksonException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value, e);
        }
    }

    /** The value as JSON over many lines, for people. */
    public static String writePretty(@Nullable Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JacksonException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value, e);
        }
    }

    /**
     * Reads a value of that class.
     *
     * @throws BadJson if the text is not JSON or not of that class
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (tree.isMissingNode()) {
                throw new BadJson("nothing where a " + type.getSimpleName() + " is wanted", null);
            }
            // in two steps, because a reader of text has moved on when it complains of what it found
            return convert(tree, type);
        } catch (JacksonException e) {
            throw new BadJson(Explanation.of(e, ""), e);
        }
    }

    /**
     * Makes a value of that class of plain data: maps, lists, strings, numbers, booleans.
     *
     * @throws BadJson if the data does not fit the class
     */
    public static <T> T convert(@Nullable Object data, Class<T> type) {
        return convert(data, type, "");
    }

    /** The same for data from within a document, at that path. */
    static <T> T convert(@Nullable Object data, Class<T> type, String at) {
        try {
            return requireValue(MAPPER.convertValue(data, type), type, at);
        } catch (BadJson e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new BadJson(
                    e.getCause() instanceof JacksonException jackson
                            ? Explanation.of(jackson, at)
                            : String.valueOf(e.getMessage()),
                    e);
        }
    }

    /** Any JSON document as a tree. */
    static JsonNode tree(String json) {
        return read(json, JsonNode.class);
    }

    /** The value as a tree. */
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    private static <T> T requireValue(@Nullable T value, Class<T> type, String at) {
        if (value == null) {
            throw new BadJson(Explanation.at(at, "null where a " + type.getSimpleName() + " is wanted"), null);
        }
        return value;
    }

    /** The name of one alternative of a sealed interface: its class's simple name with a small first letter. */
    public static String alternative(Class<?> type) {
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static <T> JsonSerializer<T> text(Function<T, String> toText) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(toText.apply(value));
            }
        };
    }

    private static <T> FromStringDeserializer<T> parsed(Class<T> type, Function<String, T> parse, String example) {
        return new FromStringDeserializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            protected Object _deserializeFromEmptyString(DeserializationContext context) throws IOException {
                return _deserialize("", context);
            }

            @Override
            protected T _deserialize(String text, DeserializationContext context) throws IOException {
                try {
                    return parse.apply(text);
                } catch (DateTimeException e) {
                    throw JsonMappingException.from(
                            context.getParser(),
                            "'" + text + "' is no " + type.getSimpleName().toLowerCase(Locale.ROOT) + "; write "
                                    + example);
                }
            }
        };
    }
}
