package io.understudy.reaper;

/** The state of a segment (spec reaper 3.2). */
public enum SegmentState {
    NOT_STARTED,
    /** Handed to its coordinator, which has not said that it began. */
    STARTED,
    RUNNING,
    DONE
}
