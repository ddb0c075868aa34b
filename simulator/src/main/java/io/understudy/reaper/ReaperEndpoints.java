package io.understudy.reaper;

import static io.understudy.reaper.ReaperConfiguration.Release.V2;
import static io.understudy.reaper.ReaperConfiguration.Release.V3;
import static io.understudy.reaper.ReaperConfiguration.Release.V4;
import static io.understudy.reaper.ReaperEndpoint.Condition.ACCESS_CONTROL;
import static io.understudy.reaper.ReaperEndpoint.Condition.DIAGNOSTIC_EVENTS;
import static io.understudy.reaper.ReaperEndpoint.Kind.ADMIN;
import static io.understudy.reaper.ReaperEndpoint.Kind.ASSET;
import static io.understudy.reaper.ReaperEndpoint.Source.FORM;
import static io.understudy.reaper.ReaperEndpoint.Source.FORM_INT;
import static io.understudy.reaper.ReaperEndpoint.Source.HEADER_INT;
import static io.understudy.reaper.ReaperEndpoint.Source.QUERY_SINCE_3;
import static io.understudy.reaper.ReaperEndpoint.open;
import static io.understudy.reaper.ReaperEndpoint.read;
import static io.understudy.reaper.ReaperEndpoint.write;

import java.util.List;
import java.util.stream.Stream;

/** The catalogue: the index of spec reaper 1, with the releases of 0.3 and 0.4. Operations are named after upstream's methods. */
final class ReaperEndpoints {
    private ReaperEndpoints() {}

    private static final List<ReaperEndpoint> GENERAL = List.of(
            open("GET", "ping", "/ping", "1.1", "Whether Reaper is well").producing(MediaRange.TEXT),
            // PingResource has a HEAD of its own, so that Allow names it
            open("HEAD", "ping", "/ping", "1.1", "Whether Reaper is well").producing(MediaRange.TEXT),
            open("POST", "login", "/login", "1.2.2", "Log in; gives a token")
                    .consuming(MediaRange.FORM)
                    .with(FORM, "username", "password", "rememberMe")
                    .in(V4)
                    .onlyWith(ACCESS_CONTROL),
            open("POST", "login", "/login", "1.2.5", "Log in; gives a session")
                    .producing(MediaRange.ANY)
                    .with(FORM, "username", "password", "rememberMe")
                    .in(V2, V3)
                    .onlyWith(ACCESS_CONTROL),
            open("POST", "logout", "/logout", "1.2", "End the session")
                    .producing(MediaRange.ANY)
                    .in(V2, V3)
                    .stillDocumented()
                    .onlyWith(ACCESS_CONTROL),
            open("GET", "jwt", "/jwt", "1.2", "A token for the session")
                    .producing(MediaRange.ANY)
                    .in(V2, V3)
                    .stillDocumented()
                    .onlyWith(ACCESS_CONTROL),
            read("encrypt", "/crypto/encrypt/{text}", "1.11", "Encrypt a text for the configuration")
                    .producing(MediaRange.TEXT)
                    .in(V3, V4),
            read("getDatacenterAvailability", "/reaper/datacenterAvailability", "1.11", "Which nodes Reaper reaches")
                    .in(V3, V4));

    private static final List<ReaperEndpoint> CLUSTERS = List.of(
            read("getClusterList", "/cluster", "1.3.1", "Names of all clusters"),
            write("POST", "addOrUpdateCluster", "/cluster", "1.3.4", "Register a cluster")
                    .queryInts("jmxPort"),
            write(
                            "POST",
                            "addOrUpdateClusterWithAuth",
                            "/cluster/auth",
                            "1.3.4",
                            "Register a cluster, with credentials")
                    .with(FORM, "seedHost")
                    .with(FORM_INT, "jmxPort")
                    .with(FORM, "jmxUsername", "jmxPassword"),
            read("getCluster", "/cluster/{cluster_name}", "1.3.2", "A cluster with its runs, schedules and nodes")
                    .queryInts("limit"),
            write("PUT", "modifyCluster", "/cluster/{cluster_name}", "1.3.4", "Register or update a cluster")
                    .queryInts("jmxPort"),
            write("DELETE", "deleteCluster", "/cluster/{cluster_name}", "1.3.5", "Forget a cluster"),
            authOfCluster("/cluster/auth/{cluster_name}"),
            authOfCluster("/cluster/{cluster_name}/auth").onlyDocumented(),
            read("getClusterTables", "/cluster/{cluster_name}/tables", "1.3.3", "Keyspaces and tables of a cluster"));

    private static final List<ReaperEndpoint> RUNS = List.of(
            read("listRepairRuns", "/repair_run", "1.4.1", "Repair runs").queryInts("limit"),
            write("POST", "createRepairRun", "/repair_run", "1.4.3", "Create a repair run")
                    .queryInts("segmentCountPerNode", "repairThreadCount", "timeout")
                    .with(QUERY_SINCE_3, "timeout", "force", "subrangeIncrementalRepair"),
            read("getRepairRunsForCluster", "/repair_run/cluster/{clusterName}", "1.4.2", "Repair runs of a cluster")
                    .queryInts("limit"),
            write("POST", "purgeRepairRuns", "/repair_run/purge", "1.4.9", "Purge old repair runs"),
            read("getRepairRun", "/repair_run/{id:uuid}", "1.4.4", "A repair run"),
            write("DELETE", "deleteRepairRun", "/repair_run/{id:uuid}", "1.4.8", "Delete a repair run"),
            write("PUT", "modifyRunState", "/repair_run/{id:uuid}", "1.4.5", "Redirects to the state")
                    .in(V2)
                    .stillDocumented(),
            write(
                    "PUT",
                    "updateRepairRunState",
                    "/repair_run/{id:uuid}/state/{state}",
                    "1.4.5",
                    "Start, pause or abort"),
            write(
                    "PUT",
                    "updateRepairRunIntensity",
                    "/repair_run/{id:uuid}/intensity/{intensity}",
                    "1.4.6",
                    "Change the intensity"),
            read("getRepairRunSegments", "/repair_run/{id:uuid}/segments", "1.4.4", "Segments of a repair run"),
            write(
                    "POST",
                    "abortSegment",
                    "/repair_run/{id:uuid}/segments/abort/{segment_id:uuid}",
                    "1.4.7",
                    "Abort or replay a segment"));

    private static final List<ReaperEndpoint> SCHEDULES = List.of(
            read("listSchedules", "/repair_schedule", "1.5.1", "Repair schedules"),
            write("POST", "createRepairSchedule", "/repair_schedule", "1.5.3", "Create a repair schedule")
                    .queryInts(
                            "segmentCountPerNode",
                            "scheduleDaysBetween",
                            "repairThreadCount",
                            "timeout",
                            "percentUnrepairedThreshold")
                    .with(
                            QUERY_SINCE_3,
                            "timeout",
                            "force",
                            "subrangeIncrementalRepair",
                            "adaptive",
                            "percentUnrepairedThreshold"),
            read(
                    "getRepairSchedulesForCluster",
                    "/repair_schedule/cluster/{cluster_name}",
                    "1.5.1",
                    "Repair schedules of a cluster"),
            write(
                    "POST",
                    "startRepairSchedule",
                    "/repair_schedule/start/{id:uuid}",
                    "1.5.5",
                    "Make a schedule due now"),
            read("getRepairSchedule", "/repair_schedule/{id:uuid}", "1.5.2", "A repair schedule"),
            write("PUT", "modifyState", "/repair_schedule/{id:uuid}", "1.5.4", "Pause or resume a schedule"),
            write("PATCH", "patchRepairSchedule", "/repair_schedule/{id:uuid}", "1.5.7", "Change a schedule")
                    .consuming(MediaRange.JSON)
                    .in(V3, V4),
            write("DELETE", "deleteRepairSchedule", "/repair_schedule/{id:uuid}", "1.5.6", "Delete a schedule"),
            read(
                    "getPercentRepairedMetricsPerSchedule",
                    "/repair_schedule/{clusterName}/{id:uuid}/percent_repaired",
                    "1.5.8",
                    "How much is repaired, by node"));

    private static final List<ReaperEndpoint> SNAPSHOTS = List.of(
            read("listSnapshotsClusterWide", "/snapshot/cluster/{clusterName}", "1.6", "Snapshots of a cluster"),
            write("POST", "createSnapshotClusterWide", "/snapshot/cluster/{clusterName}", "1.6", "Snapshot a cluster"),
            write(
                    "DELETE",
                    "clearSnapshotClusterWide",
                    "/snapshot/cluster/{clusterName}/{snapshotName}",
                    "1.6",
                    "Clear a snapshot of a cluster"),
            read("listSnapshots", "/snapshot/cluster/{clusterName}/{host}", "1.6", "Snapshots of a node")
                    .in(V3, V4),
            write("POST", "createSnapshot", "/snapshot/cluster/{clusterName}/{host}", "1.6", "Snapshot a node")
                    .in(V3, V4),
            write(
                            "DELETE",
                            "clearSnapshot",
                            "/snapshot/cluster/{clusterName}/{host}/{snapshotName}",
                            "1.6",
                            "Clear a snapshot of a node")
                    .in(V3, V4),
            read("listSnapshots", "/snapshot/{clusterName}/{host}", "1.6", "Snapshots of a node")
                    .in(V2)
                    .stillDocumented(),
            write("POST", "createSnapshot", "/snapshot/{clusterName}/{host}", "1.6", "Snapshot a node")
                    .in(V2)
                    .stillDocumented(),
            write(
                            "DELETE",
                            "clearSnapshot",
                            "/snapshot/{clusterName}/{host}/{snapshotName}",
                            "1.6",
                            "Clear a snapshot of a node")
                    .in(V2)
                    .stillDocumented());

    private static final List<ReaperEndpoint> NODES = List.of(
            read("getTpStats", "/node/tpstats/{clusterName}/{host}", "1.7", "Thread pools of a node"),
            read("getDroppedMessages", "/node/dropped/{clusterName}/{host}", "1.7", "Dropped messages of a node"),
            read(
                    "getClientRequestLatencies",
                    "/node/clientRequestLatencies/{clusterName}/{host}",
                    "1.7",
                    "Latencies of a node"),
            read("listCompactions", "/node/compactions/{clusterName}/{host}", "1.7", "Compactions of a node"),
            read("getTokens", "/node/tokens/{clusterName}/{host}", "1.7", "Tokens of a node"),
            read("listStreams", "/node/streams/{clusterName}/{host}", "1.8", "Streams of a node")
                    .in(V2, V3)
                    .stillDocumented());

    private static final List<ReaperEndpoint> EVENTS = List.of(
            read("getEventSubscriptions", "/diag_event/subscription", "1.9", "Subscriptions to diagnostic events")
                    .onlyWith(DIAGNOSTIC_EVENTS),
            write("POST", "createEventSubscription", "/diag_event/subscription", "1.9", "Subscribe")
                    .onlyWith(DIAGNOSTIC_EVENTS),
            read("getAdhocSubscriptions", "/diag_event/subscription/adhoc", "1.9", "Subscriptions that are listened to")
                    .in(V3, V4)
                    .onlyWith(DIAGNOSTIC_EVENTS),
            read("getPollerCount", "/diag_event/subscription/pollers", "1.9", "How many nodes are polled")
                    .in(V3, V4)
                    .onlyWith(DIAGNOSTIC_EVENTS),
            read("getEventSubscription", "/diag_event/subscription/{id:uuid}", "1.9", "A subscription")
                    .onlyWith(DIAGNOSTIC_EVENTS),
            write("DELETE", "deleteEventSubscription", "/diag_event/subscription/{id:uuid}", "1.9", "Unsubscribe")
                    .onlyWith(DIAGNOSTIC_EVENTS),
            read("listenSse", "/diag_event/sse_listen/{id}", "1.10", "Diagnostic events as they happen")
                    .producing(MediaRange.EVENTS)
                    .with(HEADER_INT, "Last-Event-ID")
                    .onlyWith(DIAGNOSTIC_EVENTS));

    private static final List<ReaperEndpoint> SERVLETS = List.of(
            open("GET", "webui", "/webui/{path}", "1.11", "The web UI").servedBy(ASSET),
            open("GET", "healthcheck", "/healthcheck", "1.12", "The health checks")
                    .servedBy(ADMIN),
            open("GET", "adminPing", "/ping", "1.12", "Whether the process lives")
                    .servedBy(ADMIN),
            open("GET", "metrics", "/metrics", "1.12", "Metrics as JSON").servedBy(ADMIN),
            open("GET", "threads", "/threads", "1.12", "Threads as text").servedBy(ADMIN),
            open("GET", "prometheusMetrics", "/prometheusMetrics", "1.12", "Metrics as Prometheus reads them")
                    .servedBy(ADMIN));

    /** Every row, in the order of the spec's index. */
    static final List<ReaperEndpoint> ALL = Stream.of(
                    GENERAL, CLUSTERS, RUNS, SCHEDULES, SNAPSHOTS, NODES, EVENTS, SERVLETS)
            .flatMap(List::stream)
            .toList();

    private static ReaperEndpoint authOfCluster(String path) {
        return write("PUT", "modifyClusterWithAuth", path, "1.3.4", "Register or update a cluster, with credentials")
                .with(FORM, "seedHost")
                .with(FORM_INT, "jmxPort")
                .with(FORM, "jmxUsername", "jmxPassword");
    }

    static List<ReaperEndpoint> served(ReaperWire wire, ReaperEndpoint.Kind kind) {
        return ALL.stream()
                .filter(row -> row.kind() == kind && row.isServed(wire))
                .toList();
    }
}
