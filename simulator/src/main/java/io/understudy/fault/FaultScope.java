package io.understudy.fault;

/** Rules that go away when it is closed: {@code try (var fault = world.faults().add(rule)) { … }}. */
public interface FaultScope extends AutoCloseable {
    /** The id of the rule. */
    String id();

    /** Removes the rule; nothing happens if it has gone already. */
    @Override
    void close();
}
