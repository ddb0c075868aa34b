package io.understudy.undermoon;

import io.understudy.undermoon.Outcome.Done;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The broker's process as its API meets it; named after upstream's. It knows the time, the server proxies, the disk and the
 * storage, so that handlers need not. All calls come inside a step of the world.
 */
interface MemBrokerService {
    /** The broker, for questions. */
    Broker broker();

    /**
     * Has the broker execute a command, and lets everything that watches the store know. With external storage this is where
     * {@code RETRY} and its kin come from, and where failing commands are forgotten (spec undermoon 8.2).
     */
    <T> Outcome<T> update(Function<Broker, Outcome<T>> command);

    /** Endpoint 3. */
    Outcome<Done> restore(MetaStoreData data);

    /** Endpoint 20, as an update; a refusal may have changed the store. */
    Outcome<Done> registerProxy(ProxyRegistration registration);

    /** Endpoint 24, as an update. */
    Outcome<Done> reportFailure(String address, String reporterId);

    /** Endpoint 25. */
    List<String> failures();

    /** Endpoint 28. */
    void setReplicaAddresses(List<String> addresses);

    /** Endpoint 23, as an update; a replacement is told to the server proxies. */
    Outcome<Optional<ProxyView>> failover(String address);

    /** The persist step (spec undermoon 3.0): refused if the metadata file cannot be written. */
    Outcome<Done> triggerUpdate();

    /** Asks these proxies for their epochs, all at once (spec undermoon 8.3). */
    EpochAnswers fetchEpochs(List<String> proxyAddresses);

    /**
     * Begins the waiting rounds of endpoint 14. The service runs {@link Broker#autoScaleRound} every {@value
     * AutoScale#ROUND_SECONDS} virtual second as long as this ticket waits, and brings the end to the {@link
     * AutoScaleListener}.
     */
    void waitForProxyEpoch(AutoScale waiting);
}
