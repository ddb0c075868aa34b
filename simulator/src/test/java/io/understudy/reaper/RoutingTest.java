package io.understudy.reaper;

import static io.understudy.reaper.Wired.fields;
import static io.understudy.reaper.Wired.framework;
import static io.understudy.reaper.Wired.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import io.understudy.http.Endpoint;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.reaper.ReaperConfiguration.Release;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which resource a request reaches, and what the framework says where it reaches none (spec reaper 0.6, 1). */
class RoutingTest {
    private static final String ID = "8f1b6c30-5427-11f1-9a3e-0242ac120002";

    private final Wired reaper = Wired.as(ReaperWire.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "GET /cluster, reaper.getClusterList",
        "GET /cluster/, reaper.getClusterList",
        "POST /cluster/auth, reaper.addOrUpdateClusterWithAuth",
        "PUT /cluster/auth, reaper.unrouted",
        "PUT /cluster/auth/test, reaper.modifyClusterWithAuth",
        "PUT /cluster/test/auth, reaper.modifyClusterWithAuth",
        "GET /cluster/test/tables, reaper.getClusterTables",
        "GET /cluster/auth/tables, reaper.getClusterTables",
        "PUT /cluster/auth/tables, reaper.unrouted",
        "GET /repair_run/cluster/test, reaper.getRepairRunsForCluster",
        "GET /repair_run/cluster, reaper.getRepairRun",
        "GET /repair_run/x/segments, reaper.getRepairRunSegments",
        "GET /repair_run/cluster/segments, reaper.getRepairRunSegments",
        "POST /repair_run/purge, reaper.purgeRepairRuns",
        "PUT /repair_run/x/state/PAUSED, reaper.updateRepairRunState",
        "POST /repair_run/x/segments/abort/y, reaper.abortSegment",
        "POST /repair_schedule/start/x, reaper.startRepairSchedule",
        "GET /repair_schedule/start/x/percent_repaired, reaper.getPercentRepairedMetricsPerSchedule",
        "GET /snapshot/cluster/x, reaper.listSnapshotsClusterWide",
        "GET /snapshot/cluster/x/y, reaper.listSnapshots",
        "DELETE /snapshot/cluster/x/y, reaper.clearSnapshotClusterWide",
        "DELETE /snapshot/cluster/x/y/z, reaper.clearSnapshot",
        "GET /snapshot/x/y, reaper.listSnapshots",
        "DELETE /snapshot/x/y/z, reaper.clearSnapshot",
        "GET /diag_event/subscription/adhoc, reaper.getAdhocSubscriptions",
        "GET /diag_event/sse_listen/x, reaper.listenSse",
        "GET /cluster;v=1/test;a=b, reaper.getCluster",
        "HEAD /cluster/test, reaper.getCluster",
        "GET /webui/index.html, reaper.webui",
        "GET /, reaper.unrouted",
        "GET /login, reaper.unrouted",
    })
    @Covers("reaper P38")
    void literalsWinOverTemplates(String line, String operation) {
        assertThat(reaper.operation(line)).isEqualTo(operation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /nothing", "GET /cluster/a/b/c", "POST /Cluster", "GET /%63luster", "OPTIONS /nothing"})
    void anUnknownPathIs404(String line) {
        Reply reply = reaper.ask(line);
        assertThat(said(reply)).isEqualTo(framework(404, "Not Found"));
        assertThat(fields(reply)).containsExactly("Content-Type: application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /cluster/auth, 'POST,OPTIONS'",
        "GET /repair_run/purge, 'POST,OPTIONS'",
        "GET /repair_schedule/start/x, 'POST,OPTIONS'",
        "PUT /cluster, 'POST,GET,OPTIONS'",
        "POST /ping, 'HEAD,GET,OPTIONS'",
        "BREW /cluster/test, 'DELETE,GET,OPTIONS,PUT'",
        "POST /repair_schedule/x, 'DELETE,GET,OPTIONS,PUT,PATCH'",
    })
    void aMethodThatAResourceDoesNotHaveIs405AndTellsWhichItHas(String line, String allow) {
        Reply reply = reaper.ask(line);
        assertThat(said(reply)).isEqualTo(framework(405, "Method Not Allowed"));
        assertThat(fields(reply)).containsExactly("Allow: " + allow, "Content-Type: application/json");
    }

    @Test
    void optionsTellsTheMethodsAsTextOrAsNothing() {
        Reply text = reaper.ask("OPTIONS /cluster");
        assertThat(said(text)).isEqualTo("200 HEAD, POST, GET, OPTIONS");
        assertThat(fields(text)).containsExactly("Allow: HEAD,POST,GET,OPTIONS", "Content-Type: text/plain");

        Reply json = reaper.ask("OPTIONS /cluster", "Accept", "application/json");
        assertThat(said(json)).isEqualTo("200");
        assertThat(fields(json)).containsExactly("Allow: HEAD,POST,GET,OPTIONS", "Content-Type: application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /ping, application/json, 406",
        "GET /ping, */*, 204",
        "GET /ping, 'application/json;q=0.9,text/plain', 204",
        "GET /ping, text/*, 204",
        "HEAD /ping, */*, 204",
        "GET /ping, text/plain;q=0, 406",
        "GET /ping, '*', 204",
        "GET /cluster, text/plain, 406",
        "GET /cluster, 'text/plain, */*;q=0.1', 200",
        "GET /cluster, 'application/json;q=0.9,text/plain', 200",
        "GET /cluster, a/b/c, 400",
        "GET /diag_event/sse_listen/x, text/event-stream, 200",
        "GET /diag_event/sse_listen/x, application/json, 406",
    })
    @Covers("reaper P2")
    void acceptIsHonoured(String line, String accept, int status) {
        assertThat(reaper.ask(line, "Accept", accept).status()).isEqualTo(status);
    }

    @Test
    void whatCannotBeAcceptedSaysSoInJson() {
        assertThat(said(reaper.ask("GET /ping", "Accept", "application/json")))
                .isEqualTo(framework(406, "Not Acceptable"));
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, 415",
        "application/json, 200",
        "application/json;charset=utf-8, 200",
        "application/x-www-form-urlencoded, 415",
    })
    void patchReadsJsonOnly(String type, int status) {
        Reply reply = reaper.send("PATCH /repair_schedule/" + ID, Bytes.utf8("{}"), "Content-Type", type);
        assertThat(reply.status()).isEqualTo(status);
        if (status == 415) {
            assertThat(said(reply)).isEqualTo(framework(415, "Unsupported Media Type"));
        }
    }

    @Test
    void formEndpointsReadFormsOnly() {
        String unsupported = framework(415, "Unsupported Media Type");
        assertThat(said(reaper.send("POST /cluster/auth", Bytes.utf8("{}"), "Content-Type", "application/json")))
                .isEqualTo(unsupported);
        assertThat(said(reaper.ask("PUT /cluster/auth/test"))).isEqualTo(unsupported);
        assertThat(reaper.post("POST /cluster/auth", "seedHost=a").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /repair_run/whatever",
                "GET /repair_run/cluster",
                "DELETE /repair_run/whatever",
                "POST /repair_run/" + ID + "/segments/abort/whatever",
                "GET /repair_schedule/test/whatever/percent_repaired",
                "GET /repair_run?limit=x",
                "GET /repair_run?limit=1.0",
                "GET /repair_run?limit=%201",
                "GET /repair_run?limit=99999999999",
                "GET /cluster/test?limit=x",
                "POST /cluster?jmxPort=abc",
                "POST /repair_run?segmentCountPerNode=abc",
                "POST /repair_schedule?scheduleDaysBetween=seven",
            })
    @Covers("reaper P15")
    void aMalformedUuidOrIntegerIs404(String line) {
        assertThat(said(reaper.ask(line))).isEqualTo(framework(404, "Not Found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /repair_run/1-1-1-1-1",
                "GET /repair_run?limit=",
                "GET /repair_run?limit",
                "GET /repair_run?limit=-7",
                "GET /repair_run?limit=5&limit=x",
                "GET /diag_event/sse_listen/whatever",
                "POST /repair_run?segmentCount=abc&nobody=knows",
            })
    @Covers({"reaper P16", "reaper P44"})
    void lenientOnes(String line) {
        assertThat(reaper.ask(line).status()).isEqualTo(200);
    }

    @Test
    @Covers("reaper P15")
    void aMalformedFormOrHeaderIntegerIs400() {
        String bad = framework(400, "Bad Request");
        assertThat(said(reaper.post("POST /cluster/auth", "seedHost=a&jmxPort=abc")))
                .isEqualTo(bad);
        assertThat(reaper.post("POST /cluster/auth", "seedHost=a&jmxPort=").status())
                .isEqualTo(200);
        assertThat(said(reaper.ask("GET /diag_event/sse_listen/x", "Last-Event-ID", "x")))
                .isEqualTo(bad);
        assertThat(reaper.ask("GET /diag_event/sse_listen/x", "Last-Event-ID", "17")
                        .status())
                .isEqualTo(200);
    }

    /** 404, 405, 415, 406, 401, 403, conversion: each is answered although all later ones are wrong as well. */
    @Test
    void theOrderOfEvaluation() {
        Wired guarded = Wired.as(Wired.GUARDED);
        String user = guarded.post("POST /login", "username=user&password=user")
                .body()
                .text()
                .split("\"", -1)[3];
        String[] wrong = {"Content-Type", "text/plain", "Accept", "text/plain"};
        String[] wrongAccept = {"Content-Type", "application/json", "Accept", "text/plain"};
        String[] right = {"Content-Type", "application/json"};

        assertThat(guarded.ask("PATCH /nothing", wrong).status()).isEqualTo(404);
        assertThat(guarded.ask("POST /repair_schedule/x", wrong).status()).isEqualTo(405);
        assertThat(guarded.ask("PATCH /repair_schedule/x", wrong).status()).isEqualTo(415);
        assertThat(guarded.ask("PATCH /repair_schedule/x", wrongAccept).status())
                .isEqualTo(406);
        assertThat(guarded.ask("PATCH /repair_schedule/x", right).status()).isEqualTo(401);
        assertThat(guarded.ask("PATCH /repair_schedule/x?access_token=" + user, right)
                        .status())
                .isEqualTo(403);
        assertThat(guarded.ask("GET /repair_schedule/x?access_token=" + user).status())
                .isEqualTo(404);
    }

    @Test
    void whatJettyDoesNotRouteIs400() {
        Reply reply = reaper.ask("GET /cluster/a%2Fb");
        assertThat(said(reply))
                .isEqualTo("400 <h1>Bad Message 400</h1><pre>reason: Ambiguous URI path separator</pre>");
        assertThat(fields(reply)).containsExactly("Content-Type: text/html;charset=iso-8859-1", "Connection: close");
        assertThat(reaper.ask("GET /cluster//tables").body().text()).contains("Ambiguous URI empty segment");
        assertThat(reaper.ask("GET /%2e%2e/ping").body().text()).contains("Ambiguous URI path segment");
        assertThat(reaper.ask("GET /..;/ping").body().text()).contains("Ambiguous URI path parameter");
        assertThat(reaper.ask("GET /cluster//").status()).isEqualTo(400);
        assertThat(reaper.ask("GET /cluster/").status()).isEqualTo(200);
    }

    @Test
    void releasesAndStrictRoutesDecideWhatThereIs() {
        assertThat(operationIn(ReaperWire.DEFAULT.withStrictRoutes(true), "GET /node/streams/a/b"))
                .isEqualTo("reaper.unrouted");
        assertThat(operationIn(ReaperWire.DEFAULT, "GET /node/streams/a/b")).isEqualTo("reaper.listStreams");
        assertThat(operationIn(ReaperWire.DEFAULT.withRelease(Release.V3), "GET /node/streams/a/b"))
                .isEqualTo("reaper.listStreams");
        assertThat(operationIn(ReaperWire.DEFAULT.withRelease(Release.V3), "GET /snapshot/a/b"))
                .isEqualTo("reaper.unrouted");
        assertThat(operationIn(ReaperWire.DEFAULT.withRelease(Release.V2), "GET /snapshot/a/b"))
                .isEqualTo("reaper.listSnapshots");
        assertThat(operationIn(ReaperWire.DEFAULT.withRelease(Release.V2), "PATCH /repair_schedule/" + ID))
                .isEqualTo("reaper.unrouted");
        assertThat(operationIn(ReaperWire.DEFAULT.withStrictRoutes(true), "PUT /cluster/a/auth"))
                .isEqualTo("reaper.unrouted");
        assertThat(Wired.as(ReaperWire.DEFAULT.withRelease(Release.V3))
                        .ask("PUT /repair_run/" + ID)
                        .status())
                .isEqualTo(405);
        assertThat(operationIn(ReaperWire.DEFAULT.withHttpManagement(true), "GET /diag_event/subscription"))
                .isEqualTo("reaper.unrouted");
    }

    private static String operationIn(ReaperWire wire, String line) {
        return Wired.as(wire).operation(line);
    }

    @Test
    void theCatalogueListsWhatIsServed() {
        assertThat(reaper.api.endpoints().stream().map(Endpoint::operation))
                .contains(
                        "reaper.ping",
                        "reaper.getRepairRun",
                        "reaper.createRepairRun",
                        "reaper.updateRepairRunState",
                        "reaper.abortSegment",
                        "reaper.createRepairSchedule",
                        "reaper.listenSse",
                        "reaper.prometheusMetrics")
                .doesNotContain("reaper.login");
        assertThat(Wired.as(Wired.GUARDED).api.endpoints().stream().map(Endpoint::operation))
                .contains("reaper.login", "reaper.logout", "reaper.jwt");
        assertThat(reaper.api.unanswered()).isEmpty();
    }

    @Test
    void parametersAreDecoded() {
        Wired echo = Wired.with(
                "reaper.getCluster",
                request -> ReaperReplies.text(
                        200,
                        String.join(
                                "|",
                                List.of(
                                        request.path("cluster_name"),
                                        String.valueOf(request.query("a")),
                                        String.valueOf(request.query("b")),
                                        String.valueOf(request.query("c")),
                                        String.valueOf(request.query("d"))))));
        assertThat(said(echo.ask("GET /cluster/Test%20+Clust%C3%A9r?a=x+y%26&a=2&b=&c=100%")))
                .isEqualTo("200 Test +Clustér|x y&||100%|null");
    }

    @Test
    @Covers("reaper P3")
    void locationsFollowTheHost() {
        Wired located = Wired.with(
                "reaper.createRepairSchedule",
                request -> ReaperReplies.located(201, request.location("/repair_schedule/a b")));
        assertThat(fields(located.ask("POST /repair_schedule", "Host", "reaper.example")))
                .containsExactly("Location: http://reaper.example/repair_schedule/a%20b", "Vary: Accept-Encoding");
        assertThat(fields(located.ask("POST /repair_schedule", "Host", "")))
                .contains("Location: http://127.0.0.1:8080/repair_schedule/a%20b");
    }
}
