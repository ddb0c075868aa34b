package io.understudy.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Jackson's complaints in the words of somebody who wrote the JSON and knows nothing of classes. */
final class Explanation {
    /** How Jackson says it; there is no exception of its own for that. */
    private static final Pattern MISSING =
            Pattern.compile("Missing required creator property '([^']*)'.*", Pattern.DOTALL);

    private Explanation() {}

    /** What is wrong and where, in a document or in a part of it that stands at that path. */
    static String of(JacksonException e, String below) {
        String where = below + (e instanceof JsonMappingException mapping ? path(mapping) : "");
        if (MISSING.matcher(String.valueOf(e.getOriginalMessage())).matches()) {
            // the path leads to the member, but where it should stand is its parent
            where = where.substring(0, Math.max(0, where.lastIndexOf('/')));
        }
        if (where.isEmpty() && !(e instanceof JsonMappingException) && e.getLocation() != null) {
            where = "line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr();
        }
        return at(where, what(e));
    }

    static String at(String where, String what) {
        return where.isEmpty() ? what : "at " + where + ": " + what;
    }

    private static String what(JacksonException e) {
        Matcher missing = MISSING.matcher(String.valueOf(e.getOriginalMessage()));
        if (missing.matches()) {
            return "the member '" + missing.group(1) + "' is missing";
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "unknown member '" + unknown.getPropertyName() + "'; known are " + known(unknown);
        }
        if (e instanceof InvalidTypeIdException type) {
            return (type.getTypeId() == null
                            ? "the member '" + discriminator(type) + "' is missing"
                            : "there is no " + discriminator(type) + " '" + type.getTypeId() + "'")
                    + "; it is one of " + alternatives(type);
        }
        if (e instanceof InvalidNullException) {
            return "null where a value is wanted";
        }
        if (e.getCause() instanceof IllegalArgumentException || e.getCause() instanceof DateTimeException) {
            return String.valueOf(e.getCause().getMessage());
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return mismatch(mismatch, mismatch.getTargetType());
        }
        return String.valueOf(e.getOriginalMessage());
    }

    private static String mismatch(MismatchedInputException e, Class<?> wanted) {
        if (e instanceof InvalidFormatException format && wanted.isEnum()) {
            return "'" + format.getValue() + "' is none of " + Arrays.toString(wanted.getEnumConstants());
        }
        String found = e.getProcessor() instanceof JsonParser parser ? name(parser.currentToken()) : "something else";
        return "wanted " + name(wanted) + ", found " + found;
    }

    private static String name(Class<?> wanted) {
        if (wanted == int.class || wanted == long.class || wanted == Integer.class || wanted == Long.class) {
            return "a whole number";
        }
        if (wanted == double.class || Number.class.isAssignableFrom(wanted)) {
            return "a number";
        }
        if (wanted == boolean.class || wanted == Boolean.class) {
            return "true or false";
        }
        if (wanted == Instant.class || wanted == Duration.class || wanted == String.class || wanted.isEnum()) {
            return "a text";
        }
        if (Collection.class.isAssignableFrom(wanted)) {
            return "a list";
        }
        return wanted.isRecord() || wanted.isSealed() || Map.class.isAssignableFrom(wanted) ? "an object" : "a text";
    }

    private static String name(@Nullable JsonToken found) {
        if (found == null) {
            return "nothing";
        }
        return switch (found) {
            case START_OBJECT, FIELD_NAME, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT -> "a number that does not fit";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "/" + step.getIndex() : "/" + step.getFieldName())
                .collect(Collectors.joining());
    }

    private static Collection<?> known(UnrecognizedPropertyException e) {
        return e.getKnownPropertyIds() == null ? List.of() : new TreeSet<>(e.getKnownPropertyIds());
    }

    private static String discriminator(InvalidTypeIdException e) {
        JsonTypeInfo info = e.getBaseType().getRawClass().getAnnotation(JsonTypeInfo.class);
        return info == null ? "type" : info.property();
    }

    private static List<String> alternatives(InvalidTypeIdException e) {
        Class<?> sealed = e.getBaseType().getRawClass();
        return sealed.isSealed()
                ? Arrays.stream(sealed.getPermittedSubclasses())
                        .map(Json::alternative)
                        .toList()
                : List.of();
    }
}
