package io.understudy.reaper;

import io.understudy.world.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends Server-Sent Events to those who listen to a subscription (spec reaper 1.10).
 *
 * <p>All ids come from one counter. Every 5 s it gives one to each of two service instances for its pings, whether or not anybody
 * listens; so it is worked out from the time since the process started, and rounds of pings are planned only for listeners.
 */
final class SseBroadcaster implements Service {
    private static final Duration PING_PERIOD = Duration.ofSeconds(5);

    /** Upstream has two service instances that share the broadcasters: each of them pings. */
    private static final int INSTANCES = 2;

    private final AppContext context;
    private final SseSink sink;

    /** Who listens, by subscription. Connections are no part of a world's state: nobody listens after a restore. */
    private final Map<UUID, List<Long>> listeners = new LinkedHashMap<>();

    private Instant startedAt = Instant.EPOCH;
    private long events;
    private @Nullable Instant nextPing;

    /**
     * What is remembered.
     *
     * @param startedAt when the process started
     * @param events how many ids went to events since
     * @param nextPing when the planned round of pings is; null = none is planned
     */
    record State(Instant startedAt, long events, @Nullable Instant nextPing) {}

    /** A round of pings. */
    record SsePing() implements Event {}

    SseBroadcaster(AppContext context, SseSink sink) {
        this.context = context;
        this.sink = sink;
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(SsePing.class);
    }

    /** The process has just started: the counter begins at 0. */
    @Override
    public void start() {
        startedAt = context.now();
        events = 0;
        if (nextPing != null) {
            context.timers().cancelIf(SsePing.class::isInstance);
            nextPing = null;
        }
    }

    /** The process has ended, and with it the connections. */
    void stop() {
        List.copyOf(listeners.keySet()).forEach(this::end);
    }

    boolean hasListeners(UUID subscription) {
        return listeners.containsKey(subscription);
    }

    void listen(UUID subscription, long callId) {
        listeners.computeIfAbsent(subscription, id -> new ArrayList<>()).add(callId);
        planPing();
    }

    void gone(long callId) {
        listeners.values().forEach(calls -> calls.remove(callId));
        listeners.values().removeIf(List::isEmpty);
    }

    /** Nothing more comes of that subscription. */
    void end(UUID subscription) {
        List<Long> calls = listeners.remove(subscription);
        if (calls != null) {
            calls.forEach(sink::end);
        }
    }

    /** Sends an event to everybody who listens to the subscription. */
    void event(UUID subscription, String json) {
        List<Long> calls = listeners.get(subscription);
        if (calls != null) {
            send(calls, "id: " + nextId() + "\ndata: " + json + "\n\n");
            events++;
        }
    }

    private void send(List<Long> calls, String text) {
        calls.forEach(call -> sink.send(call, text));
    }

    /** The id that the next event gets. */
    private long nextId() {
        long rounds = Duration.between(startedAt, context.now()).dividedBy(PING_PERIOD);
        // the round of this very instant takes its ids when it comes
        return (context.now().equals(nextPing) ? rounds - 1 : rounds) * INSTANCES + events;
    }

    private void planPing() {
        if (nextPing == null && !listeners.isEmpty()) {
            long rounds = Duration.between(startedAt, context.now()).dividedBy(PING_PERIOD);
            nextPing = startedAt.plus(PING_PERIOD.multipliedBy(rounds + 1));
            context.at(nextPing, new SsePing());
        }
    }

    @Override
    public void handle(Event event) {
        long id = nextId();
        nextPing = null;
        for (int instance = 0; instance < INSTANCES; instance++) {
            ping(id + instance);
        }
        planPing();
    }

    private void ping(long id) {
        listeners.forEach((subscription, calls) -> context.store()
                .subscription(subscription)
                .ifPresent(it -> send(calls, "event: ping\nid: " + id + "\ndata: " + it.json() + "\n\n")));
    }

    State state() {
        return new State(startedAt, events, nextPing);
    }

    void restore(State state) {
        listeners.clear();
        startedAt = state.startedAt();
        events = state.events();
        nextPing = state.nextPing();
    }
}
