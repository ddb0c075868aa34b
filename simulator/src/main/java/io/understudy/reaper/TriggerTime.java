package io.understudy.reaper;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** When a schedule fires first, as a client writes it (spec reaper 1.5.3). */
final class TriggerTime {
    /** How long ago it may have been. */
    private static final Duration GRACE = Duration.ofMinutes(15);

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'HH[:mm[:ss]]]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .appendPattern("[XXX][XX][X]")
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter();

    private TriggerTime() {}

    /** @param text null = the next midnight, UTC */
    static Outcome<Instant> parse(@Nullable String text, Instant now) {
        if (text == null) {
            return Outcome.of(now.atZone(ZoneOffset.UTC)
                    .truncatedTo(ChronoUnit.DAYS)
                    .plusDays(1)
                    .toInstant());
        }
        Instant at;
        try {
            at = ISO.parse(text, Instant::from);
        } catch (DateTimeException e) {
            return Outcome.refused(new Refusal.BadRequest("invalid schedule_trigger_time"));
        }
        if (at.isBefore(now.minus(GRACE))) {
            return Outcome.refused(new Refusal.BadRequest(
                    "given schedule_trigger_time is too far in the past: " + at.truncatedTo(ChronoUnit.SECONDS)));
        }
        return Outcome.of(at);
    }
}
