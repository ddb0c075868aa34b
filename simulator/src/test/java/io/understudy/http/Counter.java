package io.understudy.http;

import io.understudy.journal.Bytes;
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
 * A system of one number: {@code POST /add} answers the new number; {@code POST /wait/SECONDS} answers it after that time,
 * {@code POST /wait} when {@link #release} is called, {@code POST /echo} at once but through {@link Replies}.
 */
final class Counter implements Api, Part<Counter.State> {
    record State(long number, List<Long> waiting) {}

    record Ready(long call) implements Event {}

    record Ill() implements Event {}

    private static final HttpTraits TRAITS = new HttpTraits(1000, 1000, text(413, "too large"), List.of(), true);

    final List<Long> abandoned = new ArrayList<>();
    private final Kernel kernel;
    private final Replies replies;
    private final Timers timers;
    private long number;
    private List<Long> waiting = new ArrayList<>();

    Counter(Kernel kernel, Replies replies) {
        this.kernel = kernel;
        this.replies = replies;
        this.timers = kernel.timers(this);
    }

    static Reply text(int status, String text) {
        return Reply.of(status, "text/plain", Bytes.utf8(text));
    }

    long number() {
        return kernel.step(() -> number);
    }

    void release() {
        kernel.step(() -> {
            List<Long> calls = waiting;
            waiting = new ArrayList<>();
            calls.forEach(call -> replies.reply(call, text(200, "released " + number)));
        });
    }

    void plan(Duration after, Event event) {
        kernel.step(() -> timers.after(after, event));
    }

    @Override
    public Route route(String node, Request request) {
        String path = request.path();
        if (path.equals("/add")) {
            return new Route("counter.add", Map.of(), this::add);
        }
        if (path.startsWith("/wait")) {
            return new Route("counter.wait", Map.of(), this::await);
        }
        if (path.equals("/echo")) {
            return new Route("counter.echo", Map.of(), call -> {
                replies.reply(call.id(), text(200, "echo"));
                return Answer.later();
            });
        }
        if (path.equals("/fail")) {
            return new Route("counter.fail", Map.of(), call -> {
                kernel.emit("counter", "failing", Map.of());
                throw new IllegalStateException("broken");
            });
        }
        if (path.equals("/assert")) {
            return new Route("counter.assert", Map.of(), call -> {
                throw new AssertionError("never so");
            });
        }
        if (path.equals("/lost")) {
            throw new IllegalStateException("no way");
        }
        return new Route("counter.unrouted", Map.of(), call -> Answer.now(text(404, "not here")));
    }

    private Answer add(Call call) {
        number++;
        kernel.emit("counter", "added", Map.of("number", number));
        return Answer.now(text(200, "" + number));
    }

    private Answer await(Call call) {
        String[] path = call.request().path().split("/");
        if (path.length == 3) {
            timers.after(Duration.ofSeconds(Long.parseLong(path[2])), new Ready(call.id()));
        } else {
            waiting.add(call.id());
        }
        return Answer.later();
    }

    @Override
    public void handle(Event event) {
        if (!(event instanceof Ready ready)) {
            throw new IllegalStateException("ill");
        }
        replies.reply(ready.call(), text(200, "ready " + number));
    }

    @Override
    public void abandoned(long id) {
        abandoned.add(id);
        waiting.remove(id);
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of();
    }

    @Override
    public HttpTraits traits() {
        return TRAITS;
    }

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public void reset() {
        number = 0;
        waiting = new ArrayList<>();
    }

    @Override
    public State state() {
        return new State(number, List.copyOf(waiting));
    }

    @Override
    public void restore(State state) {
        number = state.number();
        waiting = new ArrayList<>(state.waiting());
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(Ready.class, Ill.class);
    }
}
