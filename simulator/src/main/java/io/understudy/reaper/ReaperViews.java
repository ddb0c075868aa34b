package io.understudy.reaper;

import java.time.Instant;

/**
 * Runs and schedules as JSON, together with what is stored beside them.
 *
 * @param context where it is stored
 * @param json how it is written
 */
record ReaperViews(AppContext context, ReaperJson json) {
    void run(JsonWriter out, RepairRun run) {
        Instant now = context.now();
        RepairUnit unit = context.store().requireUnit(run.plan().repairUnitId());
        json.run(out, run, unit, RunProgress.of(run, context.runs().segments(run), now), now);
    }

    void schedule(JsonWriter out, RepairSchedule schedule) {
        json.schedule(out, schedule, context.store().requireUnit(schedule.repairUnitId()));
    }

    void segment(JsonWriter out, RepairSegment segment, RepairRun run) {
        json.segment(out, segment, run.id(), run.plan().repairUnitId());
    }
}
