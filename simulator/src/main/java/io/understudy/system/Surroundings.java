package io.understudy.system;

import io.understudy.fault.Faults;
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
 */
public record Surroundings(Kernel kernel, Faults faults, Replies replies, Addresses addresses, Settings settings) {}
