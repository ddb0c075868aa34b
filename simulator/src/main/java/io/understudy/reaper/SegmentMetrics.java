package io.understudy.reaper;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What this process has measured of its attempts at segments (spec reaper 1.12, {@code SegmentRunner}). As upstream names the metrics,
 * the host is the one that the segment had <em>before</em> the attempt: {@code null} unless the repair goes by node.
 */
final class SegmentMetrics {
    /** As many as the reservoir of Dropwizard Metrics holds. */
    private static final int MAX_SAMPLES = 1028;

    private static final String RUNNER = "io_cassandrareaper_service_SegmentRunner_";

    private final Map<Key, Timing> timings = new TreeMap<>(Key.ORDER);
    private final Map<Key, Long> postponed = new TreeMap<>(Key.ORDER);

    /** Which metric. */
    record Key(String what, String host, String cluster, String keyspace) {
        static final Comparator<Key> ORDER = Comparator.comparing(Key::what)
                .thenComparing(Key::cluster)
                .thenComparing(Key::keyspace)
                .thenComparing(Key::host);

        /** {@code MetricNameUtils} of upstream: dots of hosts become hyphens. */
        static Key of(String what, @Nullable String host, RepairRun run) {
            return new Key(
                    what,
                    Optional.ofNullable(host).orElse("null").replace('.', '-').replaceAll("[^A-Za-z0-9\\-_]", ""),
                    run.plan().clusterName(),
                    run.plan().keyspaceName());
        }

        Map<String, String> labels() {
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("host", host);
            labels.put("cluster", cluster);
            labels.put("keyspace", keyspace);
            return labels;
        }
    }

    private static final class Timing {
        private long count;
        private final Deque<Long> millis = new ArrayDeque<>();

        void add(long took) {
            count++;
            if (millis.size() == MAX_SAMPLES) {
                millis.removeFirst();
            }
            millis.addLast(took);
        }
    }

    /** A timer as a value. */
    record TimerState(Key key, long count, List<Long> millis) {}

    /** A counter as a value. */
    record CounterState(Key key, long count) {}

    /** Everything measured. */
    record State(List<TimerState> timers, List<CounterState> counters) {
        static final State NONE = new State(List.of(), List.of());
    }

    /**
     * An attempt is over.
     *
     * @param host the segment's coordinator before it; null = none
     * @param repairing how long a coordinator had it; null = none was reached
     * @param inAll how long it took in all, locks and rests aside
     */
    void ran(RepairRun run, @Nullable String host, @Nullable Duration repairing, Duration inAll) {
        add(Key.of("runRepair", host, run), inAll);
        if (repairing != null) {
            add(Key.of("repairing", host, run), repairing);
        }
    }

    private void add(Key key, Duration took) {
        timings.computeIfAbsent(key, timer -> new Timing()).add(took.toMillis());
    }

    /** @param host the segment's coordinator until then; null = none */
    void postponed(RepairRun run, @Nullable String host) {
        postponed.merge(Key.of("postpone", host, run), 1L, Long::sum);
    }

    List<Metric> all() {
        List<Metric> all = new ArrayList<>();
        postponed.forEach(
                (key, count) -> all.add(new Metric(RUNNER + key.what(), key.labels(), new Metric.Counter(count))));
        timings.forEach((key, timer) -> all.add(new Metric(
                RUNNER + key.what(),
                key.labels(),
                new Metric.Timer(
                        timer.count,
                        timer.millis.stream()
                                .sorted()
                                .map(millis -> millis / 1000.0)
                                .toList()))));
        return all;
    }

    State state() {
        List<TimerState> timers = new ArrayList<>();
        timings.forEach((key, timer) -> timers.add(new TimerState(key, timer.count, List.copyOf(timer.millis))));
        List<CounterState> counters = new ArrayList<>();
        postponed.forEach((key, count) -> counters.add(new CounterState(key, count)));
        return new State(timers, counters);
    }

    void restore(State state) {
        timings.clear();
        postponed.clear();
        state.timers().forEach(saved -> {
            Timing timing = new Timing();
            timing.count = saved.count();
            timing.millis.addAll(saved.millis());
            timings.put(saved.key(), timing);
        });
        state.counters().forEach(saved -> postponed.put(saved.key(), saved.count()));
    }
}
