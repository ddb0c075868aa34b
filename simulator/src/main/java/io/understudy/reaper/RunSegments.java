package io.understudy.reaper;

import io.understudy.reaper.cassandra.Replicas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The segments of a run, and how many of them are in which state. Segments move through here, so that the numbers agree. */
final class RunSegments {
    private final List<RepairSegment> segments;
    private final Map<SegmentState, Integer> numbers = new EnumMap<>(SegmentState.class);
    /** Worked out when a run first looks for a segment; the many runs that have ended need none. */
    private @Nullable CandidateSegments candidates;

    /**
     * The segments as a value.
     *
     * @param replicas the different replicas of all segments, which are far fewer
     * @param segments the segments, in ring order
     */
    record State(List<Replicas> replicas, List<RepairSegment.State> segments) {}

    /** @param segments in ring order, their ids ascending */
    RunSegments(List<RepairSegment> segments) {
        this.segments = segments;
        UUID before = null;
        for (RepairSegment segment : segments) {
            if (before != null && TimeUuids.ORDER.compare(before, segment.id()) >= 0) {
                throw new IllegalArgumentException("segment " + segment.id() + " must be later than " + before);
            }
            before = segment.id();
            numbers.merge(segment.state(), 1, Integer::sum);
        }
    }

    RunSegments(State state) {
        this(state.segments().stream()
                .map(segment -> new RepairSegment(segment, state.replicas().get(segment.replicas())))
                .toList());
    }

    State state() {
        Map<Replicas, Integer> places = new HashMap<>();
        List<Replicas> different = new ArrayList<>();
        List<RepairSegment.State> states = new ArrayList<>(segments.size());
        for (RepairSegment segment : segments) {
            Integer place = places.putIfAbsent(segment.replicas(), different.size());
            if (place == null) {
                different.add(segment.replicas());
            }
            states.add(segment.state(place == null ? different.size() - 1 : place));
        }
        return new State(different, states);
    }

    /** In ring order. */
    List<RepairSegment> all() {
        return Collections.unmodifiableList(segments);
    }

    Optional<RepairSegment> segment(UUID id) {
        int place = place(id);
        return place < 0 ? Optional.empty() : Optional.of(segments.get(place));
    }

    /** A segment that must be there. */
    RepairSegment require(UUID id) {
        return segment(id).orElseThrow(() -> new IllegalStateException("no segment " + id));
    }

    int total() {
        return segments.size();
    }

    int number(SegmentState state) {
        return numbers.getOrDefault(state, 0);
    }

    int done() {
        return number(SegmentState.DONE);
    }

    boolean isAllDone() {
        return done() == total();
    }

    /** What the next one may be taken from. */
    CandidateSegments candidates() {
        CandidateSegments known = candidates;
        if (known == null) {
            known = new CandidateSegments(segments);
            candidates = known;
        }
        return known;
    }

    /** The run needs no next one. */
    void forgetCandidates() {
        candidates = null;
    }

    /** NOT_STARTED to STARTED: handed to that coordinator. */
    void start(RepairSegment segment, String coordinator, Instant now) {
        move(segment, () -> segment.start(coordinator, now));
    }

    /** STARTED to RUNNING: the coordinator has begun. */
    void run(RepairSegment segment) {
        move(segment, segment::run);
    }

    /** STARTED or RUNNING to DONE. */
    void done(RepairSegment segment, Instant now) {
        move(segment, () -> segment.done(now));
    }

    /** Any state to NOT_STARTED, to be tried again. */
    void postpone(RepairSegment segment) {
        move(segment, segment::postpone);
    }

    private void move(RepairSegment segment, Runnable transition) {
        SegmentState before = segment.state();
        transition.run();
        numbers.merge(before, -1, Integer::sum);
        numbers.merge(segment.state(), 1, Integer::sum);
        CandidateSegments known = candidates;
        if (known != null && before != segment.state()) {
            if (before == SegmentState.NOT_STARTED) {
                known.remove(place(segment.id()));
            } else if (segment.state() == SegmentState.NOT_STARTED) {
                known.add(place(segment.id()));
            }
        }
    }

    /** Found by bisection: a map would take more room than the segments. */
    private int place(UUID id) {
        int low = 0;
        int high = segments.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int comparison = TimeUuids.ORDER.compare(segments.get(middle).id(), id);
            if (comparison == 0) {
                return middle;
            }
            if (comparison < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
