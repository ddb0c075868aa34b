package io.understudy.reaper.cassandra;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Statistics of a node that somebody has set by hand. Each stands in the place of the computed one of the same name (and type),
 * or is added when there is none, and stays as it is.
 */
public record StatisticsOverrides(
        List<ThreadPoolStat> threadPools,
        List<DroppedMessages> droppedMessages,
        List<MetricsHistogram> clientRequestLatencies) {
    /** Nothing set. */
    public static final StatisticsOverrides NONE = new StatisticsOverrides(List.of(), List.of(), List.of());

    public StatisticsOverrides {
        threadPools = List.copyOf(threadPools);
        droppedMessages = List.copyOf(droppedMessages);
        clientRequestLatencies = List.copyOf(clientRequestLatencies);
    }

    /** The same with this pool. */
    public StatisticsOverrides with(ThreadPoolStat pool) {
        return new StatisticsOverrides(put(threadPools, pool), droppedMessages, clientRequestLatencies);
    }

    /** The same with this count of dropped messages. */
    public StatisticsOverrides with(DroppedMessages dropped) {
        return new StatisticsOverrides(threadPools, put(droppedMessages, dropped), clientRequestLatencies);
    }

    /** The same with this metric. */
    public StatisticsOverrides with(MetricsHistogram metric) {
        return new StatisticsOverrides(threadPools, droppedMessages, put(clientRequestLatencies, metric));
    }

    private static List<ThreadPoolStat> put(List<ThreadPoolStat> pools, ThreadPoolStat pool) {
        return put(pools, pool, other -> other.name().equals(pool.name()));
    }

    private static List<DroppedMessages> put(List<DroppedMessages> all, DroppedMessages dropped) {
        return put(all, dropped, other -> other.name().equals(dropped.name()));
    }

    private static List<MetricsHistogram> put(List<MetricsHistogram> metrics, MetricsHistogram metric) {
        return put(
                metrics,
                metric,
                other -> other.name().equals(metric.name()) && other.type().equals(metric.type()));
    }

    private static <T> List<T> put(List<T> all, T value, Predicate<T> isItsPlace) {
        return all.stream().anyMatch(isItsPlace)
                ? all.stream()
                        .map(other -> isItsPlace.test(other) ? value : other)
                        .toList()
                : Stream.concat(all.stream(), Stream.of(value)).toList();
    }

    List<ThreadPoolStat> overThreadPools(List<ThreadPoolStat> computed) {
        return threadPools.stream().reduce(computed, StatisticsOverrides::put, (first, second) -> second);
    }

    List<DroppedMessages> overDroppedMessages(List<DroppedMessages> computed) {
        return droppedMessages.stream().reduce(computed, StatisticsOverrides::put, (first, second) -> second);
    }

    List<MetricsHistogram> overClientRequestLatencies(List<MetricsHistogram> computed) {
        return clientRequestLatencies.stream().reduce(computed, StatisticsOverrides::put, (first, second) -> second);
    }
}
