package io.understudy.undermoon;

import io.understudy.undermoon.Outcome.Done;
import java.util.List;
import java.util.function.Function;

/** The store is in the broker's own memory: what a command has done is done, even if the command was refused. */
record MemoryStorage(Broker broker) implements MetaStorage {
    @Override
    public <T> Outcome<T> update(Write when, Function<Broker, Outcome<T>> command) {
        return command.apply(broker);
    }

    @Override
    public Outcome<Done> restore(MetaStoreData data) {
        return broker.restore(data);
    }

    @Override
    public List<String> failures(long nowUnixSeconds) {
        return broker.failures(nowUnixSeconds);
    }

    @Override
    public void replaceStore(MetaStoreData data) {
        broker.replaceStore(data);
    }
}
