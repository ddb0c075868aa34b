package io.understudy.junit;

import io.understudy.Simulation;
import io.understudy.World;
import io.understudy.system.Simulator;
import io.understudy.system.SystemDefinition;
import java.util.List;

/** What a parameter or a field may hold of a world, told by its type. */
final class Handle {
    private Handle() {}

    static boolean canBe(Class<?> type) {
        return type == World.class || type == Simulation.class || Simulator.class.isAssignableFrom(type);
    }

    /**
     * The thing of that type in a world that is on the air.
     *
     * @throws IllegalArgumentException if the world has none, or more than one
     */
    static Object of(Class<?> type, Simulation simulation) {
        if (type == World.class) {
            return simulation.world();
        }
        if (type == Simulation.class) {
            return simulation;
        }
        List<String> systems = simulation.world().systems().stream()
                .map(SystemDefinition::name)
                .toList();
        if (type == Simulator.class && systems.size() > 1) {
            throw new IllegalArgumentException(
                    "a Simulator may be any of " + systems + "; ask for the simulator of one system");
        }
        return simulation.simulator(type.asSubclass(Simulator.class));
    }
}
