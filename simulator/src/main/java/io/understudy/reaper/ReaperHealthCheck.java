package io.understudy.reaper;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Upstream's class of that name: whether Reaper is well, remembered for a while whatever it was (spec reaper 1.1). */
final class ReaperHealthCheck {
    /** Spec reaper 1.1, in virtual time. */
    static final Duration CACHED = Duration.ofSeconds(5);

    /**
     * What is remembered.
     *
     * @param checkedAt when it was looked at last; null = never
     * @param healthy what was seen
     */
    record State(@Nullable Instant checkedAt, boolean healthy) {
        static final State NEVER_CHECKED = new State(null, false);
    }

    private final Health health;
    private State state = State.NEVER_CHECKED;

    ReaperHealthCheck(Health health) {
        this.health = health;
    }

    boolean isHealthy(Instant now) {
        Instant last = state.checkedAt();
        if (last == null || !now.isBefore(last.plus(CACHED))) {
            state = new State(now, health.storageWorks());
        }
        return state.healthy();
    }

    void reset() {
        state = State.NEVER_CHECKED;
    }

    State state() {
        return state;
    }

    void restore(State restored) {
        state = restored;
    }
}
