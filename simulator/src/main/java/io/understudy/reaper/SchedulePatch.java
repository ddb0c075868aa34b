package io.understudy.reaper;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of {@code PATCH /repair_schedule/{id}} (spec reaper 1.5.7); null = not given.
 *
 * @param owner whose the schedule is to be
 * @param repairParallelism how Cassandra is to go about it
 * @param intensity 0 to 1
 * @param daysBetween 0 to 31
 * @param segmentCountPerNode 0 to 1000
 * @param percentUnrepairedThreshold -1 to 99
 * @param adaptive whether it learns from its runs
 */
record SchedulePatch(
        @Nullable String owner,
        @Nullable RepairParallelism repairParallelism,
        @Nullable Double intensity,
        @Nullable Integer daysBetween,
        @Nullable Integer segmentCountPerNode,
        @Nullable Integer percentUnrepairedThreshold,
        @Nullable Boolean adaptive) {

    /** What is wrong with them, in the words of the 422; empty if nothing is (rows 3 and 4). */
    List<String> violations() {
        // adaptive and the threshold do not count: a patch of them alone is refused
        boolean isEmpty = owner == null
                && repairParallelism == null
                && intensity == null
                && daysBetween == null
                && segmentCountPerNode == null;
        if (isEmpty) {
            return List.of("The request body must contain at least one valid field value");
        }
        List<String> violations = new ArrayList<>();
        if (owner != null && owner.isBlank()) {
            violations.add("owner must not be empty if it is provided");
        }
        within(violations, "intensity", intensity, 0, 1);
        within(violations, "daysBetween", daysBetween, 0, 31);
        within(violations, "segmentCountPerNode", segmentCountPerNode, 0, 1000);
        within(violations, "percentUnrepairedThreshold", percentUnrepairedThreshold, -1, 99);
        return violations;
    }

    private static void within(List<String> violations, String field, @Nullable Number value, int min, int max) {
        if (value != null && value.doubleValue() > max) {
            violations.add(field + " must be less than or equal to " + max);
        }
        if (value != null && value.doubleValue() < min) {
            violations.add(field + " must be greater than or equal to " + min);
        }
    }

    /** The schedule with what was given; adaptive and the threshold are reset if they were not. */
    RepairSchedule apply(RepairSchedule schedule) {
        return new RepairSchedule(
                schedule.id(),
                schedule.repairUnitId(),
                owner == null ? schedule.owner() : owner.trim(),
                schedule.state(),
                or(daysBetween, schedule.daysBetween()),
                schedule.nextActivation(),
                schedule.creationTime(),
                or(segmentCountPerNode, schedule.segmentCountPerNode()),
                or(repairParallelism, schedule.repairParallelism()),
                or(intensity, schedule.intensity()),
                or(adaptive, false),
                or(percentUnrepairedThreshold, -1),
                schedule.pauseTime(),
                schedule.lastRun());
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
