package io.understudy.reaper;

/** Where schedules have their runs made. */
interface ScheduledRuns {
    /** Creates a run as the schedule says, and starts it. */
    Outcome<RepairRun> create(RepairSchedule schedule, RepairUnit unit);
}
