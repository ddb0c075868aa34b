package io.understudy.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.understudy.CounterSystem;
import io.understudy.Simulation;
import io.understudy.journal.Headers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlApiTest {
    private final Catalogue catalogue = CounterSystem.withTheOthers();
    private Worlds worlds;
    private ControlServer server;
    private String counter;

    @BeforeEach
    void start() throws IOException {
        WorldPlan plan = new WorldPlan(List.of(), 1L, "manual", Map.of(), Map.of(), Map.of(), Map.of());
        Simulation simulation = plan.begin(catalogue).start();
        counter = simulation.nodes().get(1).url().toString();
        worlds = new Worlds(catalogue, simulation);
        server = ControlServer.start(worlds, "127.0.0.1", 0, null);
    }

    @AfterEach
    void end() {
        server.close();
        worlds.close();
    }

    private RequestSpecification control() {
        return given().baseUri(server.url()).contentType(ContentType.JSON);
    }

    private ValidatableResponse count() {
        return given().baseUri(counter).post("/count").then();
    }

    @Test
    void systemsAreInTheRegistrysOrderAndNodesInTheSystems() {
        control()
                .get("/systems")
                .then()
                .statusCode(200)
                .body("system", contains("undermoon", "counter"))
                .body("[1].profile", equalTo("plain"))
                .body("[1].nodes.name", contains("n1", "n2"))
                .body("[1].nodes[0].url", equalTo(counter));
    }

    @Test
    void aSystemTellsHowItIsSetAndWhatItKnows() {
        control()
                .get("/systems/counter")
                .then()
                .statusCode(200)
                .body("preset", equalTo("at(7)"))
                .body("knobs.step", equalTo("1"))
                .body("description.actions.name", contains("add", "clear"))
                .body("description.knobs[0].default", equalTo("2"));
    }

    @Test
    void timeMovesAsItIsTold() {
        control()
                .body("{\"by\":\"PT2H\"}")
                .post("/clock/advance")
                .then()
                .statusCode(200)
                .body("now", equalTo("2026-01-01T02:00:00Z"))
                .body("events", empty());
        control()
                .body("{\"to\":\"2026-01-02T00:00:00Z\"}")
                .post("/clock/advance")
                .then()
                .body("now", equalTo("2026-01-02T00:00:00Z"));
        control()
                .body("{\"mode\":\"per-request:1s\"}")
                .put("/clock")
                .then()
                .statusCode(200)
                .body("mode", equalTo("per-request:PT1S"));
        control()
                .get("/clock")
                .then()
                .body("now", equalTo("2026-01-02T00:00:00Z"))
                .body("pending", empty());
    }

    @Test
    void theEndOfAFaultRuleIsAmongTheEventsToCome() {
        control()
                .body("{\"trigger\":{\"lasting\":\"1m\"},\"fault\":{\"type\":\"hang\"}}")
                .post("/faults")
                .then()
                .statusCode(201);

        control()
                .get("/clock")
                .then()
                .body("pendingInAll", equalTo(1))
                .body("pending[0].at", equalTo("2026-01-01T00:01:00Z"))
                .body("pending[0].part", equalTo("faults"))
                .body("pending[0].kind", equalTo("RuleEnds"));
    }

    @Test
    void aFaultRuleStrikesUntilItIsRemoved() {
        String id = control()
                .body(
                        "{\"match\":{\"operation\":\"counter.count\"},\"fault\":{\"type\":\"typicalError\",\"code\":\"FULL\"}}")
                .post("/faults")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        count().statusCode(507);
        control().get("/faults").then().body("[0].rule.id", equalTo(id)).body("[0].struck", equalTo(1));
        control().delete("/faults/" + id).then().statusCode(204);
        control().delete("/faults/" + id).then().statusCode(404).body("detail", containsString("no fault rule '" + id));
        count().statusCode(200);
    }

    @Test
    void allFaultRulesGoAtOnce() {
        control().body("{\"fault\":{\"type\":\"hang\"}}").post("/faults");
        control().delete("/faults").then().statusCode(204);
        control().get("/faults").then().body("", empty());
    }

    @Test
    void theJournalIsPagedBySequence() {
        for (int i = 0; i < 5; i++) {
            count();
        }

        control()
                .get("/journal?system=counter&limit=2")
                .then()
                .body("entries.sequence", contains(4, 5))
                .body("entries.kind", contains("exchange", "exchange"));
        control()
                .get("/journal?operation=re:counter.*&since=1&limit=2")
                .then()
                .body("entries.sequence", contains(2, 3))
                .body("next", equalTo(3));
        control().get("/journal?since=5").then().body("entries", empty()).body("next", equalTo(5));
        control().delete("/journal").then().statusCode(204);
        control().get("/journal").then().body("entries", empty()).body("dropped", equalTo(5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2                             | true  | exactly 2
                    3                             | false | exactly 3
                    {"atLeast": 1}                | true  | at least 1
                    {"atMost": 1}                 | false | at most 1
                    {"atLeast": 2, "atMost": 3}   | true  | between 2 and 3
                    """)
    void verificationTellsWhetherItWasMet(String times, boolean met, String wanted) {
        count();
        count();

        control()
                .body("{\"match\":{\"operation\":\"counter.count\"},\"times\":" + times + "}")
                .post("/journal/verify")
                .then()
                .statusCode(200)
                .body("met", equalTo(met))
                .body("count", equalTo(2))
                .body("wanted", equalTo(wanted));
    }

    @Test
    void aFailedVerificationShowsTheNearestMisses() {
        count();

        control()
                .body("{\"match\":{\"path\":\"/cuont\"},\"times\":1}")
                .post("/journal/verify")
                .then()
                .body("nearMisses[0].misses", contains("path: wanted /cuont, was /count"))
                .body("message", startsWith("Wanted exactly 1 of: path /cuont; found 0."));
    }

    @Test
    void actionsTakeArgumentsAndTellResults() {
        control()
                .body("{\"by\":5}")
                .post("/systems/counter/actions/add")
                .then()
                .statusCode(200)
                .body("result", equalTo(12));
        control().post("/systems/counter/actions/clear").then().statusCode(204);
        control().get("/state/counter").then().statusCode(200).body("count", equalTo(0));
    }

    @Test
    void aSnapshotThatIsPutBackContinuesWhereItWasTaken() {
        count();
        control()
                .body("{\"trigger\":{\"lasting\":\"1h\"},\"fault\":{\"type\":\"hang\"},\"match\":{\"path\":\"/x\"}}")
                .post("/faults");
        String snapshot =
                control().get("/state").then().statusCode(200).extract().asString();
        assertThat(count().extract().asString()).isEqualTo("9");
        control().post("/reset");

        control().body(snapshot).put("/state").then().statusCode(204);

        control().get("/clock").then().body("pendingInAll", equalTo(1));
        control().get("/journal").then().body("entries", hasSize(1));
        assertThat(control().get("/state").asString()).isEqualTo(snapshot);
        assertThat(count().extract().asString()).isEqualTo("9");
    }

    @Test
    void aSnapshotOfAnotherWorldChangesNothing() {
        String snapshot = control().get("/state").asString();
        control().body("{\"systems\":[\"counter\"]}").post("/worlds");

        control()
                .body(snapshot)
                .put("/worlds/world-1/state")
                .then()
                .statusCode(400)
                .body("detail", containsString("undermoon"));
        control().get("/worlds/world-1/state/counter").then().body("count", equalTo(7));
        control().get("/state/undermoon").then().statusCode(200);
    }

    @Test
    void aResetGoesBackToTheBeginningUnderTheSeedThatIsGiven() {
        count();
        control()
                .body("{\"seed\":42}")
                .post("/reset")
                .then()
                .statusCode(200)
                .body("seed", equalTo(42))
                .body("now", equalTo("2026-01-01T00:00:00Z"));
        control().post("/reset").then().body("seed", equalTo(42));
        control().get("/state/counter").then().body("count", equalTo(7));
        control().get("/journal").then().body("entries", empty());
    }

    @Test
    void furtherWorldsHaveTheirOwnPortsTimeAndEnd() {
        Map<String, Object> world = control()
                .body(
                        "{\"systems\":[\"counter\"],\"seed\":9,\"clock\":\"manual\",\"presets\":{\"counter\":\"at(100)\"},"
                                + "\"set\":{\"counter.step\":10},\"quirks\":{\"counter.alone\":true}}")
                .post("/worlds")
                .then()
                .statusCode(201)
                .header("Location", "/worlds/world-1")
                .body("seed", equalTo(9))
                .body("systems.system", contains("counter"))
                .body("systems[0].nodes", hasSize(1))
                .extract()
                .path("");
        String url = given().baseUri(server.url()).get("/worlds/world-1").path("systems[0].nodes[0].url");

        assertThat(world).containsEntry("id", "world-1");
        assertThat(given().baseUri(url).post("/count").asString()).isEqualTo("110");
        control()
                .body("{\"by\":\"1h\"}")
                .post("/worlds/world-1/clock/advance")
                .then()
                .statusCode(200);
        control().get("/clock").then().body("now", equalTo("2026-01-01T00:00:00Z"));
        control().get("/worlds").then().body("id", contains("default", "world-1"));
        control().get("/worlds/default/state/counter").then().body("count", equalTo(7));
        control().delete("/worlds/world-1").then().statusCode(204);
        control()
                .get("/worlds/world-1/clock")
                .then()
                .statusCode(404)
                .body("detail", equalTo("there is no world 'world-1'; GET /worlds lists those there are"));
        control().delete("/worlds/default").then().statusCode(409);
    }

    @Test
    void metricsCountRequestsByOperationAndStatus() {
        count();
        count();
        given().baseUri(counter).get("/nowhere");

        assertThat(control().get("/metrics").then().statusCode(200).extract().asString())
                .contains(
                        "understudy_requests_total{world=\"default\",system=\"counter\",operation=\"counter.count\",status=\"200\"} 2\n",
                        "understudy_requests_total{world=\"default\",system=\"counter\",operation=\"counter.unrouted\",status=\"404\"} 1\n",
                        "understudy_journal_entries{world=\"default\"} 3\n",
                        "understudy_held_replies{world=\"default\"} 0\n",
                        "understudy_virtual_time_seconds{world=\"default\"} 1767225600\n",
                        "understudy_worlds 1\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST   | /clock/advance                  | {"by":"PT1H","too":1}   | 400 | unknown member 'too'; known are [
                    POST   | /clock/advance                  | {}                      | 400 | write either {"by": "PT2H"} or
                    POST   | /clock/advance                  | {"by":"-PT1H"}          | 400 | time cannot go back
                    POST   | /clock/advance                  | {"by":"soon"}           | 400 | 'soon' is no duration
                    POST   | /clock/advance                  |                         | 400 | the body is missing; send JSON
                    PUT    | /clock                          | {"mode":"rael"}         | 400 | no clock mode 'rael'; use real
                    PUT    | /clock                          | {}                      | 400 | the member 'mode' is missing
                    PUT    | /clock                          | {"mode":                | 400 | line 1
                    POST   | /faults                         | {"fault":{"type":"x"}}  | 400 | no type 'x'; it is one of
                    POST   | /faults                         | {}                      | 400 | the member 'fault' is missing
                    POST   | /journal/verify                 | {}                      | 400 | the member 'times' is missing
                    POST   | /journal/verify                 | {"times":-1}            | 400 | at least -1
                    GET    | /journal?limit=x                |                         | 400 | limit is 'x'; it must be a whole number of at least 0
                    GET    | /journal?limt=1                 |                         | 400 | no query parameter 'limt'; did you mean 'limit'?
                    GET    | /journal?system=countr          |                         | 400 | did you mean 'counter'?
                    PUT    | /state                          | {"version":99}          | 400 | version 99
                    PUT    | /state                          | {}                      | 400 | 'version' is missing
                    GET    | /state/countr                   |                         | 404 | there is no system 'countr'; did you mean 'counter'?
                    POST   | /systems/counter/actions/ad     |                         | 404 | counter has no action 'ad'; did you mean 'add'?
                    POST   | /systems/counter/actions/add    |                         | 400 | add needs the argument 'by': how much
                    POST   | /systems/counter/actions/add    | {"by":[1]}              | 400 | the argument 'by' is [1]; give a text, number or boolean
                    POST   | /systems/counter/actions/clear  | {"x":1}                 | 400 | clear has no parameter 'x'
                    POST   | /reset                          | {"sed":1}               | 400 | unknown member 'sed'
                    POST   | /worlds                         | {"systems":["countr"]}  | 400 | there is no system 'countr'; did you mean 'counter'?
                    POST   | /worlds                         | {"set":{"counter.step":0}} | 400 | counter.step is a whole number from 1 to 100
                    POST   | /worlds                         | {"port":1}              | 400 | unknown member 'port'
                    GET    | /nowhere                        |                         | 404 | there is nothing at /nowhere; GET /openapi.json tells
                    DELETE | /clock                          |                         | 405 | not DELETE
                    GET    | /worlds/w/clock                 |                         | 404 | there is no world 'w'
                    """)
    void aMistakeIsAProblemThatSaysWhatWouldBeRight(
            String method, String path, String body, int status, String detail) {
        RequestSpecification request = control();
        if (body != null) {
            request.body(body);
        }
        request.request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("detail", containsString(detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example:80", "1.2.3.4.example", ""})
    void aNameThatMayHaveBeenReboundToThisMachineIsRefused(String host) {
        assertThat(new Guard(null).refusal(Headers.of("Host", host)))
                .hasValueSatisfying(problem -> assertThat(problem.status()).isEqualTo(403));
        control().header("Host", "evil.example").get("/health").then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:7700", "127.0.0.1:7700", "[::1]:7700", "10.0.0.7"})
    void addressesAndLocalhostMayComeIn(String host) {
        assertThat(new Guard(null).refusal(Headers.of("Host", host))).isEmpty();
    }

    @Test
    void aPageFromElsewhereMayNotSendRequests() {
        control().header("Origin", "http://evil.example").post("/reset").then().statusCode(403);
        control().header("Origin", server.url()).post("/reset").then().statusCode(200);
    }

    @Test
    void withATokenOnlyThoseWhoKnowItComeIn() throws IOException {
        try (ControlServer guarded = ControlServer.start(worlds, "0.0.0.0", 0, "secret")) {
            given().baseUri(guarded.url()).get("/health").then().statusCode(401).header("WWW-Authenticate", "Bearer");
            given().baseUri(guarded.url())
                    .header("Authorization", "Bearer wrong")
                    .get("/health")
                    .then()
                    .statusCode(401);
            given().baseUri(guarded.url())
                    .header("Authorization", "Bearer secret")
                    .header("Host", "build.example")
                    .get("/health")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void withoutATokenItStaysOnTheLoopbackWhateverTheSystemsBindTo() throws IOException {
        try (ControlServer open = ControlServer.start(worlds, "0.0.0.0", 0, null);
                ServerSocket same = new ServerSocket()) {
            int port = URI.create(open.url()).getPort();
            same.bind(new InetSocketAddress("127.0.0.2", port)); // taken if it listened on all addresses
        }
    }

    @Test
    void theDescriptionHasEveryRouteAndOnlyThose() {
        Map<String, Map<String, Object>> paths =
                control().get("/openapi.json").then().statusCode(200).extract().path("paths");
        Set<String> described = new TreeSet<>();
        paths.forEach((path, item) -> item.keySet().stream()
                .filter(method -> !method.equals("parameters"))
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));

        Set<String> routes = new TreeSet<>();
        new ControlApi(worlds, null).site().routes().forEach(route -> routes.add(route.method() + " " + route.path()));
        assertThat(described).isEqualTo(routes);
    }

    @Test
    void theDescriptionsOperationsHaveNamesOfTheirOwnAndTheirQueryParameters() {
        Map<String, Map<String, Object>> paths = control().get("/openapi.json").path("paths");
        List<Object> ids = paths.values().stream()
                .flatMap(item -> item.values().stream())
                .filter(Map.class::isInstance)
                .map(operation -> ((Map<?, ?>) operation).get("operationId"))
                .map(Object.class::cast)
                .toList();

        assertThat(ids).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(control().get("/openapi.json").<List<String>>path("paths.'/journal'.get.parameters.name"))
                .containsExactly(JournalOperations.QUERY);
    }
}
