package io.understudy.http;

import io.understudy.world.Kernel;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes a world in real time for its next event, as long as somebody waits for what only the passing of time will bring. */
final class AlarmClock {
    /** Alarms are set again when they ring, so none needs to be set for longer; at low speeds the next event may be ages away. */
    private static final Duration LONGEST_SLEEP = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(AlarmClock.class);

    private final Kernel kernel;
    private final Alarm alarm;
    private final BooleanSupplier somebodyWaits;
    private Alarm.@Nullable Pending ringing;

    AlarmClock(Kernel kernel, Alarm alarm, BooleanSupplier somebodyWaits) {
        this.kernel = kernel;
        this.alarm = alarm;
        this.somebodyWaits = somebodyWaits;
    }

    /** To be called at the end of every step, which may have planned an event or moved the clock towards it. */
    void setAgain() {
        if (ringing != null) {
            ringing.cancel();
            ringing = null;
        }
        if (somebodyWaits.getAsBoolean()) {
            kernel.clock()
                    .realTimeUntilNextEvent()
                    .ifPresent(wait ->
                            ringing = alarm.in(wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP, this::wake));
        }
    }

    /** Catches the world up, which releases what is due; the end of the step sets the next alarm. */
    private void wake() {
        try {
            kernel.step(() -> {});
        } catch (RuntimeException e) {
            log.error("an event failed while clients waited", e);
        }
    }
}
