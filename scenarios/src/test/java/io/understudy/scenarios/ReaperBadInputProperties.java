package io.understudy.scenarios;

import static io.understudy.scenarios.RawTalk.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.OpenApiDocument;
import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.journal.Exchange;
import io.understudy.journal.Match;
import io.understudy.json.Json;
import io.understudy.reaper.ReaperPreset;
import io.understudy.reaper.ReaperSimulator;
import io.understudy.reaper.RunState;
import io.understudy.world.ClockMode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * What no well-behaved client would send. Whatever it is, Reaper has an answer of a kind that the document knows, tells nothing of what
 * it is made of, and what it refuses changes nothing.
 */
final class ReaperBadInputProperties {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.of("reaper");

    /** What there may be to what no operation is for, or what is not even a request. */
    private static final Set<Integer> UNROUTED = Set.of(200, 302, 400, 404, 405, 406, 413, 414, 431, 501, 505);

    /** What the framework says of media types that are none, whatever the operation; the document does not repeat it for each. */
    private static final String NO_HEADER = "{\"code\":400,\"message\":\"HTTP 400 Bad Request\"}";

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static Simulation simulation;
    private static ReaperSimulator reaper;

    @BeforeContainer
    static void start() {
        simulation = Understudy.world()
                .system("reaper")
                .clock(ClockMode.manual())
                .preset(ReaperPreset.standard().run("test", "booya", RunState.RUNNING))
                .start();
        reaper = simulation.simulator(ReaperSimulator.class);
    }

    @AfterContainer
    static void stop() {
        simulation.close();
    }

    /** All but when the health was looked at last. */
    private static JsonNode state() {
        JsonNode state = Answer.json(Json.write(simulation.world().state("reaper")));
        state.findParents("health").forEach(parent -> ((ObjectNode) parent).remove("health"));
        return state;
    }

    @Property
    void whateverIsSentThereIsAnAnswerThatTheDocumentKnows(@ForAll("garbage") List<Ask> garbage) {
        simulation.world().reset();
        try (Client client = new Client(reaper.baseUrl())) {
            JsonNode before = state();
            for (Ask ask : garbage) {
                simulation.world().journal().clear();
                Answer answer = client.send(ask);

                assertThat(answer.isLost()).as("%s", ask).isFalse();
                assertThat(answer.body()).as("%s", ask).doesNotContain("io.understudy", "\tat ");
                checkKind(ask, answer);
                JsonNode after = state();
                if (answer.status() >= 300 || HARMLESS.contains(ask.method())) {
                    assertThat(after).as("%s -> %s", ask, answer).isEqualTo(before);
                }
                before = after;
            }
        }
    }

    private static void checkKind(Ask ask, Answer answer) {
        List<Exchange> exchanges = simulation.world().journal().exchanges(Match.ANY);
        if (exchanges.isEmpty() || exchanges.get(0).operation().equals("reaper.unrouted")) {
            assertThat(answer.status()).as("%s -> %s", ask, answer).isIn(UNROUTED);
        } else if (answer.status() != 400
                || !(ask.method().equals("HEAD") || answer.body().equals(NO_HEADER))) {
            DOCUMENT.check(simulation.world().journal());
        }
    }

    @Provide
    Arbitrary<List<Ask>> garbage() {
        return Combinators.combine(methods(), targets(), fields(), bodies())
                .as(Ask::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(60);
    }

    private static Arbitrary<String> methods() {
        return Arbitraries.of(
                "GET", "GET", "POST", "POST", "PUT", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW",
                "get");
    }

    private static Arbitrary<String> targets() {
        Arbitrary<String> words = Arbitraries.of(
                "cluster",
                "cluster",
                "repair_run",
                "repair_run",
                "repair_schedule",
                "repair_schedule",
                "snapshot",
                "node",
                "diag_event",
                "subscription",
                "sse_listen",
                "auth",
                "tables",
                "state",
                "RUNNING",
                "intensity",
                "segments",
                "abort",
                "purge",
                "start",
                "tpstats",
                "tokens",
                "crypto",
                "encrypt",
                "ping",
                "login",
                "webui",
                "reaper",
                "test",
                "127.0.0.1",
                "percent_repaired");
        Arbitrary<String> oddities = Arbitraries.of(
                "",
                ".",
                "..",
                "%",
                "%zz",
                "%00",
                "%0a%0dX:%20y",
                "%2e%2e",
                "%2f",
                "%FF%FE",
                "%c3%28",
                "a;b=c",
                ";",
                "1-1-1-1-1",
                "00000000-0000-1000-8000-000000000000",
                "ffffffff-ffff-ffff-ffff-fffffffffffff",
                "-1-1-1-1",
                "9".repeat(400),
                "NaN",
                "-0.0",
                "1e-400",
                "é",
                "x".repeat(300));
        Arbitrary<String> noise = Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('?', '#')
                .ofMaxLength(8);
        Arbitrary<String> paths = Arbitraries.frequencyOf(Tuple.of(6, words), Tuple.of(3, oddities), Tuple.of(1, noise))
                .list()
                .ofMaxSize(5)
                .map(path -> "/" + String.join("/", path));
        return Combinators.combine(paths, queries()).as((path, query) -> path + query);
    }

    private static Arbitrary<String> queries() {
        Arbitrary<String> names = Arbitraries.of(
                "clusterName",
                "keyspace",
                "owner",
                "tables",
                "segmentCountPerNode",
                "repairParallelism",
                "intensity",
                "nodes",
                "timeout",
                "limit",
                "state",
                "seedHost",
                "jmxPort",
                "force",
                "scheduleDaysBetween",
                "scheduleTriggerTime",
                "snapshot_name",
                "exportSse",
                "events",
                "%",
                "");
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of(
                        "test",
                        "booya",
                        "alice",
                        "127.0.0.1",
                        "true",
                        "",
                        "%",
                        "%00",
                        "%zz",
                        "+",
                        "2147483648",
                        "-9223372036854775809",
                        "1e308",
                        "NaN",
                        "Infinity",
                        "0x1p-1",
                        "%F0%9F%92%A9",
                        "2026-13-99T99:99",
                        "+292278994-08-17T07:12:55.807Z",
                        "(,[,',\"",
                        "a".repeat(300)),
                Arbitraries.strings().withCharRange('!', '~').excludeChars('#').ofMaxLength(12));
        return Combinators.combine(names, values)
                .as((name, value) -> name + "=" + value)
                .list()
                .ofMaxSize(6)
                .map(pairs -> pairs.isEmpty() ? "" : "?" + String.join("&", pairs));
    }

    /** None that says where the request ends. */
    private static Arbitrary<List<String>> fields() {
        Arbitrary<String> names = Arbitraries.of(
                "Accept",
                "Accept-Encoding",
                "Content-Type",
                "Content-Type",
                "Authorization",
                "Cookie",
                "Origin",
                "Last-Event-ID",
                "X-Forwarded-Proto",
                "If-Modified-Since",
                "Range");
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of(
                        "application/json",
                        "application/x-www-form-urlencoded",
                        "application/json; charset=nonsense",
                        "text/plain",
                        "*/*;q=x",
                        "gzip;q=0, deflate",
                        "Bearer ..",
                        "bytes=0-0",
                        ""),
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(30));
        return Combinators.combine(names, values)
                .as((name, value) -> name + ": " + value)
                .list()
                .ofMaxSize(4);
    }

    private static Arbitrary<String> bodies() {
        return Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.of(
                        "{}",
                        "null",
                        "[",
                        "[".repeat(2_000),
                        "{\"owner\":" + "\"x\",\"owner\":".repeat(50) + "1}",
                        "{\"intensity\":1e999}",
                        "{\"scheduled_days_between\":99999999999999999999}",
                        "{\"owner\":\"\\ud800\"}",
                        "{\"owner\":{\"a\":[1,2]}}",
                        "seedHost=127.0.0.1&jmxPort=abc",
                        "seedHost=%",
                        "username=%00&password=%zz",
                        "&&&===",
                        "\u0000\u0001"),
                Arbitraries.strings().ascii().ofMaxLength(40));
    }

    @Example
    void aTargetWithoutAnEndIsStopped() throws IOException {
        String told = RawTalk.told(
                reaper.baseUrl(), "GET /repair_run/" + "a".repeat(600_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(status(told)).matches("HTTP/1.1 4(14 URI Too Long|31 Request Header Fields Too Large)");
    }

    @Example
    void whatIsNoHttpIsRefusedAndTheConnectionEnds() throws IOException {
        for (String head : List.of(
                "GET /ping", "/ping", "\u0016\u0003\u0001", "GET /pi ng HTTP/1.1", "GET /ping HTTP/1.1\r\nno colon")) {
            String told = RawTalk.told(reaper.baseUrl(), head + "\r\nHost: x\r\n\r\n");

            assertThat(status(told)).as(head).matches("HTTP/1.1 (400 Bad Request|505 HTTP Version Not Supported)");
        }
    }

    @Example
    void aBodyOfNonsenseIsReadToItsEndAndRefused() throws IOException {
        JsonNode before = state();

        String told = patched("[".repeat(150_000));
        String large = patched("[".repeat(4 << 20));

        assertThat(status(told)).isEqualTo("HTTP/1.1 400 Bad Request");
        assertThat(told).endsWith("{\"code\":400,\"message\":\"Unable to process JSON\"}");
        assertThat(status(large)).isEqualTo("HTTP/1.1 413 Payload Too Large");
        assertThat(state()).isEqualTo(before);
    }

    private static String patched(String body) throws IOException {
        return RawTalk.told(
                reaper.baseUrl(),
                "PATCH /repair_schedule/1-1-1-1-1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n",
                body);
    }
}
