package io.understudy.reaper;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come, as it is shown (spec reaper 2.4).
 *
 * @param segmentsRepaired how many segments are DONE
 * @param duration how long the run has taken so far or in all, in English words; empty before its start
 * @param estimatedTimeOfArrival when it will be through if it goes on like this; empty when nobody can tell
 */
record RunProgress(int segmentsRepaired, Optional<String> duration, Optional<Instant> estimatedTimeOfArrival) {
    static RunProgress of(RepairRun run, RunSegments segments, Instant now) {
        Instant start = run.startTime();
        if (start == null) {
            return new RunProgress(segments.done(), Optional.empty(), Optional.empty());
        }
        Instant until = end(run, now);
        return new RunProgress(
                segments.done(),
                Optional.of(words(Duration.between(start, until))),
                arrival(run, segments.done(), start, now));
    }

    private static Instant end(RepairRun run, Instant now) {
        @Nullable Instant end = run.endTime();
        return end == null ? now : end;
    }

    private static Optional<Instant> arrival(RepairRun run, int repaired, Instant start, Instant now) {
        RunState state = run.runState();
        if (state == RunState.DONE) {
            return Optional.of(now);
        }
        if (repaired == 0 || state.isTerminated()) {
            return Optional.empty();
        }
        // spec reaper 2.4: whole milliseconds for each segment
        long perSegment = Duration.between(start, now).toMillis() / repaired;
        return Optional.of(now.plusMillis(perSegment * (run.plan().totalSegments() - repaired)));
    }

    /** Zero units in front are left out, seconds never; zero units behind stay: {@code 1 hour 0 minutes 5 seconds}. */
    static String words(Duration duration) {
        StringBuilder words = new StringBuilder();
        append(words, duration.toDays(), "day");
        append(words, duration.toHoursPart(), "hour");
        append(words, duration.toMinutesPart(), "minute");
        return words.append(count(duration.toSecondsPart(), "second")).toString();
    }

    private static void append(StringBuilder words, long number, String unit) {
        if (number > 0 || !words.isEmpty()) {
            words.append(count(number, unit)).append(' ');
        }
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
