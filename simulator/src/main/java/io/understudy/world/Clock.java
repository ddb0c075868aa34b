package io.understudy.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A world's virtual time, and what is going to happen in it.
 *
 * <p>Due events run in the order (instant, sequence). Inside a step of the world time stands still; see {@link ClockMode} for
 * how it moves between steps. Every method may be called from any thread.
 */
public final class Clock {
    /**
     * The last instant of virtual time. Beyond it years have five digits, which HTTP dates and most of the systems' formats
     * cannot tell. In real and per-request mode time stops here; an event planned for later never happens.
     */
    public static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    /** The first instant of virtual time: systems count from the epoch, some of them without a sign. */
    static final Instant BEGINNING = Instant.EPOCH;

    /** Bounds the events to come; a world that plans more has lost control of itself. */
    static final int MAX_PENDING = 1_000_000;

    /** How many events may run without time moving on; more means that events keep begetting each other. */
    static final int MAX_EVENTS_AT_ONE_INSTANT = 1_000_000;

    private final Kernel kernel;
    private final WallClock wall;
    private final Instant start;
    private final TreeSet<PendingEvent> pending = new TreeSet<>(PendingEvent.ORDER);
    private final Map<Long, PendingEvent> bySequence = new HashMap<>();
    private final List<Runnable> modeListeners = new ArrayList<>();
    private ClockMode mode;
    private Instant now;
    /** In real mode time is {@code anchor} plus what has passed outside since {@code anchorNanos}, times the speed. */
    private Instant anchor;

    private long anchorNanos;
    private long nextSequence;
    private boolean running;

    Clock(Kernel kernel, Instant start, ClockMode mode, WallClock wall) {
        requireInTime("a world's start", start);
        this.kernel = kernel;
        this.wall = wall;
        this.start = start;
        this.now = start;
        this.mode = mode;
        this.anchor = start;
        this.anchorNanos = wall.nanos();
    }

    /** The virtual instant. In real mode the world is caught up first. */
    public Instant now() {
        return kernel.step(() -> now);
    }

    /** How time moves. */
    public ClockMode mode() {
        return kernel.step(() -> mode);
    }

    /** Changes how time moves from here on. */
    public void setMode(ClockMode newMode) {
        kernel.step(() -> {
            mode = newMode;
            dropAnchor();
            modeListeners.forEach(Runnable::run);
        });
    }

    /** Has the listener called, inside the step, whenever the mode is changed by {@link #setMode}. */
    public void onModeChange(Runnable listener) {
        kernel.step(() -> {
            modeListeners.add(listener);
        });
    }

    /** What is going to happen, in that order. */
    public List<PendingEvent> pending() {
        return kernel.step(() -> List.copyOf(pending));
    }

    /** How many events are to come. */
    public int pendingCount() {
        return kernel.step(pending::size);
    }

    /** When the next thing happens, if any is planned. */
    public Optional<Instant> nextEventAt() {
        return kernel.step(() -> pending.isEmpty()
                ? Optional.empty()
                : Optional.of(pending.first().at()));
    }

    /**
     * How long to wait outside until the next event is due; empty when none is planned or time does not follow real time.
     */
    public Optional<Duration> realTimeUntilNextEvent() {
        return kernel.step(() -> {
            if (!(mode instanceof ClockMode.Real real) || pending.isEmpty()) {
                return Optional.empty();
            }
            double seconds = secondsUntil(pending.first().at()) / real.speed();
            // rounded up, so that whoever sleeps so long finds the event due
            return Optional.of(nanos(Math.ceil(seconds * 1e9)));
        });
    }

    /**
     * Moves time on, running every event that comes due.
     *
     * @param by how far, in virtual time; zero runs what is due now
     * @throws IllegalArgumentException if it is negative or leads beyond {@link #END}
     */
    public Advance advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time cannot go back: asked to advance by " + by);
        }
        return kernel.step(() -> {
            Instant until = later(now, by);
            if (until.isAfter(END)) {
                throw new IllegalArgumentException(
                        "virtual time ends at " + END + ": it is " + now + ", asked to advance by " + by);
            }
            return run(until, () -> false, true);
        });
    }

    /**
     * Moves time on to that instant, running every event that comes due.
     *
     * @throws IllegalArgumentException if the instant has passed or is after {@link #END}
     */
    public Advance advanceTo(Instant instant) {
        if (instant.isAfter(END)) {
            throw new IllegalArgumentException("virtual time ends at " + END + ", asked for " + instant);
        }
        return run(instant, () -> false, true);
    }

    /**
     * Runs events one by one until the condition holds, asking it before the first, after each, and at the limit.
     *
     * @param condition asked inside the step; it must not move the clock
     * @param limit how much virtual time to give it; when it has passed without the condition, time stands at the limit.
     *     Never further than {@link #END}
     * @throws IllegalArgumentException if the limit is negative
     */
    public Advance runUntil(BooleanSupplier condition, Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("time cannot go back: the limit is " + limit);
        }
        return kernel.step(() -> run(notAfterEnd(later(now, limit)), condition, false));
    }

    private Advance run(Instant until, BooleanSupplier condition, boolean plain) {
        return kernel.step(() -> {
            if (until.isBefore(now)) {
                throw new IllegalArgumentException("time cannot go back: it is " + now + ", asked for " + until);
            }
            long before = kernel.happenedInAll();
            boolean met;
            try {
                met = runEvents(until, condition);
            } finally {
                // also after a failure: time has moved, and in real mode it goes on from there
                dropAnchor();
            }
            return new Advance(now, kernel.happenedSince(before), kernel.happenedInAll() - before, met || plain);
        });
    }

    /** Runs what is due up to the instant and leaves time there, or where the condition was met. */
    private boolean runEvents(Instant until, BooleanSupplier condition) {
        requireIdle("move the clock");
        running = true;
        try {
            int atThisInstant = 0;
            while (!condition.getAsBoolean()) {
                if (pending.isEmpty() || pending.first().at().isAfter(until)) {
                    now = until;
                    return condition.getAsBoolean();
                }
                PendingEvent due = pending.pollFirst();
                bySequence.remove(due.sequence());
                if (due.at().isAfter(now)) {
                    now = due.at();
                    atThisInstant = 0;
                } else if (++atThisInstant > MAX_EVENTS_AT_ONE_INSTANT) {
                    throw new IllegalStateException("more than " + MAX_EVENTS_AT_ONE_INSTANT + " events at " + now
                            + "; the last was " + due.event() + " of " + due.part());
                }
                kernel.part(due.part()).handle(due.event());
            }
            return true;
        } finally {
            running = false;
        }
    }

    /** Called at the beginning of every outermost step. */
    void catchUp(boolean isRequest) {
        if (mode instanceof ClockMode.Real real) {
            Instant target = notAfterEnd(later(anchor, nanos((wall.nanos() - anchorNanos) * real.speed())));
            if (target.isAfter(now)) {
                runEvents(target, () -> false);
            }
        } else if (isRequest && mode instanceof ClockMode.PerRequest perRequest) {
            runEvents(notAfterEnd(later(now, perRequest.step())), () -> false);
        }
    }

    private void dropAnchor() {
        anchor = now;
        anchorNanos = wall.nanos();
    }

    long schedule(String part, Instant at, Event event) {
        kernel.requireStep();
        if (pending.size() >= MAX_PENDING) {
            throw new IllegalStateException("a world plans at most " + MAX_PENDING + " events ahead");
        }
        PendingEvent planned = new PendingEvent(at.isBefore(now) ? now : at, nextSequence++, part, event);
        pending.add(planned);
        bySequence.put(planned.sequence(), planned);
        return planned.sequence();
    }

    void cancel(long sequence) {
        kernel.requireStep();
        PendingEvent planned = bySequence.remove(sequence);
        if (planned != null) {
            pending.remove(planned);
        }
    }

    /** Takes back all events of that part which the condition picks; looks at every event there is. */
    void cancel(String part, Predicate<Event> which) {
        kernel.requireStep();
        pending.removeIf(planned -> {
            boolean isMeant = planned.part().equals(part) && which.test(planned.event());
            if (isMeant) {
                bySequence.remove(planned.sequence());
            }
            return isMeant;
        });
    }

    /** The virtual instant, inside a step: {@link #now} without entering one. */
    Instant instant() {
        return now;
    }

    long nextSequence() {
        return nextSequence;
    }

    void reset(ClockMode initialMode) {
        restore(start, initialMode, 0, List.of());
    }

    void restore(Instant instant, ClockMode restoredMode, long sequence, List<PendingEvent> events) {
        now = instant;
        mode = restoredMode;
        dropAnchor();
        nextSequence = sequence;
        pending.clear();
        bySequence.clear();
        events.forEach(event -> {
            pending.add(event);
            bySequence.put(event.sequence(), event);
        });
    }

    /** Refuses what would pull the ground from under the events that are running. */
    void requireIdle(String what) {
        if (running) {
            throw new IllegalStateException("an event or a condition must not " + what);
        }
    }

    static void requireInTime(String name, Instant instant) {
        if (instant.isBefore(BEGINNING) || instant.isAfter(END)) {
            throw new IllegalArgumentException(
                    name + " is " + instant + "; it must be from " + BEGINNING + " to " + END);
        }
    }

    /** That much later, or as late as an instant can be. */
    static Instant later(Instant instant, Duration by) {
        // counted in seconds: Duration.between throws and catches an exception when the nanoseconds overflow
        long secondsLeft = Instant.MAX.getEpochSecond() - instant.getEpochSecond();
        return by.toSeconds() >= secondsLeft ? Instant.MAX : instant.plus(by);
    }

    private static Instant notAfterEnd(Instant instant) {
        return instant.isAfter(END) ? END : instant;
    }

    private double secondsUntil(Instant at) {
        return (at.getEpochSecond() - now.getEpochSecond()) + (at.getNano() - now.getNano()) / 1e9;
    }

    /** A duration of that many nanoseconds, which at high speeds are more than a long can count. */
    private static Duration nanos(double nanos) {
        double seconds = Math.floor(nanos / 1e9);
        return Duration.ofSeconds((long) seconds, (long) (nanos - seconds * 1e9));
    }
}
