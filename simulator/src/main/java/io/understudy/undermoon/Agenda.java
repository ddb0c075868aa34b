package io.understudy.undermoon;

import io.understudy.world.Event;
import io.understudy.world.Timers;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The next round of each kind; of a kind there is at most one ahead. */
final class Agenda {
    private final Timers timers;
    private final Map<String, Planned> planned = new TreeMap<>();

    /** A round that is scheduled. */
    record Planned(Instant at, long sequence) {}

    Agenda(Timers timers) {
        this.timers = timers;
    }

    /** Has the round come at that instant, and at no other; or not at all. */
    void plan(Event round, Optional<Instant> next) {
        Planned before = planned.get(round.kind());
        if (next.equals(Optional.ofNullable(before).map(Planned::at))) {
            return;
        }
        if (before != null) {
            timers.cancel(before.sequence());
            planned.remove(round.kind());
        }
        next.ifPresent(at -> planned.put(round.kind(), new Planned(at, timers.at(at, round))));
    }

    /** The same for a round that comes at regular intervals: one that is due at this very instant is not put off. */
    void planRegular(Event round, Optional<Instant> next, Instant now) {
        Planned before = planned.get(round.kind());
        if (before == null || before.at().isAfter(now)) {
            plan(round, next);
        }
    }

    /** The round has come. */
    void came(Event round) {
        planned.remove(round.kind());
    }

    Map<String, Planned> state() {
        return new TreeMap<>(planned);
    }

    /** Becomes what {@link #state} said; the events themselves are the clock's. */
    void restore(Map<String, Planned> state) {
        planned.clear();
        planned.putAll(state);
    }
}
