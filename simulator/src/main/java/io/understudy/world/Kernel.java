package io.understudy.world;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
    private final Queue<Runnable> effects = new ArrayDeque<>();
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
        this.entropy = new Entropy(seed);
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
            part.reset();
        });
    }

    /** The part's way to schedule events of its own. */
    public Timers timers(Part<?> part) {
        return new Timers(clock, part.name());
    }

    /** Runs the action as one atomic step of the world, after everything that is due. */
    public <T> T step(Supplier<T> action) {
        return step(action, false);
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
        return step(action, true);
    }

    private <T> T step(Supplier<T> action, boolean isRequest) {
        List<Runnable> outside = List.of();
        lock.lock();
        try {
            if (lock.getHoldCount() > 1) {
                return action.get();
            }
            happened.clear();
            happenedInAll = 0;
            try {
                clock.catchUp(isRequest);
                return action.get();
            } finally {
                outside = List.copyOf(effects);
                effects.clear();
            }
        } finally {
            lock.unlock();
            outside.forEach(Runnable::run);
        }
    }

    /** Has the effect carried out on the outside (a socket, another process) when the outermost step has released the lock. */
    public void afterStep(Runnable effect) {
        requireStep();
        effects.add(effect);
    }

    /** Tells everybody who listens that something happened in a system, now. */
    public void emit(String system, String type, Map<String, Object> details) {
        requireStep();
        DomainEvent event = new DomainEvent(clock.now(), system, type, details);
        happenedInAll++;
        if (happened.size() < MAX_HAPPENED) {
            happened.add(event);
        }
        listeners.forEach(listener -> listener.accept(event));
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

    /** Goes back to the initial world: time, chance, no pending events, and every part as it was built. */
    public void reset() {
        step(() -> reset(initialSeed));
    }

    /** Goes back to the initial world under another seed, which stays the seed of later resets. */
    public void reset(long seed) {
        step(() -> {
            initialSeed = seed;
            clock.reset(initialMode);
            entropy.reset(seed);
            parts.values().forEach(Part::reset);
        });
    }

    /** The whole world as a value. */
    public Snapshot snapshot() {
        return step(() -> {
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
        });
    }

    /**
     * Becomes the world of the snapshot.
     *
     * @throws IllegalArgumentException if the snapshot is of another version or of a world with other parts; nothing is changed
     */
    public void restore(Snapshot snapshot) {
        step(() -> {
            if (snapshot.version() != Snapshot.VERSION) {
                throw new IllegalArgumentException("the snapshot is of version " + snapshot.version()
                        + "; this release reads version " + Snapshot.VERSION);
            }
            if (!snapshot.parts().keySet().equals(parts.keySet())) {
                throw new IllegalArgumentException("the snapshot is of a world with the parts "
                        + snapshot.parts().keySet() + "; this world has " + parts.keySet());
            }
            ClockMode mode = ClockMode.parse(snapshot.mode());
            snapshot.parts().forEach((name, state) -> {
                if (!part(name).stateType().isInstance(state)) {
                    throw new IllegalArgumentException(
                            "the snapshot's state of " + name + " is no state of it: " + state);
                }
            });
            entropy.restore(snapshot.seed(), snapshot.streams());
            snapshot.parts().forEach((name, state) -> restore(part(name), state));
            clock.restore(snapshot.now(), mode, snapshot.nextSequence(), snapshot.pending());
        });
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
