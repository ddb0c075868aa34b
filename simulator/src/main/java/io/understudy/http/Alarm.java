package io.understudy.http;

import java.time.Duration;

/**
 * Wakes a world whose clock follows real time, when somebody waits for a reply that only the passing of time will bring. The one
 * place where real time pushes a world on.
 */
@FunctionalInterface
public interface Alarm {
    /** Has the action run once after that much real time, on a thread of the stage. */
    Pending in(Duration realTime, Runnable action);

    /** An alarm that has not rung yet. */
    interface Pending {
        /** Takes it back; nothing happens if it has rung. */
        void cancel();
    }
}
