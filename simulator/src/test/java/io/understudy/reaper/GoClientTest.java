package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.WorldBuilder;
import io.understudy.world.ClockMode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The calls that the test suite of the real Go client makes (reaper-client-go 0.4.0, spec reaper 6), and what it expects of each:
 * against a world whose time moves by requests, by hand, or by itself.
 */
class GoClientTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWNER = "Alice";
    private static final String NO_RUN = "5b1fcf00-5427-11f1-9a3e-0242ac120002";

    /** The suite looks every five seconds, for up to a quarter of an hour; by requests of a second that is more often. */
    private static final int MOST_LOOKS = 2_000;

    private ReaperOnAir reaper;
    private ClockMode clock;
    private String token;

    @ParameterizedTest(name = "clock {0}, auth {1}")
    @CsvSource({"per-request:1s, jwt", "manual, jwt", "real:200, jwt", "per-request:1s, dual"})
    void theSuiteOfTheRealClientIsContent(String mode, String auth) throws IOException {
        clock = ClockMode.parse(mode);
        WorldBuilder world =
                ReaperOnAir.world().clock(clock).preset("reaper", "go-client").set("reaper.auth.mode", auth);
        try (ReaperOnAir onAir = new ReaperOnAir(world)) {
            reaper = onAir;
            comesUpAndLogsIn(auth);
            addsClusters();
            readsClusters();
            addsAndDeletesACluster();
            readsRuns();
            filtersRuns();
            leavesTablesOut();
            repairs();
            pausesUpdatesAndResumes();
            aborts();
            watchesSegments();
            abortsSegments();
            readsSchedules();
            assertThat(read("GET", "/repair_run", 200)).isEmpty();
        }
    }

    private void comesUpAndLogsIn(String auth) throws IOException {
        assertThat(call("HEAD", "/ping").text()).isEqualTo("204");
        ReaperOnAir.Answer login = send(
                "POST",
                "/login",
                BodyPublishers.ofString("password=reaperPass&rememberMe=false&username=reaperUser"),
                "content-type",
                "application/x-www-form-urlencoded");
        if (auth.equals("dual")) {
            String session = login.headers().get("set-cookie").stream()
                    .filter(cookie -> cookie.startsWith("JSESSIONID="))
                    .map(cookie -> cookie.replaceFirst(";.*", ""))
                    .findFirst()
                    .orElseThrow();
            ReaperOnAir.Answer jwt = send("GET", "/jwt", BodyPublishers.noBody(), "cookie", session);
            assertThat(jwt.status()).isEqualTo(200);
            token = jwt.body();
        } else {
            assertThat(login.headers()).doesNotContainKey("set-cookie");
            token = JSON.readTree(login.body()).get("token").asText();
        }
        assertThat(token).isNotBlank();
    }

    private void addsClusters() {
        assertThat(call("PUT", "/cluster/cluster-1?seedHost=cluster-1-node-0").status())
                .isIn(200, 201, 204);
        assertThat(call("PUT", "/cluster/cluster-2?seedHost=cluster-2-node-0").status())
                .isIn(200, 201, 204);
    }

    private void readsClusters() throws IOException {
        assertThat(texts(read("GET", "/cluster", 200))).containsExactlyInAnyOrder("cluster-1", "cluster-2");
        JsonNode cluster = read("GET", "/cluster/cluster-1", 200);
        assertThat(cluster.get("name").asText()).isEqualTo("cluster-1");
        assertThat(cluster.get("jmx_username").asText()).isEqualTo("reaperUser");
        assertThat(cluster.get("jmx_password_is_set").booleanValue()).isTrue();
        assertThat(cluster.get("seed_hosts")).hasSize(2);
        JsonNode states = cluster.at("/nodes_status/endpointStates");
        assertThat(states).hasSize(1);
        JsonNode state = states.get(0);
        assertThat(state.get("sourceNode").asText()).isNotEmpty();
        assertThat(state.get("totalLoad").doubleValue()).isPositive();
        assertThat(state.get("endpointNames")).hasSize(2);
        assertThat(state.get("endpoints")).hasSize(1);
        assertThat(state.at("/endpoints/datacenter1")).hasSize(1);
        JsonNode rack = state.at("/endpoints/datacenter1/rack1");
        assertThat(rack).hasSize(2);
        for (JsonNode endpoint : rack) {
            assertThat(texts(state.get("endpointNames")))
                    .contains(endpoint.get("endpoint").asText());
            assertThat(endpoint.get("hostId").asText()).isNotEmpty();
            assertThat(endpoint.get("dc").asText()).isEqualTo("datacenter1");
            assertThat(endpoint.get("rack").asText()).isEqualTo("rack1");
            assertThat(endpoint.get("status").asText()).isNotEmpty();
            assertThat(endpoint.get("releaseVersion").asText()).isEqualTo("3.11.8");
            assertThat(endpoint.get("tokens").asText()).isNotEmpty();
        }
        assertThat(call("GET", "/cluster/cluster-notfound").text())
                .isEqualTo("404 cluster with name \"cluster-notfound\" not found");
        // it reads all clusters at once
        List<CompletableFuture<Integer>> both = Stream.of("cluster-1", "cluster-2")
                .map(name -> CompletableFuture.supplyAsync(
                        () -> call("GET", "/cluster/" + name).status()))
                .toList();
        assertThat(both).extracting(CompletableFuture::join).containsExactly(200, 200);
    }

    private void addsAndDeletesACluster() throws IOException {
        assertThat(call("PUT", "/cluster/cluster-3?seedHost=cluster-3-node-0").status())
                .isIn(200, 201, 204);
        assertThat(read("GET", "/cluster", 200)).hasSize(3);
        assertThat(call("DELETE", "/cluster/cluster-3").text()).isEqualTo("202");
        assertThat(texts(read("GET", "/cluster", 200))).containsExactlyInAnyOrder("cluster-1", "cluster-2");
    }

    private void readsRuns() throws IOException {
        String run = createRun("cluster-1");
        assertThat(read("GET", run, 200)).isEqualTo(read("GET", run, 200));
        assertThat(call("GET", "/repair_run/" + NO_RUN).text())
                .isEqualTo("404 repair run " + NO_RUN + " doesn't exist");
        assertThat(call("DELETE", "/repair_run/" + NO_RUN + "?owner=Alice").text())
                .isEqualTo("404 Repair run %s" + NO_RUN + " not found");
        assertThat(call("POST", "/repair_run/purge").text()).isEqualTo("200 0");
        deleteRun(run);
        assertThat(read("GET", "/repair_run", 200)).isEmpty();
    }

    private void filtersRuns() throws IOException {
        String one = createRun("cluster-1");
        String two = createRun("cluster-2");
        assertThat(paths("/repair_run")).containsExactlyInAnyOrder(one, two);
        assertThat(paths("/repair_run?cluster_name=cluster-1")).containsExactly(one);
        assertThat(paths("/repair_run?keyspace_name=reaper_client_test")).containsExactlyInAnyOrder(one, two);
        assertThat(paths("/repair_run?keyspace_name=nonexistent_keyspace")).isEmpty();
        assertThat(paths("/repair_run?state=NOT_STARTED")).containsExactlyInAnyOrder(one, two);
        assertThat(paths("/repair_run?state=RUNNING%2CDONE")).isEmpty();
        deleteRun(two);
        deleteRun(one);
    }

    private void leavesTablesOut() throws IOException {
        JsonNode created = read(
                "POST",
                "/repair_run?blacklistedTables=table2&clusterName=cluster-2&keyspace=reaper_client_test&owner=Bob",
                201);
        String path = "/repair_run/" + created.get("id").asText();
        JsonNode run = read("GET", path, 200);
        assertThat(texts(run.get("column_families"))).containsExactly("table1");
        assertThat(texts(run.get("blacklisted_tables"))).containsExactly("table2");
        assertThat(call("DELETE", path + "?owner=Bob").text()).isEqualTo("202");
    }

    private void repairs() throws IOException {
        String run = createRun("cluster-1");
        start(run);
        waitFor(run, "DONE");
        assertThat(segments(run)).allSatisfy(segment -> {
            assertThat(segment.get("state").asText()).isEqualTo("DONE");
            assertThat(segment.get("startTime").isIntegralNumber()).isTrue();
            assertThat(segment.get("endTime").isIntegralNumber()).isTrue();
        });
        deleteRun(run);
    }

    private void pausesUpdatesAndResumes() throws IOException {
        String run = createRun("cluster-1");
        start(run);
        assertThat(state(run)).isEqualTo("RUNNING");
        assertThat(call("PUT", run + "/state/PAUSED").status()).isIn(200, 204);
        assertThat(state(run)).isEqualTo("PAUSED");
        assertThat(call("PUT", run + "/intensity/0.5").text()).isEqualTo("200");
        assertThat(read("GET", run, 200).get("intensity").doubleValue()).isEqualTo(0.5);
        start(run);
        waitFor(run, "DONE");
        deleteRun(run);
    }

    private void aborts() throws IOException {
        String run = createRun("cluster-1");
        start(run);
        assertThat(state(run)).isEqualTo("RUNNING");
        assertThat(call("PUT", run + "/state/ABORTED").status()).isIn(200, 204);
        assertThat(state(run)).isEqualTo("ABORTED");
        deleteRun(run);
    }

    private void watchesSegments() throws IOException {
        String run = createRun("cluster-1");
        String unit = read("GET", run, 200).get("repair_unit_id").asText();
        List<JsonNode> segments = segments(run);
        assertThat(segments).isNotEmpty().allSatisfy(segment -> {
            assertThat(segment.get("state").asText()).isEqualTo("NOT_STARTED");
            assertThat(segment.get("startTime").isNull()).isTrue();
            assertThat(segment.get("endTime").isNull()).isTrue();
            assertThat(run).endsWith("/" + segment.get("runId").asText());
            assertThat(segment.get("repairUnitId").asText()).isEqualTo(unit);
            assertThat(segment.at("/tokenRange/baseRange/start").isIntegralNumber())
                    .isTrue();
            assertThat(segment.at("/tokenRange/tokenRanges")).isNotEmpty();
            assertThat(segment.get("replicas")).hasSize(2);
        });
        start(run);
        waitForAllStarted(run);
        assertThat(segments(run)).allSatisfy(GoClientTest::hasStarted);
        ReaperOnAir.Answer pause = call("PUT", run + "/state/PAUSED");
        if (pause.status() == 409) {
            assertThat(pause.body()).isEqualTo("Transition DONE->PAUSED not supported.");
        } else {
            assertThat(pause.status()).isIn(200, 204);
            assertThat(segments(run)).allSatisfy(GoClientTest::hasStarted);
            start(run);
            waitFor(run, "DONE");
        }
        assertThat(segments(run))
                .extracting(segment -> segment.get("state").asText())
                .containsOnly("DONE");
        deleteRun(run);
    }

    private static void hasStarted(JsonNode segment) {
        assertThat(segment.get("state").asText()).isIn("STARTED", "RUNNING", "DONE");
        assertThat(segment.get("startTime").isIntegralNumber()).isTrue();
        assertThat(segment.get("endTime").isNull())
                .isNotEqualTo(segment.get("state").asText().equals("DONE"));
        assertThat(segment.get("coordinatorHost").isTextual()).isTrue();
    }

    private void abortsSegments() throws IOException {
        String run = createRun("cluster-1");
        start(run);
        waitForAllStarted(run);
        for (JsonNode segment : segments(run)) {
            ReaperOnAir.Answer abort =
                    call("POST", run + "/segments/abort/" + segment.get("id").asText());
            if (abort.status() == 200) {
                JsonNode aborted = JSON.readTree(abort.body());
                assertThat(aborted.get("id")).isEqualTo(segment.get("id"));
                assertThat(aborted.get("state").asText()).isEqualTo("NOT_STARTED");
            } else {
                assertThat(abort.text()).isEqualTo("409 Cannot abort segment on repair run with status DONE");
            }
        }
        if (clock instanceof ClockMode.Manual) { // else a poll may have come in between
            assertThat(segments(run))
                    .extracting(segment -> segment.get("state").asText())
                    .containsOnly("NOT_STARTED");
        }
        deleteRun(run);
    }

    private void readsSchedules() throws IOException {
        assertThat(read("GET", "/repair_schedule", 200)).isEmpty();
        ReaperOnAir.Answer created = call(
                "POST",
                "/repair_schedule?clusterName=cluster-1&keyspace=reaper_client_test&owner=Alice&scheduleDaysBetween=7");
        assertThat(created.text()).isEqualTo("201");
        String path = URI.create(created.header("location").orElseThrow()).getPath();
        JsonNode schedules = read("GET", "/repair_schedule/cluster/cluster-1", 200);
        assertThat(schedules).hasSize(1);
        assertThat(path).endsWith("/" + schedules.get(0).get("id").asText());
        assertThat(schedules.get(0).get("pause_time").isNull()).isTrue();
        assertThat(OffsetDateTime.parse(schedules.get(0).get("next_activation").asText())
                        .toLocalTime())
                .hasToString("00:00");
        assertThat(read("GET", "/repair_schedule/cluster/cluster-2", 200)).isEmpty();
        assertThat(call("PUT", path + "?state=PAUSED").status()).isEqualTo(200);
        assertThat(call("DELETE", path + "?owner=Alice").text()).isEqualTo("202");
    }

    // ---- the client ----

    private ReaperOnAir.Answer call(String method, String target) {
        return token == null
                ? send(method, target, BodyPublishers.noBody())
                : send(method, target, BodyPublishers.noBody(), "authorization", "Bearer " + token);
    }

    private ReaperOnAir.Answer send(String method, String target, HttpRequest.BodyPublisher body, String... more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(reaper.url() + target))
                .timeout(Duration.ofSeconds(10)) // as the client does
                .header("accept", "application/json;q=0.9,text/plain")
                .method(method, body);
        if (more.length > 0) {
            request.headers(more);
        }
        return reaper.send(request.build());
    }

    private JsonNode read(String method, String target, int status) throws IOException {
        ReaperOnAir.Answer answer = call(method, target);
        assertThat(answer.status())
                .as(method + " " + target + ": " + answer.text())
                .isEqualTo(status);
        JsonNode body = JSON.readTree(answer.body());
        // what the client reads of a run has no time in it
        if (body.has("current_time")) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) body).remove("current_time");
        }
        return body;
    }

    private List<String> paths(String list) throws IOException {
        return elements(read("GET", list, 200))
                .map(run -> "/repair_run/" + run.get("id").asText())
                .toList();
    }

    private List<JsonNode> segments(String run) throws IOException {
        return elements(read("GET", run + "/segments", 200)).toList();
    }

    private String state(String run) throws IOException {
        return read("GET", run, 200).get("state").asText();
    }

    private void start(String run) {
        assertThat(call("PUT", run + "/state/RUNNING").status()).isIn(200, 204);
    }

    /** As the client does it: parameters in alphabetical order, blanks as plus signs, and the count under both names. */
    private String createRun(String cluster) throws IOException {
        JsonNode run = read(
                "POST",
                "/repair_run?cause=testing+repair+runs&clusterName=" + cluster
                        + "&intensity=0.1&keyspace=reaper_client_test&owner=Alice&repairParallelism=PARALLEL"
                        + "&repairThreadCount=4&segmentCount=3&segmentCountPerNode=3&tables=table1%2Ctable2",
                201);
        String path = "/repair_run/" + run.get("id").asText();
        JsonNode actual = read("GET", path, 200);
        assertThat(actual.get("cluster_name").asText()).isEqualTo(cluster);
        assertThat(actual.get("keyspace_name").asText()).isEqualTo("reaper_client_test");
        assertThat(actual.get("owner").asText()).isEqualTo(OWNER);
        assertThat(actual.get("cause").asText()).isEqualTo("testing repair runs");
        assertThat(texts(actual.get("column_families"))).containsExactlyInAnyOrder("table1", "table2");
        assertThat(actual.get("state").asText()).isEqualTo("NOT_STARTED");
        assertThat(actual.get("intensity")).hasToString("0.10000000149011612");
        assertThat(actual.get("incremental_repair").booleanValue()).isFalse();
        assertThat(actual.get("total_segments").intValue()).isPositive();
        assertThat(actual.get("repair_parallelism").asText()).isEqualTo("PARALLEL");
        assertThat(actual.get("segments_repaired").intValue()).isZero();
        assertThat(actual.get("last_event").asText()).isEqualTo("no events");
        assertThat(actual.get("duration").isNull()).isTrue();
        assertThat(actual.get("nodes")).isEmpty();
        assertThat(actual.get("datacenters")).isEmpty();
        assertThat(actual.get("blacklisted_tables")).isEmpty();
        assertThat(actual.get("repair_thread_count").intValue()).isEqualTo(4);
        return path;
    }

    private void deleteRun(String run) {
        call("PUT", run + "/state/PAUSED");
        waitUntil("deleted " + run, () -> {
            ReaperOnAir.Answer answer = call("DELETE", run + "?owner=" + OWNER);
            assertThat(answer.text())
                    .satisfiesAnyOf(
                            text -> assertThat(text).isEqualTo("202"),
                            text -> assertThat(text).contains("has running segments"));
            return answer.status() == 202;
        });
    }

    private void waitFor(String run, String state) {
        waitUntil(run + " " + state, () -> {
            try {
                return state(run).equals(state);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void waitForAllStarted(String run) {
        Predicate<JsonNode> started = segment -> !segment.get("state").asText().equals("NOT_STARTED");
        waitUntil(run + " with all segments started", () -> {
            try {
                return segments(run).stream().allMatch(started);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Between two looks the suite waits for five seconds. */
    private void waitUntil(String what, BooleanSupplier condition) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            if (condition.getAsBoolean()) {
                return;
            }
            if (clock instanceof ClockMode.Manual) {
                reaper.advance(Duration.ofSeconds(5));
            } else if (clock instanceof ClockMode.Real real) {
                sleep((long) (5_000 / real.speed()));
            }
        }
        throw new AssertionError("never came: " + what);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> texts(JsonNode array) {
        return elements(array).map(JsonNode::asText).toList();
    }
}
