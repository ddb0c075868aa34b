package io.understudy.reaper;

import io.understudy.reaper.ReaperConfiguration.Release;
import io.understudy.reaper.cassandra.TokenRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What runs, schedules and segments look like on the wire (spec reaper 2.4–2.6). The order of the members is the one of golden
 * examples 7.1–7.3.
 *
 * @param release the release line, whose newer ones have more members
 */
record ReaperJson(Release release) {
    void run(JsonWriter json, RepairRun run, RepairUnit unit, RunProgress progress, Instant now) {
        RepairRun.Plan plan = run.plan();
        json.object(() -> {
            json.field("cause", plan.cause()).field("owner", plan.owner()).field("id", plan.id());
            json.field("cluster_name", plan.clusterName()).field("column_families", plan.tables());
            json.field("keyspace_name", plan.keyspaceName()).field("state", run.runState());
            json.field("intensity", shown(run.intensity()));
            incremental(json, unit);
            json.field("total_segments", plan.totalSegments());
            json.field("repair_parallelism", plan.repairParallelism());
            json.field("segments_repaired", progress.segmentsRepaired()).field("last_event", run.lastEvent());
            json.field("duration", progress.duration().orElse(null));
            requested(json, unit);
            json.field("repair_thread_count", unit.repairThreadCount()).field("repair_unit_id", unit.id());
            if (release != Release.V2) {
                json.field("segment_timeout", unit.timeout());
                json.field("adaptive_schedule", plan.adaptiveSchedule());
            }
            json.name("creation_time").iso(plan.creationTime());
            json.name("start_time").iso(run.startTime());
            json.name("end_time").iso(run.endTime());
            json.name("pause_time").iso(run.pauseTime());
            json.name("current_time").iso(now);
            json.name("estimated_time_of_arrival")
                    .iso(progress.estimatedTimeOfArrival().orElse(null));
        });
    }

    void schedule(JsonWriter json, RepairSchedule schedule, RepairUnit unit) {
        json.object(() -> {
            json.field("id", schedule.id()).field("owner", schedule.owner());
            json.field("cluster_name", unit.clusterName()).field("keyspace_name", unit.keyspaceName());
            json.field("column_families", unit.columnFamilies()).field("state", schedule.state());
            json.field("intensity", shown(schedule.intensity()));
            incremental(json, unit);
            if (release == Release.V2) {
                // spec reaper 0.4: the total that 2.x computed beforehand, which it has always shown as 0 since
                // segments are per node
                json.field("segment_count", 0);
            }
            json.field("repair_parallelism", schedule.repairParallelism());
            json.field("scheduled_days_between", schedule.daysBetween());
            requested(json, unit);
            json.field("segment_count_per_node", schedule.segmentCountPerNode());
            json.field("repair_thread_count", unit.repairThreadCount()).field("repair_unit_id", unit.id());
            if (release != Release.V2) {
                json.field("segment_timeout", unit.timeout()).field("adaptive", schedule.adaptive());
                json.field("percent_unrepaired_threshold", schedule.percentUnrepairedThreshold());
            }
            json.name("creation_time").iso(schedule.creationTime());
            json.name("next_activation").iso(schedule.nextActivation());
            json.name("pause_time").iso(schedule.pauseTime());
        });
    }

    private void incremental(JsonWriter json, RepairUnit unit) {
        json.field("incremental_repair", unit.incrementalRepair());
        if (release != Release.V2) {
            json.field("subrange_incremental_repair", unit.subrangeIncrementalRepair());
        }
    }

    private static void requested(JsonWriter json, RepairUnit unit) {
        json.field("nodes", unit.nodes()).field("datacenters", unit.datacenters());
        json.field("blacklisted_tables", unit.blacklistedTables());
    }

    void segment(JsonWriter json, RepairSegment segment, UUID runId, UUID unitId) {
        Map<String, String> replicas = segment.replicas().datacenters();
        json.object(() -> {
            json.field("id", segment.id()).field("runId", runId).field("repairUnitId", unitId);
            json.name("tokenRange").object(() -> {
                json.name("baseRange");
                range(json, segment.baseRange());
                json.name("tokenRanges").array(segment.tokenRanges(), range -> range(json, range));
                json.name("replicas");
                texts(json, replicas);
            });
            json.field("failCount", segment.failCount()).field("state", segment.state());
            json.field("coordinatorHost", segment.coordinatorHost());
            json.name("startTime").millis(segment.startTime());
            json.name("endTime").millis(segment.endTime());
            json.name("replicas");
            texts(json, replicas);
            json.field("hostID", segment.hostId());
        });
    }

    private static void range(JsonWriter json, TokenRange range) {
        json.object(() -> json.field("start", range.start()).field("end", range.end()));
    }

    private static void texts(JsonWriter json, Map<String, String> texts) {
        json.object(() -> texts.forEach(json::field));
    }

    static void metric(JsonWriter json, PercentRepairedMetric metric) {
        json.object(() -> {
            json.field("cluster", metric.cluster()).field("node", metric.node());
            json.field("repairScheduleId", metric.repairScheduleId());
            json.field("keyspaceName", metric.keyspaceName()).field("tableName", metric.tableName());
            json.field("percentRepaired", metric.percentRepaired());
        });
    }

    static void subscription(JsonWriter json, DiagEventSubscription subscription) {
        json.object(() -> {
            json.field("id", subscription.id()).field("cluster", subscription.cluster());
            json.field("description", subscription.description());
            json.field("nodes", subscription.nodes()).field("events", subscription.events());
            json.field("export_sse", subscription.exportSse());
            json.field("export_file_logger", subscription.exportFileLogger());
            json.field("export_http_endpoint", subscription.exportHttpEndpoint());
        });
    }

    static void strings(JsonWriter json, Map<String, List<String>> lists) {
        json.object(() -> lists.forEach(json::field));
    }

    /** Rounded to four decimals by way of a 32-bit float (spec reaper 2.1). */
    static double shown(double intensity) {
        return (float) (Math.floor(intensity * 10_000 + 0.5) / 10_000);
    }
}
