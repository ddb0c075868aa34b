package io.understudy.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.understudy.world.ClockMode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads values: records, lists, maps, strings, numbers.
 *
 * <p>Instants and durations are ISO-8601 text; durations may also be read as {@code 2s}, {@code 150ms}. The alternatives of a
 * sealed interface that bears {@code @JsonTypeInfo} are named after their classes, with a small first letter. Unknown and
 * repeated members are refused.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, text(Instant::toString))
                    .addDeserializer(Instant.class, parsed(Instant.class, Instant::parse, "2026-01-01T00:00:00Z"))
                    .addSerializer(Duration.class, text(Duration::toString))
                    .addDeserializer(Duration.class, parsed(Duration.class, ClockMode::duration, "PT2H, 30s or 150ms")))
            .annotationIntrospector(new SealedAlternatives())
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
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new BadJson("null where " + type.getSimpleName() + " is wanted", new NullPointerException());
            }
            return value;
        } catch (JacksonException e) {
            throw new BadJson(explain(e), e);
        }
    }

    /**
     * Makes a value of that class of plain data: maps, lists, strings, numbers, booleans.
     *
     * @throws BadJson if the data does not fit the class
     */
    public static <T> T convert(@Nullable Object data, Class<T> type) {
        try {
            return MAPPER.convertValue(data, type);
        } catch (IllegalArgumentException e) {
            throw new BadJson(
                    e.getCause() instanceof JacksonException jackson
                            ? explain(jackson)
                            : String.valueOf(e.getMessage()),
                    e);
        }
    }

    private static String explain(JacksonException e) {
        String where = e instanceof JsonMappingException mapping ? path(mapping) : "";
        String what;
        if (e instanceof UnrecognizedPropertyException unknown) {
            what = "unknown member '" + unknown.getPropertyName() + "'; known are " + unknown.getKnownPropertyIds();
        } else if (e instanceof InvalidTypeIdException type) {
            what = type.getTypeId() == null
                    ? "the member 'type' is missing; it is one of " + alternatives(type)
                    : "no type '" + type.getTypeId() + "'; it is one of " + alternatives(type);
        } else if (e.getCause() instanceof IllegalArgumentException || e.getCause() instanceof DateTimeException) {
            what = String.valueOf(e.getCause().getMessage());
        } else {
            what = String.valueOf(e.getOriginalMessage());
        }
        if (!where.isEmpty()) {
            return "at " + where + ": " + what;
        }
        return e instanceof MismatchedInputException || e.getLocation() == null
                ? what
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ": " + what;
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "/" + step.getIndex() : "/" + step.getFieldName())
                .collect(Collectors.joining());
    }

    private static List<String> alternatives(InvalidTypeIdException e) {
        Class<?> sealed = e.getBaseType().getRawClass();
        return sealed.isSealed()
                ? Arrays.stream(sealed.getPermittedSubclasses())
                        .map(Json::alternative)
                        .toList()
                : List.of();
    }

    /** The name of one alternative of a sealed interface: its class's simple name with a small first letter. */
    public static String alternative(Class<?> type) {
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static final class SealedAlternatives extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
            Class<?> type = annotated.getRawType();
            if (!type.isSealed()) {
                return super.findSubtypes(annotated);
            }
            return Arrays.stream(type.getPermittedSubclasses())
                    .map(subtype -> new NamedType(subtype, alternative(subtype)))
                    .toList();
        }

        @Override
        public @Nullable String findTypeName(AnnotatedClass annotated) {
            return Arrays.stream(annotated.getRawType().getInterfaces()).anyMatch(Class::isSealed)
                    ? alternative(annotated.getRawType())
                    : super.findTypeName(annotated);
        }
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
