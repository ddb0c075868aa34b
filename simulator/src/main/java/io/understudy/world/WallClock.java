package io.understudy.world;

/** Where a clock in {@linkplain ClockMode.Real real mode} reads how much time has passed outside. */
@FunctionalInterface
public interface WallClock {
    /** Nanoseconds since an arbitrary origin, never going backwards. */
    long nanos();

    /** The machine's monotonic clock. */
    static WallClock system() {
        return System::nanoTime;
    }
}
