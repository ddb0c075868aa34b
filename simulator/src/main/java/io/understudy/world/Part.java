package io.understudy.world;

import java.util.Set;

/**
 * One thing that lives in a world and is saved with it: a system's model, the fault rules, the journal.
 *
 * <p>A part is thread-unsafe. The kernel calls it under the world's lock, and so must everybody else (see
 * {@link Kernel#step}).
 *
 * @param <S> the part's state as an immutable value: a record of plain data that Jackson can write and read
 */
public interface Part<S> {
    /** A name unique in the world; it names the part's state in a snapshot and owns its events. */
    String name();

    /** Goes (back) to the initial state. Called when the world is built and on every reset; may schedule events. */
    void reset();

    /** The state now, as a value that later changes do not touch. Pending events are not part of it. */
    S state();

    /** Takes over a state which {@link #state()} once returned. Must not schedule events: the kernel restores those. */
    void restore(S state);

    /** The class of the state, for reading a snapshot's JSON. */
    Class<S> stateType();

    /** The classes of the events this part schedules, for reading a snapshot's JSON. */
    default Set<Class<? extends Event>> eventTypes() {
        return Set.of();
    }

    /** Handles an event of this part that has come due. The clock stands at the event's instant. */
    default void handle(Event event) {
        throw new IllegalStateException(name() + " schedules no events but was handed " + event);
    }
}
