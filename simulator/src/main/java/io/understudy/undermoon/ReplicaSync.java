package io.understudy.undermoon;

import io.understudy.http.Alarm;
import io.understudy.http.Outbound;
import io.understudy.journal.Bytes;
import io.understudy.system.Surroundings;
import io.understudy.world.Kernel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pushes the whole store to the replicas (spec undermoon 8.1). What becomes of it is theirs; failures are only logged. */
final class ReplicaSync {
    /** Set anew when it rings, so that it needs never be set for longer. */
    private static final Duration LONGEST_SLEEP = Duration.ofDays(1);

    private final Kernel kernel;
    private final Outbound outbound;
    private final Alarm alarm;
    private final Announcer announcer;
    private boolean expected;
    private Alarm.@Nullable Pending ringing;

    ReplicaSync(Surroundings world, Announcer announcer) {
        this.kernel = world.kernel();
        this.outbound = world.outbound();
        this.alarm = world.alarm();
        this.announcer = announcer;
        kernel.clock().onModeChange(this::wakeInTime);
    }

    /**
     * Pushes the store as it is when the outermost step is over.
     *
     * @param pushed is told, in a step of the world, when that was
     */
    void pushAfterStep(Broker broker, Consumer<Instant> pushed) {
        kernel.afterStep(() -> kernel.step(() -> {
            push(broker);
            pushed.accept(kernel.clock().now());
        }));
    }

    private void push(Broker broker) {
        List<String> addresses = broker.replicaAddresses();
        Bytes body = Bytes.utf8(MetaStoreJson.write(broker.metadata()));
        announcer.pushed(broker);
        kernel.afterStep(() -> addresses.forEach(
                address -> outbound.put("http://" + address + "/api/v3/metadata", "application/json", body)));
    }

    /**
     * Says whether a push is planned. While one is, and time follows real time, the world is woken for it: who waits for it looks
     * at the replica and not here.
     */
    void expect(boolean isPlanned) {
        if (isPlanned || expected) {
            expected = isPlanned;
            wakeInTime();
        }
    }

    private void wakeInTime() {
        if (ringing != null) {
            ringing.cancel();
            ringing = null;
        }
        if (expected) {
            kernel.clock()
                    .realTimeUntilNextEvent()
                    .map(wait -> wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP)
                    .ifPresent(wait -> ringing = alarm.in(wait, () -> kernel.step(this::wakeInTime)));
        }
    }
}
