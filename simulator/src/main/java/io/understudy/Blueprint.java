package io.understudy;

import io.understudy.system.Settings;
import io.understudy.system.SystemDefinition;
import io.understudy.world.ClockMode;
import io.understudy.world.WallClock;
import java.time.Instant;
import java.util.List;

/**
 * All that makes a world, before it has begun.
 *
 * @param seed what all chance is drawn from
 * @param start the first instant of virtual time
 * @param mode how time moves
 * @param wall real time, for the clock's real mode
 * @param casts the systems, in the registry's order
 */
record Blueprint(long seed, Instant start, ClockMode mode, WallClock wall, List<Cast> casts) {
    /** A system and how it is set. */
    record Cast(SystemDefinition system, Settings settings) {}
}
