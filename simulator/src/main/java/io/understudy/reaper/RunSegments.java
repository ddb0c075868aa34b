package io.understudy.reaper;

import java.util.List;

/** The segments of a run. */
final class RunSegments {
    private final List<RepairSegment> segments;

    /** The segments as a value. */
    record State() {}

    RunSegments(List<RepairSegment> segments) {
        this.segments = segments;
    }

    RunSegments(State state) {
        this(List.of());
    }

    /** In ring order. */
    List<RepairSegment> all() {
        return segments;
    }

    State state() {
        return new State();
    }
}
