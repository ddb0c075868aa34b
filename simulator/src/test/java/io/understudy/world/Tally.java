package io.understudy.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The smallest model there can be: it counts, draws, plans ahead and tells what happened. */
public final class Tally implements Part<Tally.State> {
    public static final Instant START = Kernel.DEFAULT_START;

    private final Kernel kernel;
    private final Timers timers;
    private long total;
    private List<String> lines = new ArrayList<>();

    public record State(long total, List<String> lines) {}

    public record Add(long amount) implements Event {}

    /** Happens again after the gap, so many times. */
    public record Again(int times, Duration gap) implements Event {}

    public record Boom() implements Event {}

    /** No part lists it. */
    record Stray() implements Event {}

    public Tally(Kernel kernel) {
        this.kernel = kernel;
        this.timers = kernel.timers(this);
    }

    public static Tally in(Kernel kernel) {
        Tally tally = new Tally(kernel);
        kernel.add(tally);
        return tally;
    }

    static Kernel manualKernel() {
        return new Kernel(42, START, ClockMode.manual(), () -> 0);
    }

    public Timers timers() {
        return timers;
    }

    public long plan(Duration after, Event event) {
        return kernel.step(() -> timers.after(after, event));
    }

    public long total() {
        return kernel.step(() -> total);
    }

    public List<String> lines() {
        return kernel.step(() -> List.copyOf(lines));
    }

    public void add(long amount) {
        kernel.step(() -> {
            total += amount;
            kernel.emit("tally", "added", Map.of("amount", amount, "total", total));
        });
    }

    /** Draws from a stream and notes what came. */
    public void draw(String stream) {
        kernel.step(() -> {
            note(stream + " " + kernel.entropy().stream(stream).nextUuid());
        });
    }

    private void note(String line) {
        lines.add(kernel.clock().now() + " " + line);
    }

    @Override
    public void handle(Event event) {
        if (event instanceof Add add) {
            note("+" + add.amount());
            add(add.amount());
        } else if (event instanceof Again again) {
            if (!again.gap().isZero()) {
                note("again " + again.times());
            }
            if (again.times() > 0) {
                timers.after(again.gap(), new Again(again.times() - 1, again.gap()));
            }
        } else {
            throw new UnsupportedOperationException("boom");
        }
    }

    @Override
    public String name() {
        return "tally";
    }

    @Override
    public void reset() {
        total = 0;
        lines = new ArrayList<>();
    }

    @Override
    public State state() {
        return new State(total, List.copyOf(lines));
    }

    @Override
    public void restore(State state) {
        if (state.total() < 0) {
            throw new IllegalArgumentException("a total of " + state.total());
        }
        total = state.total();
        lines = new ArrayList<>(state.lines());
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(Add.class, Again.class, Boom.class);
    }
}
