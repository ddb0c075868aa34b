package io.understudy.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What holds a world together: one lock, the {@link Clock}, the {@link Entropy}, and the {@linkplain Part parts} that live in it.
 *
 * <p>Everything that looks at or changes the world does so in a <em>step</em> ({@link #step}): the lock is taken, events that
 * have come due run first, then the action runs with time standing still, then the lock is released, and last the effects that
 * the step asked for ({@link #afterStep}) are carried out on the outside. Steps nest; an inner one is part of the outer.
 */
public final class Kernel {
    /** Where virtual time starts unless told otherwise. */
    public static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

    /** What one outermost step remembers of what happened in it; a longer {@code advance} reports the first ones and a count. */
    public static final int MAX_HAPPENED = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final Entropy entropy;
    private final Map<String, Part<?>> parts = new LinkedHashMap<>();
    private final List<Consumer<DomainEvent>> listeners = new ArrayList<>();
    private final List<DomainEvent> happened = new ArrayList<>();
    private final List<Runnable> stepEnds = new ArrayList<>();
    private List<Runnable> effects = new ArrayList<>();
    private final ClockMode initialMode;
    private long initialSeed;
    private long happenedInAll;

    /**
     * A world without parts.
     *
     * @param seed what all chance is drawn from
     * @param start the first instant of virtual time
     * @param mode how time moves
     * @param wall real time, for the clock's real mode
     */
    public Kernel(long seed, Instant start, ClockMode mode, WallClock wall) {
        this.initialSeed = seed;
        this.initialMode = mode;
        this.entropy = new Entropy(this, seed);
        this.clock = new Clock(this, start, mode, wall);
    }

    /** Virtual time. */
    public Clock clock() {
        return clock;
    }

    /** Seeded chance. Draw from it inside a step only. */
    public Entropy entropy() {
        return entropy;
    }

    /** The seed the world last started from. */
    public long seed() {
        return step(entropy::seed);
    }

    /**
     * Adds a part and brings it to its initial state.
     *
     * @throws IllegalArgumentException if a part of that name is there already
     */
    public void add(Part<?> part) {
        step(() -> {
            if (parts.putIfAbsent(part.name(), part) != null) {
                throw new IllegalArgumentException("the world already has a part named " + part.name());
            }
            try {
                part.reset();
            } catch (RuntimeException e) {
                parts.remove(part.name());
                throw e;
            }
        });
    }

    /** The part's way to schedule events of its own. */
    public Timers timers(Part<?> part) {
        return new Timers(clock, part);
    }

    /** Runs the action as one atomic step of the world, after everything that is due. */
    public <T> T step(Supplier<T> action) {
        return step(action, CatchUp.DUE);
    }

    /** Runs the action as one atomic step of the world, after everything that is due. */
    public void step(Runnable action) {
        step(() -> {
            action.run();
            return null;
        });
    }

    /** A step that is a request: in {@linkplain ClockMode.PerRequest per-request mode} it first moves time by the mode's step. */
    public <T> T request(Supplier<T> action) {
        return step(action, CatchUp.REQUEST);
    }

    /** What runs before the action of an outermost step. */
    private enum CatchUp {
        /** What is due. */
        DUE,
        /** What is due, and what the request's own step of time brings. */
        REQUEST,
        /** Nothing: the action replaces the world, and must be able to even if the events that are due fail. */
        NOTHING
    }

    private <T> T step(Supplier<T> action, CatchUp before) {
        if (lock.isHeldByCurrentThread()) {
            return action.get();
        }
        List<Runnable> outside = List.of();
        Throwable failure = null;
        try {
            lock.lock();
            try {
                return outermost(action, before);
            } finally {
                outside = takeEffects();
                lock.unlock();
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            carryOut(outside, failure);
        }
    }

    private <T> T outermost(Supplier<T> action, CatchUp before) {
        happened.clear();
        happenedInAll = 0;
        try {
            if (before != CatchUp.NOTHING) {
                clock.catchUp(before == CatchUp.REQUEST);
            }
            return action.get();
        } finally {
            stepEnds.forEach(Runnable::run);
        }
    }

    private List<Runnable> takeEffects() {
        if (effects.isEmpty()) {
            return List.of();
        }
        List<Runnable> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }

    /** One effect's failure does not keep the others from happening. */
    private static void carryOut(List<Runnable> outside, @Nullable Throwable before) {
        RuntimeException failure = null;
        for (Runnable effect : outside) {
            try {
                effect.run();
            } catch (RuntimeException e) {
                if (before != null) {
                    before.addSuppressed(e);
                } else if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Has the effect carried out on the outside (a socket, another process) when the outermost step has released the lock. */
    public void afterStep(Runnable effect) {
        requireStep();
        effects.add(effect);
    }

    /** Has the listener called at the end of every outermost step, inside it, also when the step has failed. */
    public void onStepEnd(Runnable listener) {
        step(() -> {
            stepEnds.add(listener);
        });
    }

    /** Tells everybody who listens that something happened in a system, now. */
    public void emit(String system, String type, Map<String, Object> details) {
        requireStep();
        DomainEvent event = new DomainEvent(clock.instant(), system, type, details);
        happenedInAll++;
        if (happened.size() < MAX_HAPPENED) {
            happened.add(event);
        }
        for (Consumer<DomainEvent> listener : listeners) {
            listener.accept(event);
        }
    }

    /** Has the listener called for every event that is emitted, inside the step that emits it. */
    public void onDomainEvent(Consumer<DomainEvent> listener) {
        step(() -> {
            listeners.add(listener);
        });
    }

    /** How many events the outermost step has emitted so far. */
    long happenedInAll() {
        return happenedInAll;
    }

    /** What the outermost step has emitted since it stood at that count, as far as it is remembered. */
    List<DomainEvent> happenedSince(long count) {
        return count >= happened.size() ? List.of() : List.copyOf(happened.subList((int) count, happened.size()));
    }

    /**
     * Goes back to the initial world: time, chance, no pending events, and every part as it was built. The seed is the one the
     * world was built with or last {@linkplain #reset(long) reset to}, also after a {@link #restore}.
     */
    public void reset() {
        replace(() -> startFrom(initialSeed));
    }

    /** Goes back to the initial world under another seed, which stays the seed of later resets. */
    public void reset(long seed) {
        replace(() -> startFrom(seed));
    }

    private void startFrom(long seed) {
        initialSeed = seed;
        clock.reset(initialMode);
        entropy.reset(seed);
        parts.values().forEach(Part::reset);
    }

    private void replace(Runnable action) {
        step(
                () -> {
                    clock.requireIdle("reset or restore the world");
                    action.run();
                    return lock;
                },
                CatchUp.NOTHING);
    }

    /** The whole world as a value. */
    public Snapshot snapshot() {
        return step(this::snapshotNow);
    }

    private Snapshot snapshotNow() {
        Map<String, Object> states = new LinkedHashMap<>();
        parts.forEach((name, part) -> states.put(name, part.state()));
        return new Snapshot(
                Snapshot.VERSION,
                entropy.seed(),
                clock.now(),
                clock.mode().toString(),
                clock.nextSequence(),
                clock.pending(),
                entropy.positions(),
                states);
    }

    /**
     * Becomes the world of the snapshot.
     *
     * @throws IllegalArgumentException if the snapshot is of another version, of a world with other parts, or contradicts
     *     itself; nothing is changed
     */
    public void restore(Snapshot snapshot) {
        replace(() -> {
            ClockMode mode = requireRestorable(snapshot);
            Snapshot before = snapshotNow();
            try {
                become(snapshot, mode);
            } catch (RuntimeException e) {
                become(before, clock.mode());
                throw new IllegalArgumentException("the snapshot cannot be restored: " + e.getMessage(), e);
            }
        });
    }

    private void become(Snapshot snapshot, ClockMode mode) {
        entropy.restore(snapshot.seed(), snapshot.streams());
        clock.restore(snapshot.now(), mode, snapshot.nextSequence(), snapshot.pending());
        snapshot.parts().forEach((name, state) -> {
            restore(part(name), state);
            if (clock.nextSequence() != snapshot.nextSequence()) {
                throw new IllegalStateException(name + " must not schedule events while it is restored");
            }
        });
    }

    private ClockMode requireRestorable(Snapshot snapshot) {
        if (snapshot.version() != Snapshot.VERSION) {
            throw new IllegalArgumentException("the snapshot is of version " + snapshot.version()
                    + "; this release reads version " + Snapshot.VERSION);
        }
        if (!snapshot.parts().keySet().equals(parts.keySet())) {
            throw new IllegalArgumentException("the snapshot is of a world with the parts "
                    + snapshot.parts().keySet() + "; this world has " + parts.keySet());
        }
        snapshot.parts().forEach((name, state) -> {
            if (!part(name).stateType().isInstance(state)) {
                throw new IllegalArgumentException("the snapshot's state of " + name + " is no state of it: " + state);
            }
        });
        Clock.requireInTime("the snapshot's now", snapshot.now());
        if (snapshot.pending().size() > Clock.MAX_PENDING || snapshot.streams().size() > Entropy.MAX_STREAMS) {
            throw new IllegalArgumentException("the snapshot has "
                    + snapshot.pending().size() + " pending events and "
                    + snapshot.streams().size() + " entropy streams; a world has at most " + Clock.MAX_PENDING + " and "
                    + Entropy.MAX_STREAMS);
        }
        Set<Long> sequences = new HashSet<>();
        snapshot.pending().forEach(planned -> requireRestorable(planned, snapshot, sequences));
        return ClockMode.parse(snapshot.mode());
    }

    private void requireRestorable(PendingEvent planned, Snapshot snapshot, Set<Long> sequences) {
        String event = "the snapshot's pending event " + planned.sequence();
        if (planned.at().isBefore(snapshot.now())) {
            throw new IllegalArgumentException(
                    event + " is due at " + planned.at() + ", before the snapshot's now, " + snapshot.now());
        }
        if (planned.sequence() >= snapshot.nextSequence() || !sequences.add(planned.sequence())) {
            throw new IllegalArgumentException(
                    event + " must have a number of its own below nextSequence, which is " + snapshot.nextSequence());
        }
        Part<?> part = parts.get(planned.part());
        if (part == null || !part.eventTypes().contains(planned.event().getClass())) {
            throw new IllegalArgumentException(event + " is a "
                    + planned.event().kind() + " of " + planned.part() + ", which this world does not know");
        }
    }

    private static <S> void restore(Part<S> part, Object state) {
        part.restore(part.stateType().cast(state));
    }

    /**
     * The part of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Part<?> part(String name) {
        Part<?> part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("the world has no part named " + name + "; it has " + parts.keySet());
        }
        return part;
    }

    void requireStep() {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("this happens inside a step of the world only");
        }
    }
}
