package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.Covers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pitfalls of spec reaper 9. Where a golden story tells one already, the story is the test. */
class WirePitfallsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Story> STORIES = Story.all();
    private static final Map<String, Story.Fixture> FIXTURES = Story.fixtures();
    private static final String RUN = "POST /repair_run?clusterName=test&keyspace=booya&owner=alice";
    private static final String SCHEDULE =
            "POST /repair_schedule?clusterName=test&keyspace=booya&owner=bob&scheduleDaysBetween=7";
    private static final String SUBSCRIBE =
            "POST /diag_event/subscription?clusterName=test&nodes=127.0.0.1&events=org.apache.cassandra.gms.GossiperEvent"
                    + "&exportSse=true&exportFileLogger=&exportHttpEndpoint=";

    private final List<ReaperOnAir> onAir = new ArrayList<>();

    @AfterEach
    void offTheAir() {
        onAir.forEach(ReaperOnAir::close);
    }

    private ReaperOnAir reaper(String... knobs) {
        ReaperOnAir reaper = ReaperOnAir.with("empty", knobs);
        onAir.add(reaper);
        return reaper;
    }

    /** With cluster test registered. */
    private ReaperOnAir registered(String... knobs) {
        ReaperOnAir reaper = reaper(knobs);
        assertThat(reaper.say("POST /cluster?seedHost=127.0.0.1")).isEqualTo("201");
        return reaper;
    }

    private static void replay(String... ids) {
        for (String id : ids) {
            StoryPlayer.play(STORIES.get(id), FIXTURES);
        }
    }

    private static JsonNode json(ReaperOnAir.Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    private static JsonNode json(ReaperOnAir reaper, String methodAndTarget) throws IOException {
        return json(reaper.ask(methodAndTarget));
    }

    private static String location(ReaperOnAir reaper, String methodAndTarget) {
        ReaperOnAir.Answer answer = reaper.ask(methodAndTarget);
        assertThat(answer.text()).isEqualTo("201");
        return URI.create(answer.header("location").orElseThrow()).getPath();
    }

    private static TreeSet<String> names(JsonNode object) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    @Covers("reaper P1")
    void errorTextsAreRawUnderAJsonType() {
        replay("C1");
    }

    @Test
    @Covers("reaper P2")
    void aPingIsTextOnly() {
        replay("G1", "G2", "C2");
    }

    @Test
    @Covers("reaper P3")
    void aLocationFollowsTheHostThatWasAsked() throws IOException {
        ReaperOnAir reaper = reaper();
        assertThat(locationFor(reaper, "reaper.example.org:8443"))
                .isEqualTo("http://reaper.example.org:8443/cluster/test");
        assertThat(locationFor(reaper, "reaper")).isEqualTo("http://reaper/cluster/test");
    }

    /** The JDK's client does not let a test choose the Host. */
    private static String locationFor(ReaperOnAir reaper, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", reaper.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /cluster?seedHost=127.0.0.1 HTTP/1.1\r\nHost: " + host
                                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return reply.lines()
                    .filter(line -> line.regionMatches(true, 0, "location:", 0, 9))
                    .map(line -> line.substring(9).strip())
                    .findFirst()
                    .orElse("no location in " + reply);
        }
    }

    @Test
    @Covers("reaper P4")
    void intensitiesPassThroughAFloat() {
        replay("G10", "G28", "R19");
    }

    @Test
    @Covers("reaper P5")
    void runsAreSnakesAndSegmentsAreCamels() throws IOException {
        ReaperOnAir reaper = registered();
        JsonNode run = json(reaper, RUN + "&segmentCountPerNode=2");
        assertThat(names(run)).allMatch(name -> name.matches("[a-z_]+")).contains("creation_time", "total_segments");
        assertThat(run.get("creation_time").asText()).isEqualTo("2026-05-20T09:00:00Z");
        JsonNode schedule = json(reaper, "GET " + location(reaper, SCHEDULE));
        assertThat(names(schedule))
                .allMatch(name -> name.matches("[a-z_]+"))
                .contains("next_activation", "repair_unit_id");
        String path = "/repair_run/" + run.get("id").asText();
        reaper.say("PUT " + path + "/state/RUNNING");
        reaper.advance(Duration.ofSeconds(6));
        JsonNode segments = json(reaper, "GET " + path + "/segments");
        assertThat(names(segments.get(0)))
                .containsExactlyInAnyOrder(
                        "id",
                        "runId",
                        "repairUnitId",
                        "tokenRange",
                        "failCount",
                        "state",
                        "coordinatorHost",
                        "startTime",
                        "endTime",
                        "replicas",
                        "hostID");
        assertThat(segments.findValues("endTime"))
                .filteredOn(JsonNode::isNumber)
                .extracting(JsonNode::longValue)
                .containsExactly(1_779_267_605_500L);
        reaper.say("POST /snapshot/cluster/test?keyspace=booya");
        assertThat(names(json(reaper, "GET /snapshot/cluster/test/127.0.0.1")
                        .elements()
                        .next()
                        .get(0)))
                .containsExactlyInAnyOrder(
                        "name",
                        "host",
                        "keyspace",
                        "table",
                        "trueSize",
                        "sizeOnDisk",
                        "owner",
                        "cause",
                        "creationDate",
                        "clusterName");
        assertThat(names(json(reaper, "GET /node/tpstats/test/127.0.0.1").get(0)))
                .containsExactlyInAnyOrder(
                        "name",
                        "activeTasks",
                        "pendingTasks",
                        "currentlyBlockedTasks",
                        "completedTasks",
                        "totalBlockedTasks",
                        "maxPoolSize");
    }

    @Test
    @Covers("reaper P6")
    void tokensAreLongIntegersHereAndStringsThere() {
        replay("R18", "T5");
    }

    @Test
    @Covers("reaper P7")
    void aNewRunIsTheBodyAndANewScheduleIsNot() {
        replay("G10", "G26");
    }

    @Test
    @Covers("reaper P8")
    void everyDeleteIsAccepted() throws IOException {
        ReaperOnAir reaper = registered();
        String run = json(reaper, RUN).get("id").asText();
        String schedule = location(reaper, SCHEDULE);
        String subscription = location(reaper, SUBSCRIBE);
        reaper.say("POST /snapshot/cluster/test?keyspace=booya&snapshot_name=a");
        reaper.say("POST /snapshot/cluster/test/127.0.0.1?keyspace=booya&snapshot_name=b");
        reaper.say("PUT " + schedule + "?state=PAUSED");
        for (String path : List.of(
                "/repair_run/" + run + "?owner=alice",
                schedule + "?owner=bob",
                subscription,
                "/snapshot/cluster/test/a-2026-05-20-09-00-00",
                "/snapshot/cluster/test/127.0.0.1/b-2026-05-20-09-00-00",
                "/cluster/test")) {
            assertThat(reaper.say("DELETE " + path)).as(path).isEqualTo("202");
        }
    }

    @Test
    @Covers("reaper P9")
    void aPercentSignThatNobodyFilledIn() {
        replay("G23");
    }

    @Test
    @Covers("reaper P10")
    void theUnitOfABusyUnitIsCalledItsRun() {
        replay("R23");
    }

    @Test
    @Covers("reaper P11")
    void aThousandIsTheMostAndZeroIsTheDefault() {
        replay("D18");
    }

    @Test
    @Covers("reaper P12")
    void theSubrangeParameterHasAnotherNameInItsError() {
        assertThat(registered().say(RUN + "&subrangeIncrementalRepair=maybe"))
                .isEqualTo("400 invalid query parameter \"subrangeIncrementalStr\", expecting [True,False]");
    }

    @Test
    @Covers("reaper P13")
    void twoBlanksWhereThePathHasNoName() {
        replay("K10");
    }

    @Test
    @Covers("reaper P14")
    void parallelismsAreListedAsCassandraCallsThem() {
        assertThat(registered().say(RUN + "&repairParallelism=dc_parallel"))
                .isEqualTo(
                        "400 invalid repair parallelism given \"dc_parallel\", must be one of: [sequential, parallel,"
                                + " dc_parallel]");
    }

    @Test
    @Covers("reaper P15")
    void whatIsMalformedIsNotFoundUnlessItStandsInAForm() {
        replay("C12", "C13", "C14");
    }

    @Test
    @Covers("reaper P16")
    void emptyNumbersAreAbsentAndEmptyListsPresent() {
        ReaperOnAir reaper = registered();
        assertThat(reaper.say("GET /repair_run?limit=")).isEqualTo("200 []");
        assertThat(reaper.say(RUN + "&tables=&blacklistedTables="))
                .isEqualTo("400 invalid to specify a table list and a blacklist");
        assertThat(reaper.ask(RUN + "&segmentCountPerNode=&timeout=&tables=").status())
                .isEqualTo(201);
    }

    @Test
    @Covers("reaper P17")
    void statesAreCheckedWithoutCaseAndMatchedWithIt() {
        replay("R1");
    }

    @Test
    @Covers("reaper P18")
    void theLimitComesBeforeTheFilters() {
        replay("R3");
    }

    @Test
    @Covers("reaper P19")
    void whatComesOfAbortingDependsOnTheState() {
        replay("R21", "R24", "L18");
    }

    @Test
    @Covers("reaper P20")
    void theSameStateAgainIsNoContent() {
        replay("G16", "S10", "R22");
    }

    @Test
    @Covers("reaper P21")
    void unknownSegmentsFailAndDoneOnesCanBeAborted() {
        replay("R26", "R27", "L11");
    }

    @Test
    @Covers("reaper P22")
    void aPauseLetsTheSegmentFinishAndThatKeepsTheRun() {
        replay("R28", "L6");
    }

    @Test
    @Covers("reaper P23")
    void allSegmentsAreDoneBeforeTheRunIs() {
        replay("L1");
    }

    @Test
    @Covers("reaper P24")
    void aResumedRunKeepsItsStart() {
        replay("L6", "L18");
    }

    @Test
    @Covers("reaper P25")
    void oneSegmentPerPollAndARestAfterIt() {
        replay("L1", "L4", "L5");
    }

    @Test
    @Covers("reaper P26")
    void identicalAndConflictingSchedulesAreBothPointedAt() {
        replay("S8");
    }

    @Test
    @Covers("reaper P27")
    void theDefaultSegmentCountShowsInRunsOnly() throws IOException {
        ReaperOnAir reaper = registered();
        assertThat(json(reaper, "GET " + location(reaper, SCHEDULE)).get("segment_count_per_node"))
                .hasToString("0");
        JsonNode run = json(reaper, RUN);
        assertThat(run.get("total_segments")).hasToString("193");
        assertThat(run.has("segment_count_per_node")).isFalse();
    }

    @Test
    @Covers("reaper P28")
    void runsHaveTheTablesAndSchedulesTheWish() throws IOException {
        ReaperOnAir reaper = registered();
        assertThat(json(reaper, "GET " + location(reaper, SCHEDULE)).get("column_families"))
                .hasToString("[]");
        assertThat(json(reaper, RUN).get("column_families"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("booya1", "booya2");
    }

    @Test
    @Covers("reaper P29")
    void subrangeMeansIncrementalForSchedulesAlone() {
        replay("S7", "R15");
    }

    @Test
    @Covers("reaper P30")
    void incrementalSchedulesMustBeParallelAndRunsBecomeIt() {
        replay("S7", "S7configured", "R15");
    }

    @Test
    @Covers("reaper P31")
    void aPatchForgetsWhatItDoesNotName() {
        replay("S12", "S13", "D14");
    }

    @Test
    @Covers("reaper P32")
    void anImpossibleTransitionIs400ForSchedulesAnd409ForRuns() {
        replay("S10", "R20");
    }

    @Test
    @Covers("reaper P33")
    void threeWaysToSayThatThereIsNoSuchSchedule() {
        replay("S2");
    }

    @Test
    @Covers("reaper P34")
    void startMovesTheActivationAndTheTickFires() {
        replay("W2", "W3");
    }

    @Test
    @Covers("reaper P35")
    void ownersHaveNoCase() {
        replay("G32", "R28");
    }

    @Test
    @Covers("reaper P36")
    void aQuarterOfAnHourAgoIsFine() {
        replay("S4", "W11");
    }

    @Test
    @Covers("reaper P37")
    void aSnapshotsNameGetsATimeAndItsLinkIsDead() {
        replay("G35", "N1", "N3");
    }

    @Test
    @Covers("reaper P38")
    void theSamePathNamesASnapshotOrAHost() {
        replay("N4");
    }

    @Test
    @Covers("reaper P39")
    void exportsMustBePresentAndMayBeEmpty() {
        replay("E1");
    }

    @Test
    @Covers("reaper P40")
    void listsOfAnUnknownClusterAreEmpty() {
        ReaperOnAir reaper = reaper();
        for (String list : List.of(
                "/repair_run/cluster/nope",
                "/repair_schedule/cluster/nope",
                "/repair_schedule?clusterName=nope",
                "/repair_schedule?clusterName=nope&keyspace=nope")) {
            assertThat(reaper.say("GET " + list)).as(list).isEqualTo("200 []");
        }
    }

    @Test
    @Covers("reaper P41")
    void statisticsAreNeverNotFound() {
        replay("F9c", "T6");
    }

    @Test
    @Covers("reaper P42")
    void namesAreSymbolic() throws IOException {
        replay("K11");
        JsonNode run = json(registered(), RUN.replace("clusterName=test", "clusterName=T%20e!S%20T"));
        assertThat(run.get("cluster_name").asText()).isEqualTo("test");
    }

    @Test
    @Covers("reaper P43")
    void forceDoesNotMindARunningRun() {
        replay("K17");
    }

    @Test
    @Covers("reaper P44")
    void parametersThatNobodyKnowsDoNotMatter() {
        replay("C3");
    }

    @Test
    @Covers("reaper P45")
    void allLiveNodesAreSeeds() {
        replay("K12", "K6");
    }

    @Test
    @Covers("reaper P46")
    void tokensOfANodeAreAVersionAndItsStatusTwoWords() throws IOException {
        JsonNode endpoint =
                json(registered(), "GET /cluster/test").at("/nodes_status/endpointStates/0/endpoints/dc1/rack1/0");
        assertThat(endpoint.get("tokens").isTextual()).isTrue();
        assertThat(endpoint.get("tokens").asText()).matches("\\d{1,9}");
        assertThat(endpoint.get("status").asText()).isEqualTo("NORMAL - UP");
    }

    @Test
    @Covers("reaper P47")
    void aDeadClusterIsAnExceptionAndItsRunsAreThere() {
        replay("K5");
    }

    @Test
    @Covers("reaper P48")
    void purgeAndPollersAreBareIntegers() throws IOException {
        replay("G24", "L13");
        ReaperOnAir reaper = registered();
        String id = location(reaper, SUBSCRIBE).replaceFirst(".*/", "");
        InputStream stream = listen(reaper, id);
        assertThat(reaper.say("GET /diag_event/subscription/pollers")).isEqualTo("200 1");
        assertThat(json(reaper, "GET /diag_event/subscription/adhoc"))
                .extracting(subscription -> subscription.get("id").asText())
                .containsExactly(id);
        stream.close();
    }

    @Test
    @Covers("reaper P49")
    void aUserMayGetAndAskForOptions() {
        replay("A10", "A11");
    }

    @Test
    @Covers("reaper P50")
    void aTokenMayBeAParameterAndRolesAreTheStores() throws Exception {
        replay("A8");
        ReaperOnAir reaper = reaper("auth.enabled=true");
        String claims = "{\"sub\":\"user\",\"roles\":[\"operator\"],\"iat\":%d,\"exp\":%d}";
        assertThat(reaper.say("POST /repair_run/purge?access_token=" + token(claims)))
                .isEqualTo("403 {\"code\":403,\"message\":\"User not authorized.\"}");
        String nobody = "{\"sub\":\"nobody\",\"roles\":[\"operator\"],\"iat\":%d,\"exp\":%d}";
        assertThat(reaper.ask("GET /cluster?access_token=" + token(nobody)).status())
                .isEqualTo(401);
    }

    @Test
    @Covers("reaper P51")
    void aTokenAsJjwtMakesItIsAccepted() throws Exception {
        replay("G41");
        String claims = "{\"sub\":\"admin\",\"roles\":[\"operator\"],\"iat\":%d,\"exp\":%d}";
        ReaperOnAir reaper = reaper("auth.enabled=true");
        assertThat(reaper.say("POST /repair_run/purge?access_token=" + token(claims)))
                .isEqualTo("200 0");
        assertThat(reaper.ask("POST /repair_run/purge?access_token="
                                + token(claims).replaceFirst("\\.[^.]*$", ".AAAA"))
                        .status())
                .isEqualTo(401);
    }

    /** A token of the default secret (spec reaper 1.2.2), signed by other code than Reaper's. */
    private static String token(String claims) throws Exception {
        long now = Instant.parse(Story.START).getEpochSecond();
        String content = base64("{\"alg\":\"HS384\"}") + "." + base64(claims.formatted(now, now + 600));
        Mac mac = Mac.getInstance("HmacSHA384");
        mac.init(new SecretKeySpec(
                "MySecretKeyForJWTWhichMustBeLongEnoughForHS256Algorithm".getBytes(StandardCharsets.UTF_8),
                "HmacSHA384"));
        return content + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Covers("reaper P52")
    void aLoginSetsNoCookie() {
        replay("G41", "A2");
    }

    @Test
    @Covers("reaper P53")
    void setsAreReadTwiceAlike() throws IOException {
        ReaperOnAir reaper = registered();
        String run = "GET /repair_run/" + json(reaper, RUN).get("id").asText();
        String schedule = "GET " + location(reaper, SCHEDULE + "&force=true&tables=booya_twcs,booya2,booya1");
        for (String read : List.of(run, schedule, "GET /cluster/test", "GET /cluster/test/tables")) {
            String first = reaper.say(read);
            assertThat(first).startsWith("200 ");
            for (int i = 0; i < 5; i++) {
                assertThat(reaper.say(read)).isEqualTo(first);
            }
        }
    }

    @Test
    @Covers("reaper P54")
    void nullsAreWritten() throws IOException {
        ReaperOnAir reaper = registered();
        JsonNode run = json(reaper, RUN);
        for (String name : List.of("duration", "start_time", "end_time", "pause_time", "estimated_time_of_arrival")) {
            assertThat(run.path(name).isNull()).as(name).isTrue();
        }
        assertThat(json(reaper, "GET " + location(reaper, SCHEDULE))
                        .path("pause_time")
                        .isNull())
                .isTrue();
        JsonNode segment = json(reaper, "GET /repair_run/" + run.get("id").asText() + "/segments")
                .get(0);
        for (String name : List.of("coordinatorHost", "startTime", "endTime", "hostID")) {
            assertThat(segment.path(name).isNull()).as(name).isTrue();
        }
    }

    @Test
    @Covers("reaper P55")
    void sixtySecondsAreAMinute() {
        replay("L2");
    }

    @Test
    @Covers("reaper P56")
    void pingsAreNamedAndCountedAndCarryTheSubscription() throws IOException {
        ReaperOnAir reaper = registered();
        String path = location(reaper, SUBSCRIBE);
        String subscription = reaper.ask("GET " + path).body();
        try (InputStream stream = listen(reaper, path.replaceFirst(".*/", ""));
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<String> first = event(lines);
            List<String> second = event(lines);
            assertThat(first).hasSize(3).first().isEqualTo("event: ping");
            assertThat(first.get(1)).matches("id: \\d+");
            assertThat(first.get(2)).isEqualTo("data: " + subscription);
            // they come twice, from one counter (spec reaper 1.10)
            int id = Integer.parseInt(first.get(1).substring(4));
            assertThat(second).containsExactly("event: ping", "id: " + (id + 1), "data: " + subscription);
        }
    }

    /** The lines up to the next blank one. */
    private static List<String> event(BufferedReader lines) throws IOException {
        List<String> event = new ArrayList<>();
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            event.add(line);
        }
        return event;
    }

    /** The stream of a subscription, after the first pings: at the latest they bring the head. */
    private static InputStream listen(ReaperOnAir reaper, String id) {
        CompletableFuture<HttpResponse<InputStream>> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(reaper.url() + "/diag_event/sse_listen/" + id))
                                .header("accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofInputStream());
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> reaper.ask("GET /diag_event/subscription/adhoc").status() == 200);
        reaper.advance(Duration.ofSeconds(5));
        HttpResponse<InputStream> head =
                response.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        return head.body();
    }

    @Test
    @Covers("reaper P57")
    void anAbortedRunStaysAborted() {
        replay("L7");
    }

    @Test
    @Covers("reaper P58")
    void aSecondRunOfTheUnitWaitsAndOthersOverlap() {
        replay("R23", "L8");
    }

    @Test
    @Covers("reaper P59")
    void timeOutsAreMinutes() {
        replay("R6", "R13", "X6");
    }

    @Test
    @Covers("reaper P60")
    void aBlacklistOfEverythingIsAnException() {
        replay("R12");
    }
}
