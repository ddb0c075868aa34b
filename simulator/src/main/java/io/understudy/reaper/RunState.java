package io.understudy.reaper;

import java.util.Locale;
import java.util.Optional;

/** The state of a repair run (spec reaper 3.1). */
public enum RunState {
    NOT_STARTED,
    RUNNING,
    PAUSED,
    DONE,
    ERROR,
    ABORTED,
    /** Known by name only: no run is ever shown in it. */
    DELETED;

    /** Whether the run has come to an end, so that nothing in it moves any more. */
    public boolean isTerminated() {
        return this == DONE || this == ERROR || this == ABORTED || this == DELETED;
    }

    /** Whether the run has begun and not ended. */
    boolean isActive() {
        return this == RUNNING || this == PAUSED;
    }

    /** The state of that name, whatever its case. */
    static Optional<RunState> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (RunState state : values()) {
            if (state.name().equals(upper)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
