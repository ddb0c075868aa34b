package io.understudy.scenarios;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * One step of a random history of Reaper: a request about something that there is, so that most steps have a chance; a fault that
 * comes or goes; or time that passes.
 *
 * @param kind what is done
 * @param a chooses among what there is
 * @param b chooses among the ways to do it
 */
record ReaperCommand(Kind kind, int a, int b) {
    /** What nothing comes of: wrong words, wrong types, wrong paths, wrong methods. */
    private static final List<Ask> BROKEN = List.of(
            Ask.of("GET", "/nothing"),
            Ask.of("DELETE", "/repair_run"),
            Ask.of("GET", "/repair_run/whatever"),
            Ask.of("GET", "/repair_run?state=nope"),
            Ask.of("GET", "/repair_run?limit=x"),
            Ask.of("POST", "/repair_run"),
            Ask.of("POST", "/repair_run?clusterName=test&keyspace=booya"),
            Ask.of("POST", "/repair_run?clusterName=nope&keyspace=booya&owner=alice"),
            Ask.of("POST", "/repair_run?clusterName=test&keyspace=booya&owner=alice&segmentCountPerNode=x"),
            Ask.of("POST", "/repair_run?clusterName=test&keyspace=booya&owner=alice&tables=booya1&blacklistedTables="),
            Ask.of("POST", "/repair_run?clusterName=test&keyspace=booya&owner=alice&nodes=127.0.0.1&datacenters=dc1"),
            Ask.of("POST", "/repair_schedule?clusterName=test&keyspace=booya&owner=bob"),
            Ask.of(
                    "POST",
                    "/repair_schedule?clusterName=test&keyspace=booya&owner=bob&scheduleDaysBetween=1"
                            + "&scheduleTriggerTime=2001-01-01T00:00"),
            Ask.of(
                    "POST",
                    "/repair_schedule?clusterName=test&keyspace=booya&owner=bob&scheduleDaysBetween=1"
                            + "&scheduleTriggerTime=tomorrow"),
            Ask.of("POST", "/cluster"),
            Ask.of("POST", "/cluster?seedHost=10.9.9.9"),
            Ask.of("POST", "/cluster/auth"),
            Ask.of("PUT", "/cluster/other?seedHost=127.0.0.1"),
            Ask.of("GET", "/cluster/nope"),
            Ask.of("GET", "/node/tpstats/test/127.0.0.9"),
            Ask.of("POST", "/snapshot/cluster/test/127.0.0.9?keyspace=booya"),
            Ask.of("DELETE", "/snapshot/cluster/test/none-such"),
            Ask.of("GET", "/diag_event/sse_listen/whatever"),
            Ask.of("POST", "/diag_event/subscription?clusterName=test&nodes=127.0.0.1&events=E"),
            Ask.of("GET", "/ping").with("Accept: application/json"),
            Ask.of("GET", "/cluster").with("Accept: text/plain"),
            new Ask("PATCH", "/repair_schedule/1-1-1-1-1", List.of("Content-Type: text/plain"), "owner=carl"),
            Ask.json("PATCH", "/repair_schedule/1-1-1-1-1", "{\"owner\":\"carl\"}"));

    private static final List<String> STATES =
            List.of("NOT_STARTED", "DONE", "ERROR", "DELETED", "whatever", "running", "paused", "ABORTED");

    /** What a plan has once too often, or with a value that is none; of two values the first counts. */
    private static final List<String> WRONG = List.of(
            "segmentCountPerNode",
            "repairParallelism",
            "intensity",
            "incrementalRepair",
            "subrangeIncrementalRepair",
            "tables",
            "nodes",
            "timeout",
            "force");

    private static final List<String> PATCHES = List.of(
            "{\"owner\":\" carl \"}",
            "{\"scheduled_days_between\":1,\"adaptive\":true}",
            "{\"intensity\":0.5,\"repair_parallelism\":\"parallel\"}",
            "{\"segment_count_per_node\":1}",
            "{\"scheduled_days_between\":32}",
            "{\"adaptive\":true}",
            "{\"daysBetween\":3}",
            "{\"owner\":",
            "null",
            "{\"segment_count_per_node\":3,\"percent_unrepaired_threshold\":10,\"adaptive\":true}");

    private static final List<Duration> STEPS = List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(61),
            Duration.ofSeconds(90),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30));

    /** Where a schedule without a pause fires all the time, these are thousands of runs. */
    private static final List<Duration> LEAPS = List.of(Duration.ofHours(4), Duration.ofDays(1), Duration.ofDays(8));

    /** What can be done, and how often. */
    enum Kind {
        REGISTER(3),
        MODIFY_CLUSTER(2),
        DELETE_CLUSTER(2),
        CREATE_RUN(16),
        START(18),
        PAUSE(6),
        ABORT(3),
        SAME_STATE(3),
        OTHER_STATE(3),
        OLD_STATE(1),
        INTENSITY(3),
        ABORT_SEGMENT(6),
        DELETE_RUN(5),
        PURGE(2),
        CREATE_SCHEDULE(6),
        PAUSE_SCHEDULE(3),
        RESUME_SCHEDULE(2),
        START_SCHEDULE(4),
        PATCH_SCHEDULE(4),
        DELETE_SCHEDULE(3),
        TAKE_SNAPSHOT(2),
        CLEAR_SNAPSHOT(1),
        SUBSCRIBE(2),
        UNSUBSCRIBE(1),
        BROKEN(4),
        FAULT(6),
        END_FAULT(6),
        CONTROL(3),
        RESTART(2),
        OUTAGE(1),
        ADVANCE(30);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        /** Whether it is something that is asked of Reaper; all else happens to it. */
        boolean isRequest() {
            return compareTo(FAULT) < 0;
        }
    }

    static Arbitrary<List<ReaperCommand>> histories(int min, int max) {
        Arbitrary<Integer> numbers =
                Arbitraries.integers().between(0, 999).withDistribution(RandomDistribution.uniform());
        return Combinators.combine(
                        Arbitraries.frequency(Arrays.stream(Kind.values())
                                .map(kind -> Tuple.of(kind.weight, kind))
                                .toList()),
                        numbers,
                        numbers)
                .as(ReaperCommand::new)
                .list()
                .ofMinSize(min)
                .ofMaxSize(max);
    }

    /** How much time passes. */
    Duration duration() {
        List<Duration> durations = b % 30 == 29 ? LEAPS : STEPS;
        return durations.get(a % durations.size()).plusMillis(b % 3 == 0 ? 0 : b);
    }

    /** The cluster that it is about; most often the small one. */
    String cluster() {
        return a % 20 == 19 ? "nope" : a % 3 == 2 ? "analytics" : "test";
    }

    private String seed() {
        return cluster().equals("analytics") ? "10.0.0." + (1 + b % 4) : "127.0.0." + (1 + b % 3);
    }

    /** Who asks, when that matters. */
    String owner() {
        return b % 6 == 5 ? "mallory" : b % 2 == 0 ? "alice" : "ALICE";
    }

    /** What it asks of a Reaper where there is that. */
    Ask ask(ReaperTargets there) {
        ReaperTargets.Run run = there.run(a);
        String ofRun = "/repair_run/" + run.id();
        String ofSchedule = "/repair_schedule/" + there.schedule(a);
        return switch (kind) {
            case REGISTER -> Ask.of("POST", "/cluster?seedHost=" + seed());
            case MODIFY_CLUSTER -> Ask.of("PUT", "/cluster/" + cluster() + "?seedHost=" + seed());
            case DELETE_CLUSTER -> Ask.of("DELETE", "/cluster/" + cluster() + (b % 3 == 0 ? "?force=true" : ""));
            case CREATE_RUN -> Ask.of("POST", "/repair_run?" + plan() + "&cause=why");
            case START -> Ask.of("PUT", ofRun + "/state/RUNNING");
            case PAUSE -> Ask.of("PUT", ofRun + "/state/PAUSED");
            case ABORT -> Ask.of("PUT", ofRun + "/state/ABORTED");
            case SAME_STATE -> Ask.of("PUT", ofRun + "/state/" + run.state());
            case OTHER_STATE -> Ask.of("PUT", ofRun + "/state/" + STATES.get(b % STATES.size()));
            case OLD_STATE -> Ask.of("PUT", ofRun + "?state=" + STATES.get(b % STATES.size()));
            case INTENSITY ->
                Ask.of(
                        "PUT",
                        ofRun + "/intensity/"
                                + List.of("0.5", "0.9", "1", "0", "1.5", "x").get(b % 6));
            case ABORT_SEGMENT -> Ask.of("POST", ofRun + "/segments/abort/" + there.segment(run, b));
            case DELETE_RUN -> Ask.of("DELETE", ofRun + (b % 13 == 12 ? "" : "?owner=" + owner()));
            case PURGE -> Ask.of("POST", "/repair_run/purge");
            case CREATE_SCHEDULE -> Ask.of("POST", "/repair_schedule?" + plan() + schedulePlan());
            case PAUSE_SCHEDULE -> Ask.of("PUT", ofSchedule + "?state=PAUSED");
            case RESUME_SCHEDULE ->
                Ask.of(
                        "PUT",
                        ofSchedule + "?state="
                                + List.of("ACTIVE", "active", "DELETED").get(b % 3));
            case START_SCHEDULE -> Ask.of("POST", "/repair_schedule/start/" + there.schedule(a));
            case PATCH_SCHEDULE -> Ask.json("PATCH", ofSchedule, PATCHES.get(b % PATCHES.size()));
            case DELETE_SCHEDULE -> Ask.of("DELETE", ofSchedule + (b % 13 == 12 ? "" : "?owner=" + owner()));
            case TAKE_SNAPSHOT ->
                Ask.of("POST", "/snapshot/cluster/" + place() + "?keyspace=" + keyspace() + "&snapshot_name=s" + b % 2);
            case CLEAR_SNAPSHOT -> Ask.of("DELETE", "/snapshot/cluster/" + place() + "/s0-2026-01-01-00-00-00");
            case SUBSCRIBE ->
                Ask.of(
                        "POST",
                        "/diag_event/subscription?clusterName=" + cluster() + "&description=d&nodes=" + seed()
                                + "&events=" + EVENT + "&exportSse=true&exportFileLogger=&exportHttpEndpoint=");
            case UNSUBSCRIBE -> Ask.of("DELETE", "/diag_event/subscription/" + there.subscription(a));
            case BROKEN -> BROKEN.get(a % BROKEN.size());
            default -> throw new IllegalStateException(kind + " asks nothing");
        };
    }

    /** What nodes tell of and listeners listen to. */
    static final String EVENT = "org.apache.cassandra.gms.GossiperEvent";

    private String place() {
        return b % 2 == 0 ? cluster() : cluster() + "/" + seed();
    }

    private String keyspace() {
        return cluster().equals("analytics")
                ? "telemetry"
                : b % 17 == 16
                        ? "nope"
                        : List.of("booya", "shop", "system_auth").get(b % 3);
    }

    /** What runs and schedules have in common; most of it sound. */
    private String plan() {
        StringBuilder plan = new StringBuilder("clusterName=" + cluster() + "&keyspace=" + keyspace() + "&owner=alice");
        Random random = new Random(1000L * a + b);
        optional(
                plan,
                random,
                12,
                WRONG.get(random.nextInt(WRONG.size())),
                "x",
                "0",
                "1.5",
                "none",
                "1001",
                "dc_parallel");
        optional(plan, random, 80, "segmentCountPerNode", "1", "1", "1", "2", "2", "2", "2", "3", "3", "20");
        optional(plan, random, 30, "repairParallelism", "SEQUENTIAL", "parallel", "PARALLEL");
        optional(plan, random, 60, "intensity", "1", "0.5", "0.3");
        optional(plan, random, 12, "incrementalRepair", "true", "True", "false");
        optional(plan, random, 12, "subrangeIncrementalRepair", "true", "false");
        optional(plan, random, 10, "tables", cluster().equals("analytics") ? "points" : "booya1", "users");
        optional(plan, random, 5, "blacklistedTables", cluster().equals("analytics") ? "rollups" : "booya2");
        optional(plan, random, 10, "nodes", seed());
        optional(plan, random, 10, "datacenters", "dc1", "dc1", "dc2", "dc9");
        optional(plan, random, 60, "timeout", "1", "2", "5", "-1");
        optional(plan, random, 30, "force", "true", "false");
        return plan.toString();
    }

    private String schedulePlan() {
        StringBuilder plan = new StringBuilder(
                "&scheduleDaysBetween=" + List.of(7, 1, 3, 7, 0).get(a % 5));
        Random random = new Random(a + 1000L * b);
        optional(plan, random, 20, "adaptive", "true", "maybe");
        optional(plan, random, 20, "percentUnrepairedThreshold", "10", "-1");
        optional(plan, random, 40, "scheduleTriggerTime", "2026-01-01T00:00:30", "2026-03-01");
        return plan.toString();
    }

    private static void optional(StringBuilder plan, Random random, int percent, String name, String... values) {
        if (random.nextInt(100) < percent) {
            plan.append('&').append(name).append('=').append(values[random.nextInt(values.length)]);
        }
    }
}
