package io.understudy.undermoon;

import io.understudy.undermoon.Outcome.Done;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The broker's commands and questions, one method per endpoint (spec undermoon 3; the number stands before each).
 *
 * <p>Checks run in the order of the spec, body checks excepted: those are the API's. A refused command leaves the store
 * as it was, except where spec undermoon 5.11 says otherwise. Node numbers, epochs and limits are unsigned 64-bit
 * ({@link Epoch}); time is unix seconds of the virtual clock. Not thread-safe.
 */
final class Broker {
    /** An empty broker. */
    Broker(BrokerConfig config) {
        throw new UnsupportedOperationException();
    }

    /** A broker that goes on where {@code state} was taken. */
    Broker(BrokerConfig config, BrokerState state) {
        throw new UnsupportedOperationException();
    }

    BrokerConfig config() {
        throw new UnsupportedOperationException();
    }

    /** Everything remembered, for snapshots and forks. */
    BrokerState state() {
        throw new UnsupportedOperationException();
    }

    /** 2: the unlimited store. */
    MetaStoreData metadata() {
        throw new UnsupportedOperationException();
    }

    /** 3: version and epoch checked, nothing else. */
    Outcome<Done> restore(MetaStoreData data) {
        throw new UnsupportedOperationException();
    }

    /** Not an endpoint: a restarted or rolled-back broker has this store, whatever its epoch. */
    void replaceStore(MetaStoreData data) {
        throw new UnsupportedOperationException();
    }

    /** 4: all names; paging is the caller's. */
    List<String> clusterNames() {
        throw new UnsupportedOperationException();
    }

    /** 5: empty for unknown and invalid names. */
    Optional<ClusterView> cluster(String name) {
        throw new UnsupportedOperationException();
    }

    /** 6. */
    Outcome<ClusterInfo> clusterInfo(String name) {
        throw new UnsupportedOperationException();
    }

    /** 7. */
    Outcome<Done> createCluster(String name, long nodeNumber) {
        throw new UnsupportedOperationException();
    }

    /** 8. */
    Outcome<Done> deleteCluster(String name) {
        throw new UnsupportedOperationException();
    }

    /** 9: the added nodes, slot-less. */
    Outcome<List<NodeView>> addNodes(String name, long nodeNumber) {
        throw new UnsupportedOperationException();
    }

    /** 10: as 9, to a desired total. */
    Outcome<List<NodeView>> scaleUpNodes(String name, long clusterNodeNumber) {
        throw new UnsupportedOperationException();
    }

    /** 11. */
    Outcome<Done> deleteFreeNodes(String name) {
        throw new UnsupportedOperationException();
    }

    /** 12. */
    Outcome<Done> expand(String name) {
        throw new UnsupportedOperationException();
    }

    /** 13: to a new total. */
    Outcome<Done> shrink(String name, long newNodeNumber) {
        throw new UnsupportedOperationException();
    }

    /** 14, up to the wait; {@code ticket} names the waiting request. May finish at once. */
    AutoScale.Step beginAutoScale(String name, long nodeNumber, String ticket) {
        throw new UnsupportedOperationException();
    }

    /** 14: one round of the wait, {@value AutoScale#ROUND_SECONDS} s after the last step. Only while one waits. */
    AutoScale.Step autoScaleRound(EpochAnswers answers) {
        throw new UnsupportedOperationException();
    }

    /** 14: the client has gone; the lock is free, the added nodes stay. Does nothing when none waits. */
    void abortAutoScale() {
        throw new UnsupportedOperationException();
    }

    /** 14: who waits, if anybody. */
    Optional<AutoScale> autoScale() {
        throw new UnsupportedOperationException();
    }

    /** 15. */
    Outcome<Done> commitMigration(MigrationTask task) {
        throw new UnsupportedOperationException();
    }

    /** 16: the pairs are tried in the map's order. */
    Outcome<Done> changeConfig(String name, Map<String, String> changes) {
        throw new UnsupportedOperationException();
    }

    /** 17. */
    Outcome<Done> balanceMasters(String name) {
        throw new UnsupportedOperationException();
    }

    /** 18: all registered proxies; paging is the caller's. */
    List<String> proxyAddresses() {
        throw new UnsupportedOperationException();
    }

    /** 19. */
    Optional<ProxyView> proxy(String address) {
        throw new UnsupportedOperationException();
    }

    /** 20: a refusal with {@code ALREADY_EXISTED} may still have changed the store. */
    Outcome<Done> registerProxy(ProxyRegistration registration) {
        throw new UnsupportedOperationException();
    }

    /** 21. */
    Outcome<Done> removeProxy(String address) {
        throw new UnsupportedOperationException();
    }

    /** 22. */
    List<String> failedProxies() {
        throw new UnsupportedOperationException();
    }

    /** 23: the replacement's view, or empty for a free proxy and in ordered mode. A refusal may still change the store. */
    Outcome<Optional<ProxyView>> failover(String address) {
        throw new UnsupportedOperationException();
    }

    /** 24: never refused. */
    void reportFailure(String address, String reporterId, long nowUnixSeconds) {
        throw new UnsupportedOperationException();
    }

    /** 25: purges expired reports, then lists the suspected proxies. */
    List<String> failures(long nowUnixSeconds) {
        throw new UnsupportedOperationException();
    }

    /** 26: the hosts that cannot fail. */
    Outcome<List<String>> checkResource() {
        throw new UnsupportedOperationException();
    }

    /** 27. */
    List<String> replicaAddresses() {
        throw new UnsupportedOperationException();
    }

    /** 28. */
    void setReplicaAddresses(List<String> addresses) {
        throw new UnsupportedOperationException();
    }

    /** 29. */
    long globalEpoch() {
        throw new UnsupportedOperationException();
    }

    /** 30. */
    Outcome<Done> forceEpoch(long newEpoch) {
        throw new UnsupportedOperationException();
    }

    /** 31: given what all proxies of {@link #proxyAddresses} answered; gives back the unreachable ones. */
    List<String> recoverEpoch(EpochAnswers answers) {
        throw new UnsupportedOperationException();
    }
}
