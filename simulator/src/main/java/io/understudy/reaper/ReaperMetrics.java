package io.understudy.reaper;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Prometheus gets to see of runs and schedules (spec reaper 1.12). */
final class ReaperMetrics {
    private static final String RUNNER = "io_cassandrareaper_service_RepairRunner_";
    private static final String SCHEDULES = "io_cassandrareaper_service_RepairScheduleService_";

    /** A schedule is overdue when more than that many times its days have passed. */
    private static final double OVERDUE = 1.1;

    private final AppContext context;
    private final SegmentMetrics segments;

    /** @param segments what was measured of attempts at segments */
    ReaperMetrics(AppContext context, SegmentMetrics segments) {
        this.context = context;
        this.segments = segments;
    }

    List<Metric> all() {
        List<Metric> all = new ArrayList<>();
        for (RepairUnit unit : context.store().units()) {
            latest(unit).ifPresent(run -> ofUnit(all, unit, run));
        }
        context.store().schedules().forEach(schedule -> ofSchedule(all, schedule));
        all.addAll(segments.all());
        // those of one name one after the other, as the text format wants them
        all.sort(Comparator.comparing(Metric::name));
        return all;
    }

    /** The run that its runner last told of: gauges are registered when a run starts. */
    private Optional<RepairRun> latest(RepairUnit unit) {
        return context.runs().ofUnit(unit.id()).stream()
                .filter(run -> run.startTime() != null)
                .findFirst();
    }

    private void ofUnit(List<Metric> all, RepairUnit unit, RepairRun run) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("cluster", unit.clusterName());
        labels.put("keyspace", unit.keyspaceName());
        labels.put("repairid", unit.id().toString());
        int done = context.runs().segments(run).done();
        int total = run.plan().totalSegments();
        all.add(new Metric(RUNNER + "repairProgress", labels, total == 0 ? 0 : (double) done / total));
        all.add(new Metric(RUNNER + "segmentsDone", labels, done));
        all.add(new Metric(RUNNER + "segmentsTotal", labels, total));
        lastDone(context.runs().ofUnit(unit.id())).ifPresent(end -> {
            // the label says run, but it is the same id (spec reaper 1.12)
            Map<String, String> more = new LinkedHashMap<>(labels);
            more.put("runid", unit.id().toString());
            all.add(new Metric(RUNNER + "millisSinceLastRepair", more, millisSince(end)));
        });
    }

    private void ofSchedule(List<Metric> all, RepairSchedule schedule) {
        RepairUnit unit = context.store().requireUnit(schedule.repairUnitId());
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("cluster", unit.clusterName());
        labels.put("keyspace", unit.keyspaceName());
        labels.put("scheduleid", schedule.id().toString());
        Optional<Instant> last = lastDone(context.runs().ofUnit(unit.id()).stream()
                .filter(run -> run.plan().cause().equals(schedule.cause()))
                .toList());
        all.add(new Metric(
                SCHEDULES + "millisSinceLastRepairForSchedule",
                labels,
                last.map(this::millisSince).orElse((double) context.now().toEpochMilli())));
        if (context.configuration().release() == ReaperConfiguration.Release.V4) {
            all.add(new Metric(SCHEDULES + "unfulfilledRepairSchedule", labels, isOverdue(schedule, last) ? 1 : 0));
        }
    }

    private boolean isOverdue(RepairSchedule schedule, Optional<Instant> last) {
        if (schedule.state() == ScheduleState.PAUSED || schedule.daysBetween() == 0) {
            return false;
        }
        Instant since = last.orElse(schedule.nextActivation());
        return millisSince(since) > Duration.ofDays(schedule.daysBetween()).toMillis() * OVERDUE;
    }

    private static Optional<Instant> lastDone(Collection<RepairRun> runs) {
        return runs.stream()
                .filter(run -> run.runState() == RunState.DONE)
                .map(RepairRun::endTime)
                .flatMap(end -> Optional.ofNullable(end).stream())
                .max(Comparator.naturalOrder());
    }

    private double millisSince(Instant instant) {
        return Duration.between(instant, context.now()).toMillis();
    }
}
