package io.understudy.undermoon;

import io.understudy.undermoon.Outcome.Done;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the broker keeps its store; named after upstream's. Whatever a client or a coordinator wants changed about the store
 * goes through here, and which commands are stored when stands here (spec undermoon 8.2).
 */
sealed interface MetaStorage permits MemoryStorage, ExternalStorage {
    /** When what a command did to the store is kept. */
    enum Write {
        /** A refused command leaves nothing. */
        IF_ACCEPTED,
        /** If the global epoch has moved, whatever the command came to. */
        IF_EPOCH_MOVED,
        /** Whatever the command came to. */
        ALWAYS
    }

    /** The broker that shows this storage. */
    Broker broker();

    /** Has the broker execute a command on what is stored. */
    <T> Outcome<T> update(Write when, Function<Broker, Outcome<T>> command);

    /** Endpoint 3. */
    Outcome<Done> restore(MetaStoreData data);

    /** Endpoint 25. */
    List<String> failures(long nowUnixSeconds);

    /** Takes over a store, whatever its epoch, as if it had always been there. */
    void replaceStore(MetaStoreData data);

    /** Endpoint 15. */
    default Outcome<Done> commitMigration(MigrationTask task) {
        return update(Write.IF_ACCEPTED, broker -> broker.commitMigration(task));
    }

    /** Endpoint 20. */
    default Outcome<Done> registerProxy(ProxyRegistration registration) {
        return update(Write.IF_EPOCH_MOVED, broker -> broker.registerProxy(registration));
    }

    /** Endpoint 23. */
    default Outcome<Optional<ProxyView>> failover(String address) {
        return update(Write.ALWAYS, broker -> broker.failover(address));
    }

    /** Endpoint 24. */
    default Outcome<Done> reportFailure(String address, String reporterId, long nowUnixSeconds) {
        return update(Write.IF_EPOCH_MOVED, broker -> {
            broker.reportFailure(address, reporterId, nowUnixSeconds);
            return Outcome.done();
        });
    }
}
