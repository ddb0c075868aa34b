package io.understudy.control;

import static io.understudy.control.ControlApi.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.understudy.journal.Entry;
import io.understudy.journal.Exchange;
import io.understudy.journal.Expectation;
import io.understudy.journal.Journal;
import io.understudy.journal.Match;
import io.understudy.journal.Reply;
import io.understudy.journal.Verification;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The journal over HTTP. */
final class JournalOperations {
    static final String[] QUERY = {"system", "operation", "since", "limit"};

    /** How many entries are listed unless told otherwise: a few screens. */
    static final int DEFAULT_LIMIT = 100;

    private JournalOperations() {}

    /**
     * Entries, oldest first.
     *
     * @param entries the entries
     * @param next what to give as {@code since} to go on behind them
     * @param dropped how many entries the journal has forgotten since the world began
     */
    record Page(List<Entry> entries, long next, long dropped) {}

    /** The body of {@code POST /journal/verify}. */
    record Verifying(@Nullable Match match, @Nullable Times times) {}

    /** How often: exactly, at least, at most. */
    record Times(@Nullable Integer atLeast, @Nullable Integer atMost) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Times exactly(int times) {
            return new Times(times, times);
        }

        @JsonCreator
        Times {}

        Expectation of(Match match) {
            return new Expectation(match, atLeast == null ? 0 : atLeast, atMost == null ? Integer.MAX_VALUE : atMost);
        }
    }

    /** The finding, and in {@code message} as text for people. */
    record Finding(
            boolean met,
            long count,
            String wanted,
            List<Verification.NearMiss> nearMisses,
            long forgotten,
            String message) {}

    static Reply list(ControlCall call) {
        Optional<Long> since = call.number("since", 0);
        int limit = (int) Math.min(call.number("limit", 0).orElse((long) DEFAULT_LIMIT), Journal.MAX_ENTRIES);
        Predicate<Entry> filter = filter(call);
        Journal journal = call.world().journal();
        // since a number the oldest come first, so that one can page on; without it the newest are what one wants to
        // see
        List<Entry> entries = since.isPresent()
                ? journal
                        .entries(entry -> entry.sequence() > since.get() && filter.test(entry), Journal.MAX_ENTRIES)
                        .stream()
                        .limit(limit)
                        .toList()
                : journal.entries(filter, limit);
        long next = entries.isEmpty()
                ? since.orElse(0L)
                : entries.get(entries.size() - 1).sequence();
        return json(new Page(entries, next, journal.dropped()));
    }

    private static Predicate<Entry> filter(ControlCall call) {
        Optional<String> system = call.query("system");
        Optional<Match> operation = call.query("operation").map(Match::operation);
        system.filter(name -> call.world().systems().stream()
                        .noneMatch(known -> known.name().equals(name)))
                .ifPresent(name -> {
                    throw NearNames.unknown(
                            "there is no system",
                            name,
                            "this world has",
                            call.world().systems().stream()
                                    .map(known -> known.name())
                                    .toList());
                });
        return entry -> system.map(entry.system()::equals).orElse(true)
                && operation
                        .map(match -> entry instanceof Exchange exchange && match.matches(exchange))
                        .orElse(true);
    }

    static Reply clear(ControlCall call) {
        call.world().journal().clear();
        return ControlApi.nothing();
    }

    static Reply verify(ControlCall call) {
        Verifying body = call.body(Verifying.class);
        Times times = body.times();
        if (times == null) {
            throw new IllegalArgumentException(
                    "the member 'times' is missing; write a number or {\"atLeast\": 1, \"atMost\": 3}");
        }
        Match match = body.match() == null ? Match.ANY : body.match();
        Verification found = call.world().journal().check(times.of(match));
        return json(new Finding(
                found.met(),
                found.count(),
                found.wanted(),
                found.nearMisses(),
                found.forgotten(),
                found.describe(match)));
    }
}
