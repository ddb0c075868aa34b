package io.understudy;

import io.understudy.system.SystemDefinition;
import java.util.List;

/**
 * The front door: {@code try (var simulation = Understudy.world().seed(42).start()) { … }}.
 *
 * @see WorldBuilder
 */
public final class Understudy {
    private Understudy() {}

    /** Begins a world. */
    public static WorldBuilder world() {
        return new WorldBuilder(Registry.ALL);
    }

    /** The systems that Understudy emulates. */
    public static List<SystemDefinition> systems() {
        return Registry.ALL.systems();
    }

    /**
     * The system of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SystemDefinition system(String name) {
        return Registry.ALL.system(name);
    }
}
