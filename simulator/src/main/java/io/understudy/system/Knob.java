package io.understudy.system;

import io.understudy.world.ClockMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * Something that can be set about a system: {@code --set undermoon.failureTtl=30s}.
 *
 * @param name its name within the system
 * @param kind what its values look like, in words
 * @param defaultText the default, as text; a profile may have another
 * @param summary what it does
 * @param parser reads a value; throws IllegalArgumentException if it is none
 * @param isSecret whether values must not be shown: neither one that is wrong nor the one that is set
 * @param <T> the type of its values
 */
public record Knob<T>(
        String name, String kind, String defaultText, String summary, Function<String, T> parser, boolean isSecret) {
    public Knob {
        Objects.requireNonNull(
                parser.apply(defaultText)); // a default that is no value is a defect of the system's room
    }

    /** One whose values are no secrets. */
    public Knob(String name, String kind, String defaultText, String summary, Function<String, T> parser) {
        this(name, kind, defaultText, summary, parser, false);
    }

    /** {@code on} or {@code off}. */
    public static Knob<Boolean> flag(String name, boolean byDefault, String summary) {
        return new Knob<>(name, "on or off", byDefault ? "on" : "off", summary, text -> switch (text) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> throw new IllegalArgumentException("not on or off");
        });
    }

    /** A whole number within bounds. */
    public static Knob<Long> integer(String name, long byDefault, long min, long max, String summary) {
        String kind = "a whole number from " + min + " to " + max;
        return new Knob<>(name, kind, Long.toString(byDefault), summary, text -> {
            long value = Long.parseLong(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException("out of bounds");
            }
            return value;
        });
    }

    /** A duration, zero or longer, in virtual time. */
    public static Knob<Duration> duration(String name, String byDefault, String summary) {
        return new Knob<>(name, "a duration such as 30s or PT2H", byDefault, summary, text -> {
            try {
                Duration value = ClockMode.duration(text);
                if (value.isNegative()) {
                    throw new IllegalArgumentException("negative");
                }
                return value;
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        });
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    public static <E extends Enum<E>> Knob<E> choice(String name, E byDefault, String summary) {
        List<E> all = Arrays.asList(byDefault.getDeclaringClass().getEnumConstants());
        String kind = "one of " + String.join(", ", all.stream().map(Knob::text).toList());
        return new Knob<>(
                name,
                kind,
                text(byDefault),
                summary,
                text -> all.stream()
                        .filter(constant -> text(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("none of them")));
    }

    /** Any text. */
    public static Knob<String> text(String name, String byDefault, String summary) {
        return new Knob<>(name, "text", byDefault, summary, Function.identity());
    }

    /** Texts from a given set, separated by commas; may be empty if {@code byDefault} may. */
    public static Knob<List<String>> list(String name, String byDefault, List<String> allowed, String summary) {
        String kind = "a comma list" + (allowed.isEmpty() ? "" : " of " + String.join(", ", allowed));
        return new Knob<>(name, kind, byDefault, summary, text -> {
            List<String> items = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
            if (!allowed.isEmpty() && !allowed.containsAll(items)) {
                throw new IllegalArgumentException("only " + allowed);
            }
            return items;
        });
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
