package io.understudy.http;

import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.world.Event;
import io.understudy.world.Kernel;
import io.understudy.world.Part;
import io.understudy.world.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A system that streams: to {@code /listen} whatever is {@linkplain #say said}, to {@code /hello} the same after a greeting that
 * is sent before the handler returns, to {@code /short} a greeting and the end, to {@code /flood} a greeting
 * and 20 MB at once; {@code /broken} fails after its greeting.
 */
final class Radio implements Api, Part<Radio.State> {
    static final Reply HEAD = new Reply(
            200, null, Headers.of("content-type", "text/event-stream"), Bytes.EMPTY, Reply.Framing.LENGTH, true);

    record State(List<Long> listeners) {}

    record Tick(Duration every) implements Event {}

    final List<Long> abandoned = new ArrayList<>();
    private final Kernel kernel;
    private final Replies replies;
    private final Timers timers;
    private List<Long> listeners = new ArrayList<>();
    boolean isFailing;

    Radio(Kernel kernel, Replies replies) {
        this.kernel = kernel;
        this.replies = replies;
        this.timers = kernel.timers(this);
    }

    /** Without a copy of the list: whoever is told of a departure meanwhile would notice. */
    void say(String text) {
        kernel.step(() -> {
            for (long listener : listeners) {
                replies.send(listener, Bytes.utf8(text));
            }
        });
    }

    void end() {
        kernel.step(() -> {
            for (long listener : listeners) {
                replies.end(listener);
            }
            listeners.clear();
        });
    }

    void drop() {
        kernel.step(() -> {
            for (long listener : listeners) {
                replies.drop(listener);
            }
            listeners.clear();
        });
    }

    void tickEvery(Duration every) {
        kernel.step(() -> timers.after(every, new Tick(every)));
    }

    List<Long> listeners() {
        return kernel.step(() -> List.copyOf(listeners));
    }

    @Override
    public Route route(String node, Request request) {
        return new Route("radio.listen", Map.of(), call -> {
            listeners.add(call.id());
            if (!request.path().equals("/listen")) {
                replies.send(call.id(), Bytes.utf8("hello"));
            }
            if (request.path().equals("/flood")) {
                Bytes megabyte = Bytes.of(new byte[1 << 20]);
                for (int i = 0; i < 20; i++) {
                    replies.send(call.id(), megabyte);
                }
                replies.send(call.id(), Bytes.utf8("small enough, but what was before it is missing"));
            }
            if (request.path().equals("/short")) {
                replies.end(call.id());
                listeners.remove(call.id());
            }
            if (request.path().equals("/broken")) {
                listeners.remove(call.id());
                throw new IllegalStateException("no power");
            }
            return Answer.stream(HEAD);
        });
    }

    @Override
    public void handle(Event event) {
        Tick tick = (Tick) event;
        say("tick at " + kernel.clock().now());
        timers.after(tick.every(), tick);
    }

    @Override
    public void abandoned(long id) {
        abandoned.add(id);
        listeners.remove(id);
        if (isFailing) {
            throw new IllegalStateException("no ear");
        }
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of();
    }

    @Override
    public HttpTraits traits() {
        return Sites.BARE;
    }

    @Override
    public String name() {
        return "radio";
    }

    @Override
    public void reset() {
        listeners = new ArrayList<>();
    }

    @Override
    public State state() {
        return new State(List.copyOf(listeners));
    }

    @Override
    public void restore(State state) {
        listeners = new ArrayList<>(state.listeners());
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(Tick.class);
    }
}
