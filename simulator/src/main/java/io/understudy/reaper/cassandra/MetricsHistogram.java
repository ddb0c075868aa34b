package io.understudy.reaper.cassandra;

import org.jspecify.annotations.Nullable;

/**
 * One metric of the requests that clients sent to a node (spec reaper 2.8); what its type lacks is null.
 *
 * @param name the scope: {@code Read}, {@code Write}, {@code CASRead}, {@code RangeSlice}, …
 * @param type {@code Latency}, {@code TotalLatency}, {@code Timeouts}, {@code Unavailables}, {@code Failures}
 * @param p50 microseconds, as are the other percentiles, {@code min}, {@code mean}, {@code max} and {@code stdDev}
 * @param oneMinuteRate requests per second, as are the other rates
 */
public record MetricsHistogram(
        String name,
        String type,
        @Nullable Double p50,
        @Nullable Double p75,
        @Nullable Double p95,
        @Nullable Double p98,
        @Nullable Double p99,
        @Nullable Double p999,
        @Nullable Double min,
        @Nullable Double mean,
        @Nullable Double max,
        int count,
        @Nullable Double oneMinuteRate,
        @Nullable Double fiveMinuteRate,
        @Nullable Double fifteenMinuteRate,
        @Nullable Double meanRate,
        @Nullable Double stdDev) {}
