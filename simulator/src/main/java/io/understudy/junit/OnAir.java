package io.understudy.junit;

import io.understudy.Simulation;
import io.understudy.WorldBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A world on the air that knows its beginning, whatever a test makes of it.
 *
 * @param simulation the world with its listeners
 * @param seed the seed it began with
 */
record OnAir(Simulation simulation, long seed) {
    /** Begins a world, under another seed than its description's if one is given. */
    static OnAir start(WorldBuilder description, @Nullable Long imposedSeed) {
        Simulation simulation = description.start();
        if (imposedSeed != null) {
            simulation.world().reset(imposedSeed);
        }
        return new OnAir(simulation, simulation.world().seed());
    }

    /** Goes back to the beginning. */
    void rewind() {
        simulation.world().reset(seed);
    }
}
