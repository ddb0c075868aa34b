package io.understudy.world;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them. */
final class Durations {
    /** A number and a unit. The number's length is bounded: nobody's duration has more digits. */
    private static final Pattern PLAIN =
            Pattern.compile("(-?\\d{1,18}(?:\\.\\d{1,18})?)(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);

    private Durations() {}

    static Duration parse(String text) {
        Matcher plain = PLAIN.matcher(text);
        try {
            if (plain.matches()) {
                BigDecimal nanos = new BigDecimal(plain.group(1))
                        .multiply(BigDecimal.valueOf(unit(plain.group(2)).toNanos()));
                BigDecimal[] seconds = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
                return Duration.ofSeconds(seconds[0].longValueExact(), seconds[1].longValue());
            }
            String iso = text.toUpperCase(Locale.ROOT);
            return Duration.parse(iso.startsWith("P") || iso.startsWith("-P") ? iso : "PT" + iso);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new DateTimeParseException("'" + text + "' is no duration; write PT2H, 30s or 150ms", text, 0, e);
        }
    }

    private static Duration unit(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
