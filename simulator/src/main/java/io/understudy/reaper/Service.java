package io.understudy.reaper;

import io.understudy.world.Event;
import java.util.Set;

/** Something in Reaper's process that acts by itself, at instants that it plans. */
interface Service {
    /** The classes of the events it plans; they are its own. */
    Set<Class<? extends Event>> eventTypes();

    /** Begins, when the process starts in a new world: plans its first events. */
    void start();

    /** Does what it had planned for this instant. */
    void handle(Event event);
}
