package io.understudy.control;

import io.understudy.Understudy;
import io.understudy.WorldBuilder;
import io.understudy.system.SystemDefinition;
import java.util.List;
import java.util.function.Supplier;

/**
 * The systems there are, and how a world of them begins.
 *
 * @param systems the systems, in the order in which they are listed
 * @param world begins a world of these systems
 */
public record Catalogue(List<SystemDefinition> systems, Supplier<WorldBuilder> world) {
    public Catalogue {
        systems = List.copyOf(systems);
    }

    /** Every system that Understudy emulates. */
    public static Catalogue ofUnderstudy() {
        return new Catalogue(Understudy.systems(), Understudy::world);
    }

    /**
     * The system of that name.
     *
     * @throws IllegalArgumentException if there is none, with the names that would be right
     */
    public SystemDefinition system(String name) {
        for (SystemDefinition system : systems) {
            if (system.name().equals(name)) {
                return system;
            }
        }
        throw NearNames.unknown("there is no system", name, "there are", names());
    }

    /** The systems' names, in order. */
    public List<String> names() {
        return systems.stream().map(SystemDefinition::name).toList();
    }
}
