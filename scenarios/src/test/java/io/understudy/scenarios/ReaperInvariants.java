package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Spec reaper 3.1.1, 3.2 and 3.7: what holds of Reaper at every instant, as far as it shows. */
final class ReaperInvariants {
    /** A ring that was coalesced has at most as many segments as ranges. */
    private static final Map<String, Integer> RANGES = Map.of("test", 3, "analytics", 64);

    private static final Set<String> ENDED = Set.of("DONE", "ERROR", "ABORTED");

    /** What two runs or schedules of one unit cannot differ in. */
    private static final List<String> OF_UNIT = List.of(
            "cluster_name",
            "keyspace_name",
            "incremental_repair",
            "subrange_incremental_repair",
            "nodes",
            "datacenters",
            "blacklisted_tables",
            "repair_thread_count",
            "segment_timeout");

    private final boolean isMemory;

    /** @param isMemory whether coalesced ranges are lost (spec reaper 0.2) */
    ReaperInvariants(boolean isMemory) {
        this.isMemory = isMemory;
    }

    void check(ReaperLook look) {
        Map<String, String> runningOfUnit = new HashMap<>();
        Map<String, JsonNode> units = new HashMap<>();
        look.runs().forEach((id, run) -> {
            checkRun(look, id, run);
            checkUnit(look, units, run);
            if (run.get("state").asText().equals("RUNNING")) {
                assertThat(runningOfUnit.put(run.get("repair_unit_id").asText(), id))
                        .as("3.7.5: two runs of a unit are RUNNING")
                        .isNull();
            }
        });
        look.schedules().values().forEach(schedule -> {
            checkUnit(look, units, schedule);
            assertThat(schedule.get("pause_time").isNull())
                    .isEqualTo(schedule.get("state").asText().equals("ACTIVE"));
        });
    }

    /** 3.7.12. */
    private static void checkUnit(ReaperLook look, Map<String, JsonNode> units, JsonNode shown) {
        assertThat(look.clusters()).containsKey(shown.get("cluster_name").asText());
        JsonNode other = units.putIfAbsent(shown.get("repair_unit_id").asText(), shown);
        if (other != null) {
            OF_UNIT.forEach(field ->
                    assertThat(shown.get(field)).as("%s of one unit", field).isEqualTo(other.get(field)));
        }
    }

    private void checkRun(ReaperLook look, String id, JsonNode run) {
        JsonNode segments = look.segments().get(id);
        String state = run.get("state").asText();
        long done = look.count(id, "DONE");
        assertThat(run.get("segments_repaired").asLong()).as("3.7.1").isEqualTo(done);
        assertThat(run.get("total_segments").asInt()).as("3.7.1").isEqualTo(segments.size());
        assertThat(state.equals("DONE") && done < segments.size()).as("3.7.2").isFalse();

        assertThat(run.get("start_time").isNull()).isEqualTo(state.equals("NOT_STARTED"));
        assertThat(!run.get("pause_time").isNull()).isEqualTo(state.equals("PAUSED"));
        assertThat(!run.get("end_time").isNull()).isEqualTo(ENDED.contains(state));
        assertInOrder(run, "creation_time", "start_time");
        assertInOrder(run, "start_time", "pause_time");
        assertInOrder(run, "start_time", "end_time");
        assertInOrder(run, "end_time", "current_time");

        boolean byNode = run.get("incremental_repair").asBoolean()
                && !run.get("subrange_incremental_repair").asBoolean();
        Set<String> busy = new HashSet<>();
        for (JsonNode segment : segments) {
            checkSegment(run, segment, byNode);
            String at = segment.get("state").asText();
            if (!byNode && (at.equals("STARTED") || at.equals("RUNNING"))) {
                segment.get("replicas")
                        .fieldNames()
                        .forEachRemaining(host -> assertThat(busy.add(host))
                                .as("3.7.4: %s is at two segments", host)
                                .isTrue());
            }
        }
        if (!byNode && run.get("nodes").isEmpty()) {
            checkRing(run, segments);
        }
    }

    private static void checkSegment(JsonNode run, JsonNode segment, boolean byNode) {
        boolean isWaiting = segment.get("state").asText().equals("NOT_STARTED");
        assertThat(!segment.get("endTime").isNull())
                .isEqualTo(segment.get("state").asText().equals("DONE"));
        assertThat(segment.get("startTime").isNull()).isEqualTo(isWaiting);
        assertThat(segment.get("coordinatorHost").isNull()).isEqualTo(isWaiting && !byNode);
        assertThat(segment.get("startTime").asLong())
                .isLessThanOrEqualTo(
                        segment.get("endTime").isNull()
                                ? Long.MAX_VALUE
                                : segment.get("endTime").asLong());
        assertThat(segment.get("runId")).isEqualTo(run.get("id"));
        assertThat(segment.get("repairUnitId")).isEqualTo(run.get("repair_unit_id"));
        assertThat(segment.at("/tokenRange/baseRange")).isEqualTo(segment.at("/tokenRange/tokenRanges/0"));
    }

    /** 3.7.3; a split ring also in its order. */
    private void checkRing(JsonNode run, JsonNode segments) {
        List<JsonNode> ranges = new ArrayList<>();
        segments.forEach(segment -> segment.at("/tokenRange/tokenRanges").forEach(ranges::add));
        String cluster = run.get("cluster_name").asText();
        boolean isSplit = segments.size() > RANGES.get(cluster);
        if (!isSplit) {
            ranges.sort(Comparator.comparing(range -> range.get("start").bigIntegerValue()));
        }
        if (isMemory && !isSplit) {
            assertThat(ranges.stream().map(range -> range.get("start")).distinct())
                    .as("3.7.3")
                    .hasSameSizeAs(ranges);
            return;
        }
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < ranges.size(); i++) {
            JsonNode range = ranges.get(i);
            assertThat(range.get("end"))
                    .as("3.7.3: after %s", range)
                    .isEqualTo(ranges.get((i + 1) % ranges.size()).get("start"));
            sum = sum.add(span(range));
        }
        assertThat(sum).as("3.7.3: the whole ring once").isEqualTo(BigInteger.TWO.pow(64));
    }

    private static BigInteger span(JsonNode range) {
        BigInteger span =
                range.get("end").bigIntegerValue().subtract(range.get("start").bigIntegerValue());
        return span.signum() > 0 ? span : span.add(BigInteger.TWO.pow(64));
    }

    /** 3.7.7. */
    private static void assertInOrder(JsonNode run, String earlier, String later) {
        if (!run.get(earlier).isNull() && !run.get(later).isNull()) {
            assertThat(Instant.parse(run.get(earlier).asText()))
                    .as("3.7.7: %s before %s", earlier, later)
                    .isBeforeOrEqualTo(Instant.parse(run.get(later).asText()));
        }
    }
}
