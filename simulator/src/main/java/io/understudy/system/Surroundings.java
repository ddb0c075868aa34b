package io.understudy.system;

import io.understudy.fault.Faults;
import io.understudy.http.Alarm;
import io.understudy.http.Outbound;
import io.understudy.http.Replies;
import io.understudy.world.Kernel;

/**
 * The world as a system that is installed in it meets it.
 *
 * @param kernel lock, time and chance
 * @param faults the faults in force
 * @param replies where replies go that come later
 * @param addresses where the system's nodes listen
 * @param settings how the system is set
 * @param outbound where requests go that the system itself sends
 * @param alarm what wakes the world when its clock follows real time and something is due that is seen elsewhere
 */
public record Surroundings(
        Kernel kernel,
        Faults faults,
        Replies replies,
        Addresses addresses,
        Settings settings,
        Outbound outbound,
        Alarm alarm) {}
