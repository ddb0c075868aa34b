package io.understudy;

import io.understudy.reaper.ReaperDefinition;
import io.understudy.system.SystemDefinition;
import io.understudy.undermoon.UndermoonDefinition;
import java.util.List;

/** The systems there are, in the order in which they are listed. */
record Registry(List<SystemDefinition> systems) {
    /** Every system that Understudy emulates. A further one is a line here. */
    static final Registry ALL = new Registry(List.of(new ReaperDefinition(), new UndermoonDefinition()));

    /**
     * The system of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    SystemDefinition system(String name) {
        return systems.stream()
                .filter(system -> system.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no system '" + name + "'; there are "
                        + String.join(
                                ", ",
                                systems.stream().map(SystemDefinition::name).toList())));
    }
}
