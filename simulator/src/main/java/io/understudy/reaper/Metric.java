package io.understudy.reaper;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value that monitoring reads (spec reaper 1.12).
 *
 * @param name its name, such as {@code io_cassandrareaper_service_RepairRunner_repairProgress}
 * @param labels its labels, in order
 * @param reading what there is to read
 */
record Metric(String name, Map<String, String> labels, Reading reading) {
    Metric {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** A gauge. */
    Metric(String name, Map<String, String> labels, double value) {
        this(name, labels, new Gauge(value));
    }

    /** What there is to read of it: one of the kinds of Dropwizard Metrics. */
    sealed interface Reading {}

    /** A value as it is now. */
    record Gauge(double value) implements Reading {}

    /** How often something has happened. */
    record Counter(long count) implements Reading {}

    /**
     * How long something takes.
     *
     * @param count how often it has happened
     * @param seconds how long the last ones took, ascending
     */
    record Timer(long count, List<Double> seconds) implements Reading {
        /** The share of 0 to 1 of them took no longer than that; 0 if there was none. */
        double quantile(double share) {
            return seconds.isEmpty() ? 0 : seconds.get(Math.min(seconds.size() - 1, (int) (share * seconds.size())));
        }
    }
}
