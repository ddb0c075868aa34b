package io.understudy.reaper;

import io.understudy.reaper.cassandra.Universe;
import io.understudy.world.Entropy;
import io.understudy.world.Event;
import io.understudy.world.Kernel;
import io.understudy.world.Timers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/**
 * What the services of one Reaper share (upstream's class of that name). The stores and the universe live as long as the world;
 * a reset or restore changes what is in them.
 *
 * @param kernel lock, time and chance
 * @param timers where the services plan their events
 * @param configuration how Reaper is configured
 * @param universe the Cassandra clusters there are
 * @param management what Reaper sees of them
 * @param conditions what is wrong with the world
 * @param store what Reaper has stored
 * @param runs its runs and their segments
 * @param uuids gives out ids
 */
record AppContext(
        Kernel kernel,
        Timers timers,
        ReaperConfiguration configuration,
        Universe universe,
        Management management,
        Conditions conditions,
        Store store,
        RunStore runs,
        TimeUuids uuids) {
    /** The name of the system. */
    static final String SYSTEM = "reaper";

    /** The virtual instant, to the millisecond as everywhere in Reaper. */
    Instant now() {
        return kernel.clock().now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** A new id of version 1. */
    UUID nextId() {
        return uuids.next(now());
    }

    /** The stream of chance for that use. */
    Entropy.Stream chance(String use) {
        return kernel.entropy().stream(SYSTEM + "/" + use);
    }

    /** Plans an event. */
    void at(Instant at, Event event) {
        timers.at(at, event);
    }

    /** Tells the world that something happened. */
    void emit(String type, Map<String, Object> details) {
        kernel.emit(SYSTEM, type, details);
    }
}
