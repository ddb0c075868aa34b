package io.understudy.reaper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an adaptive schedule learns from a run of it that is done (spec reaper 3.3.1). */
enum AdaptiveRule {
    /** Many segments had to be tried again: smaller ones. */
    MORE_SEGMENTS {
        @Override
        int segmentCountPerNode(int segments) {
            return atLeast((int) (segments * 1.2));
        }
    },
    /** Some had: more time. */
    LONGER_TIMEOUT {
        @Override
        int timeout(int minutes) {
            return (int) Math.min(minutes * 2L, Integer.MAX_VALUE);
        }
    },
    /** None had, and all were short: larger ones. */
    FEWER_SEGMENTS {
        @Override
        int segmentCountPerNode(int segments) {
            return atLeast((int) (segments / 1.1));
        }
    };

    private static final int MIN_SEGMENTS = 16;
    private static final int MANY_FAILED_PERCENT = 20;
    private static final int SOME_FAILED_PERCENT = 1;
    private static final long LONG_SEGMENT_MINUTES = 5;

    int segmentCountPerNode(int segments) {
        return segments;
    }

    int timeout(int minutes) {
        return minutes;
    }

    private static int atLeast(int segments) {
        return Math.max(MIN_SEGMENTS, segments);
    }

    /** The rule for a run with these segments, all of them DONE; empty if nothing is to change. */
    static Optional<AdaptiveRule> of(List<RepairSegment> segments) {
        long failed =
                segments.stream().filter(segment -> segment.failCount() > 0).count();
        double percentFailed = segments.isEmpty() ? 0 : 100.0 * failed / segments.size();
        if (percentFailed > MANY_FAILED_PERCENT) {
            return Optional.of(MORE_SEGMENTS);
        }
        if (percentFailed >= SOME_FAILED_PERCENT) {
            return Optional.of(LONGER_TIMEOUT);
        }
        long longest = segments.stream().mapToLong(AdaptiveRule::minutes).max().orElse(0);
        return failed == 0 && longest < LONG_SEGMENT_MINUTES ? Optional.of(FEWER_SEGMENTS) : Optional.empty();
    }

    private static long minutes(RepairSegment segment) {
        Instant start = segment.startTime();
        Instant end = segment.endTime();
        return start == null || end == null ? 0 : Duration.between(start, end).toMinutes();
    }
}
