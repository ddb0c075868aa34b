package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The broker's memory (spec undermoon 4.4): clusters and proxies are immutable values in maps which keep the order of
 * registration; whatever changes replaces a value. The rules are in the classes around it, the bookkeeping of epochs and
 * of "used by" is here.
 */
final class MetaStore {
    private final LinkedHashMap<String, Cluster> clusters;
    private final LinkedHashMap<String, ProxyResource> allProxies;
    private final LinkedHashSet<String> failedProxies;
    private final LinkedHashMap<String, LinkedHashMap<String, Long>> failures = new LinkedHashMap<>();
    private final String version;
    private final boolean enableOrderedProxy;
    private long globalEpoch;

    MetaStore(MetaStoreData data) {
        version = data.version();
        globalEpoch = data.globalEpoch();
        clusters = new LinkedHashMap<>(data.clusters());
        allProxies = new LinkedHashMap<>(data.allProxies());
        failedProxies = new LinkedHashSet<>(data.failedProxies());
        data.failures().forEach((address, reports) -> failures.put(address, new LinkedHashMap<>(reports)));
        enableOrderedProxy = data.enableOrderedProxy();
    }

    MetaStoreData data() {
        return new MetaStoreData(
                version,
                globalEpoch,
                clusters,
                allProxies,
                List.copyOf(failedProxies),
                Collections.unmodifiableMap(failures),
                enableOrderedProxy);
    }

    boolean enableOrderedProxy() {
        return enableOrderedProxy;
    }

    // Epochs (spec undermoon 5.11)

    long globalEpoch() {
        return globalEpoch;
    }

    long bumpGlobalEpoch() {
        return ++globalEpoch;
    }

    /** Endpoints 30 and 31: the tasks' epochs stay. */
    void forceEpoch(long epoch) {
        globalEpoch = epoch;
        clusters.replaceAll((name, cluster) -> cluster.withEpoch(epoch));
    }

    // Clusters

    Optional<Cluster> cluster(String name) {
        return Optional.ofNullable(clusters.get(name));
    }

    Map<String, Cluster> clusters() {
        return Collections.unmodifiableMap(clusters);
    }

    /** The usual end of a mutation: the global epoch goes up by one and the cluster gets it. */
    void putWithNewEpoch(String name, Cluster cluster) {
        clusters.put(name, cluster.withEpoch(bumpGlobalEpoch()));
    }

    void put(String name, Cluster cluster) {
        clusters.put(name, cluster);
    }

    Cluster removeCluster(String name) {
        Cluster removed = clusters.remove(name);
        return Objects.requireNonNull(removed, "only known clusters are removed");
    }

    // Proxies

    Optional<ProxyResource> proxy(String address) {
        return Optional.ofNullable(allProxies.get(address));
    }

    Map<String, ProxyResource> allProxies() {
        return Collections.unmodifiableMap(allProxies);
    }

    /** Registers a proxy unless one of its address is there; tells whether it was new. */
    boolean addProxy(ProxyResource proxy) {
        return allProxies.putIfAbsent(proxy.proxyAddress(), proxy) == null;
    }

    void removeProxy(String address) {
        allProxies.remove(address);
    }

    void markUsed(Collection<Chunk> chunks, String clusterName) {
        changeProxies(chunks, proxy -> proxy.usedBy(clusterName));
    }

    void markFree(Collection<Chunk> chunks) {
        changeProxies(chunks, ProxyResource::freed);
    }

    void changeProxy(String address, UnaryOperator<ProxyResource> change) {
        allProxies.computeIfPresent(address, (key, proxy) -> change.apply(proxy));
    }

    private void changeProxies(Collection<Chunk> chunks, UnaryOperator<ProxyResource> change) {
        for (Chunk chunk : chunks) {
            chunk.proxyAddresses().forEach(address -> changeProxy(address, change));
        }
    }

    /** Free and without a blemish: a single report, even an expired one, is enough to be passed over (P30). */
    boolean isUsable(ProxyResource proxy) {
        return proxy.free() && isClean(proxy.proxyAddress());
    }

    boolean isClean(String address) {
        return !failedProxies.contains(address) && !failures.containsKey(address);
    }

    // Failed and suspected proxies

    Set<String> failedProxies() {
        return Collections.unmodifiableSet(failedProxies);
    }

    void markFailed(String address) {
        failedProxies.add(address);
    }

    boolean clearFailed(String address) {
        return failedProxies.remove(address);
    }

    /** Whether this is the reporter's first report of the address; only then it is kept. */
    boolean addReport(String address, String reporterId, long unixSeconds) {
        return failures.computeIfAbsent(address, key -> new LinkedHashMap<>()).putIfAbsent(reporterId, unixSeconds)
                == null;
    }

    boolean clearReports(String address) {
        return failures.remove(address) != null;
    }

    /** Drops every report that is {@code ttlSeconds} old or older; upstream's times are signed. */
    void purgeReports(long nowUnixSeconds, long ttlSeconds) {
        failures.values().forEach(reports -> reports.values().removeIf(time -> nowUnixSeconds - time >= ttlSeconds));
        failures.values().removeIf(Map::isEmpty);
    }

    Map<String, ? extends Map<String, Long>> failures() {
        return Collections.unmodifiableMap(failures);
    }

    /** Hosts in the order in which their first proxy was registered. */
    List<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        allProxies.values().forEach(proxy -> hosts.add(proxy.host()));
        return new ArrayList<>(hosts);
    }
}
