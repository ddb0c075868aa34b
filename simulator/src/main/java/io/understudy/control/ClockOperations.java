package io.understudy.control;

import static io.understudy.control.ControlApi.json;

import io.understudy.journal.Reply;
import io.understudy.world.Advance;
import io.understudy.world.Clock;
import io.understudy.world.ClockMode;
import io.understudy.world.DomainEvent;
import io.understudy.world.PendingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Virtual time over HTTP. */
final class ClockOperations {
    /** How many of the events to come are listed; the rest is a number. */
    static final int MAX_LISTED = 100;

    private ClockOperations() {}

    /** The clock, with the next {@link #MAX_LISTED} of the events to come. */
    record Now(Instant now, String mode, List<Planned> pending, int pendingInAll) {}

    /** An event to come. */
    record Planned(Instant at, String part, String kind) {
        static Planned of(PendingEvent event) {
            return new Planned(
                    event.at(), event.part(), event.event().getClass().getSimpleName());
        }
    }

    /** The body of {@code POST /clock/advance}. */
    record Advancing(@Nullable Duration by, @Nullable Instant to) {}

    /** What {@code POST /clock/advance} says. */
    record Advanced(Instant now, List<DomainEvent> events, long eventsInAll) {}

    /** The body of {@code PUT /clock}. */
    record Mode(String mode) {}

    static Reply show(ControlCall call) {
        return json(now(call.world().clock()));
    }

    private static Now now(Clock clock) {
        List<PendingEvent> pending = clock.pending();
        return new Now(
                clock.now(),
                clock.mode().toString(),
                pending.stream().limit(MAX_LISTED).map(Planned::of).toList(),
                pending.size());
    }

    static Reply setMode(ControlCall call) {
        String mode = call.body(Mode.class).mode();
        call.world().clock().setMode(ClockMode.parse(mode));
        return json(now(call.world().clock()));
    }

    static Reply advance(ControlCall call) {
        Advancing how = call.body(Advancing.class);
        Clock clock = call.world().clock();
        Advance advance;
        if (how.by() != null && how.to() == null) {
            advance = clock.advance(how.by());
        } else if (how.to() != null && how.by() == null) {
            advance = clock.advanceTo(how.to());
        } else {
            throw new IllegalArgumentException("write either {\"by\": \"PT2H\"} or {\"to\": \"2026-01-02T00:00:00Z\"}");
        }
        return json(new Advanced(advance.now(), advance.events(), advance.eventsInAll()));
    }
}
