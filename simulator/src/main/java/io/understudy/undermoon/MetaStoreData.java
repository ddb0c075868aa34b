package io.understudy.undermoon;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole store as a value, in JSON order (spec undermoon 4.4): the body of GET and PUT {@code /metadata}, and the form
 * in which a store is dumped and restored. Maps keep the order of the document. Report times are unix seconds, unsigned
 * (see {@link Epoch}).
 *
 * @param failures address to reporter to the time of its first report
 */
record MetaStoreData(
        String version,
        long globalEpoch,
        Map<String, Cluster> clusters,
        Map<String, ProxyResource> allProxies,
        List<String> failedProxies,
        Map<String, Map<String, Long>> failures,
        boolean enableOrderedProxy) {
    static final String VERSION = "mem-broker-0.2";

    MetaStoreData {
        clusters = ordered(clusters);
        allProxies = ordered(allProxies);
        failedProxies = List.copyOf(failedProxies);
        Map<String, Map<String, Long>> reports = new LinkedHashMap<>();
        failures.forEach((address, byReporter) -> reports.put(address, ordered(byReporter)));
        failures = Collections.unmodifiableMap(reports);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    static MetaStoreData empty(boolean enableOrderedProxy) {
        return new MetaStoreData(VERSION, 0, Map.of(), Map.of(), List.of(), Map.of(), enableOrderedProxy);
    }
}
