package io.understudy.scenarios;

import io.understudy.reaper.ReaperSimulator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What there is in a Reaper that a command may be about. */
record ReaperTargets(
        List<Run> runs, List<String> schedules, List<String> subscriptions, Function<String, List<String>> segments) {
    private static final String NOBODY = "00000000-0000-1000-8000-000000000000";

    /** A run by its id, and in what state it is. */
    record Run(String id, String state) {}

    /** What it looks like inside; what was subscribed it does not tell. */
    static ReaperTargets of(ReaperSimulator reaper, List<String> subscriptions) {
        return new ReaperTargets(
                reaper.runs().stream()
                        .map(run -> new Run(run.id().toString(), run.state().name()))
                        .toList(),
                reaper.schedules().stream()
                        .map(schedule -> schedule.id().toString())
                        .toList(),
                subscriptions,
                run -> reaper.segments(UUID.fromString(run)).stream()
                        .map(segment -> segment.id().toString())
                        .toList());
    }

    /** One of the runs, now and then one that does not exist. */
    Run run(int which) {
        return chosen(runs, which, new Run(NOBODY, "RUNNING"));
    }

    String schedule(int which) {
        return chosen(schedules, which, NOBODY);
    }

    String subscription(int which) {
        return chosen(subscriptions, which, NOBODY);
    }

    String segment(Run run, int which) {
        return run.id().equals(NOBODY) ? NOBODY : chosen(segments.apply(run.id()), which, NOBODY);
    }

    private static <T> T chosen(List<T> all, int which, T nobody) {
        return all.isEmpty() || which % 31 == 30 ? nobody : all.get(which % all.size());
    }
}
