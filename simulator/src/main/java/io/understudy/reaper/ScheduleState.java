package io.understudy.reaper;

/** The state of a repair schedule (spec reaper 3.3). */
public enum ScheduleState {
    ACTIVE,
    PAUSED,
    /** Known by name only: no schedule is ever stored in it. */
    DELETED
}
