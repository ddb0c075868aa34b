package io.understudy.undermoon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stands in for a coordinator (knob {@code coordinatorSim}, spec undermoon 8.4, 11): once a second it reports dead
 * proxies, commits migrations that have run their time, and fails over what is suspected by enough reporters.
 *
 * <p>It never has to be woken for nothing: {@link #nextTick} is the next second at which something can happen, empty in an
 * idle world.
 */
final class Autopilot {
    /** A coordinator's pause between two rounds. */
    static final Duration TICK = Duration.ofSeconds(1);

    Autopilot(Settings settings, Broker broker, ServerProxies proxies, Conditions conditions, Instant start) {
        throw new UnsupportedOperationException();
    }

    Autopilot(State state, Broker broker, ServerProxies proxies, Conditions conditions) {
        throw new UnsupportedOperationException();
    }

    /** Looks at what is shown and what is wrong; call it after every command and every change of conditions. */
    void observe(Instant now) {
        throw new UnsupportedOperationException();
    }

    /** When to call {@link #tick} next; not before {@code now}. */
    Optional<Instant> nextTick(Instant now) {
        throw new UnsupportedOperationException();
    }

    /** One round of the coordinator's loops, at an instant {@link #nextTick} has given. Notes changes to the proxies. */
    List<Deed> tick(Instant now) {
        throw new UnsupportedOperationException();
    }

    State state() {
        throw new UnsupportedOperationException();
    }

    /**
     * @param migrationDuration virtual time a migration runs; default 5 s
     * @param perSlot added for every slot it moves; default zero
     * @param reporterId in whose name failures are reported; default {@code 127.0.0.1:6699}
     */
    record Settings(Duration migrationDuration, Duration perSlot, String reporterId) {
        static final Settings DEFAULT = new Settings(Duration.ofSeconds(5), Duration.ZERO, "127.0.0.1:6699");
    }

    /** What a round did, for the journal. */
    sealed interface Deed {
        record Reported(String address) implements Deed {}

        record Committed(MigrationTask task) implements Deed {}

        record FailedOver(String address, Outcome<Optional<ProxyView>> outcome) implements Deed {}
    }

    /** A shown migration and how long it has run. */
    record Timer(
            String cluster,
            RangeList rangeList,
            long epoch,
            long shownAtEpoch,
            long ranMillis,
            Optional<Long> runningSinceMillis) {}

    /** Everything remembered. */
    record State(Settings settings, long startMillis, List<Timer> timers) {}
}
