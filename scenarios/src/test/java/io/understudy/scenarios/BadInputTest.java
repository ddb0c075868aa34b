package io.understudy.scenarios;

import static io.understudy.scenarios.RawTalk.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.undermoon.UndermoonPreset;
import io.understudy.undermoon.UndermoonSimulator;
import io.understudy.world.ClockMode;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client would send. Whatever it is, there is an answer or an end, and the store stays as it is. */
final class BadInputTest {
    private static final String CREATE = "{\"node_number\":4}";

    private static Simulation simulation;
    private static UndermoonSimulator undermoon;
    private String before = "";

    @BeforeAll
    static void start() {
        simulation = Understudy.world()
                .system("undermoon")
                .clock(ClockMode.manual())
                .preset(UndermoonPreset.worldSixProxies().cluster("mycluster", 4))
                .start();
        undermoon = simulation.simulator(UndermoonSimulator.class);
    }

    @AfterAll
    static void stop() {
        simulation.close();
    }

    @BeforeEach
    void remember() {
        before = dump();
    }

    @AfterEach
    void theStoreIsAsItWasAndStillServed() {
        assertThat(dump()).isEqualTo(before);
    }

    private static String dump() {
        try (Client client = new Client(undermoon.baseUrl())) {
            return client.send(Ask.get("/metadata")).body();
        }
    }

    private static String told(String... pieces) throws IOException {
        return RawTalk.told(undermoon.baseUrl(), pieces);
    }

    private static String post(String target, String... fields) {
        return "POST " + target + " HTTP/1.1\r\nHost: x\r\n" + String.join("", fields) + "\r\n";
    }

    @Test
    void aBodyThatIsAnnouncedTooLargeIsRefusedBeforeItIsSent() throws IOException {
        String told = told(post("/api/v3/clusters/meta/x", "Content-Length: 999999999999\r\n"), CREATE);

        assertThat(status(told)).isEqualTo("HTTP/1.1 413 Payload Too Large");
        assertThat(told.toLowerCase(Locale.ROOT)).endsWith("the request payload is too large");
    }

    @Test
    void aLargeBodyOfNonsenseIsReadToItsEndAndRefused() throws IOException {
        String nonsense = "[".repeat(4 << 20);

        String told = told(post("/api/v3/clusters/meta/x", "Content-Length: " + nonsense.length() + "\r\n"), nonsense);

        assertThat(status(told)).isEqualTo("HTTP/1.1 400 Bad Request");
        assertThat(told).contains("Request body deserialize error: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n{\"node_number\":4}\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "ffffffffffffffffff\r\n{\"node_number\":4}",
                "11\r\n{\"node_number\":4}0\r\n\r\n",
                "\r\n\r\n"
            })
    void brokenChunksAreNoRequest(String chunks) throws IOException {
        String told = told(post("/api/v3/clusters/meta/x", "Transfer-Encoding: chunked\r\n"), chunks);

        assertThat(status(told)).isEqualTo("HTTP/1.1 400 Bad Request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11\r\n{\"node_number\":4}\r\n", "11\r\n{\"node_n", "1"})
    void aClientThatLeavesInTheMiddleOfItsChunksHasAskedNothing(String chunks) throws IOException {
        int asked = simulation.world().journal().size();

        told(post("/api/v3/clusters/meta/x", "Transfer-Encoding: chunked\r\n"), chunks);

        assertThat(simulation.world().journal().size()).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 5\r\nContent-Length: 6", "Content-Length: -1", "Content-Length: 4x", "Content-Length: "
    })
    void aLengthThatIsNoneIsNoRequest(String field) throws IOException {
        String told = told(post("/api/v3/clusters/meta/x", field + "\r\n"), CREATE);

        assertThat(status(told)).isEqualTo("HTTP/1.1 400 Bad Request");
    }

    @Test
    void aFloodOfFieldsIsStopped() throws IOException {
        StringBuilder flood = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            flood.append("X-").append(i).append(": 0123456789\r\n");
        }

        String told = told("GET /api/v3/epoch HTTP/1.1\r\nHost: x\r\n" + flood + "\r\n");

        assertThat(status(told)).isEqualTo("HTTP/1.1 431 Request Header Fields Too Large");
    }

    @Test
    void aTargetWithoutAnEndIsStopped() throws IOException {
        String told = told("GET /api/v3/" + "a".repeat(600_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(status(told)).matches("HTTP/1.1 4(14 URI Too Long|31 Request Header Fields Too Large)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BREW", "get", "PROPFIND", "TRACE", "M-SEARCH", "X"})
    void aMethodThatNobodyKnowsIsNotAllowed(String method) throws IOException {
        String told = told(method + " /api/v3/metadata HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(status(told)).isEqualTo("HTTP/1.1 405 Method Not Allowed");
        assertThat(told).endsWith("HTTP method not allowed");
    }

    @Test
    void aClientOfHttp10IsServedInItsWords() throws IOException {
        String told = told("GET /api/v3/metadata HTTP/1.0\r\n\r\n");

        assertThat(status(told)).isEqualTo("HTTP/1.0 200 OK");
        assertThat(told.toLowerCase(Locale.ROOT))
                .doesNotContain("transfer-encoding")
                .contains("content-encoding: gzip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v3/epoch",
                "GET /api/v3/epoch HTTP/9.9",
                "GET /api/v3/ep och HTTP/1.1",
                "/api/v3/epoch",
                "GET /api/v3/epoch HTTP/1.1\r\nno colon here",
                "GET /api/v3/epoch HTTP/1.1\r\n: nameless",
                "GET /api/v3/epoch HTTP/1.1\r\nX-\u0000: nothing",
                "GET /api/v3/e\u0000och HTTP/1.1",
                "\u0000\u0000\u0000\u0000",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000"
            })
    void whatIsNoRequestIsRefusedAndTheConnectionEnds(String head) throws IOException {
        String told = told(head + "\r\nHost: x\r\n\r\n");

        assertThat(status(told)).matches("HTTP/1.1 (400 Bad Request|505 HTTP Version Not Supported)");
        assertThat(told.toLowerCase(Locale.ROOT)).contains("connection: close");
    }

    @ParameterizedTest
    @CsvSource({
        "http://elsewhere:1/api/v3/epoch, 200",
        "https://elsewhere/api/v3/epoch, 200",
        "http://elsewhere, 404",
        "http://elsewhere?/api/v3/epoch, 404",
        "*, 404"
    })
    void aTargetInAbsoluteFormIsUnderstood(String target, int status) throws IOException {
        String told = told("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(status(told)).startsWith("HTTP/1.1 " + status);
        assertThat(told).endsWith(status == 200 ? "\r\n\r\n7" : "\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v3/clusters/meta/%, 200",
        "GET, /api/v3/clusters/meta/%00, 200",
        "GET, /api/v3/clusters/info/%zz%, 404",
        "POST, /api/v3/clusters/meta/%6dycluster, 400",
        "GET, /api/v3/proxies/meta/%FF%FE, 200",
        "GET, /api/v3/..%2f..%2fetc/passwd, 405",
        "GET, /api/v3/../v3/epoch, 405",
        "DELETE, /api/v3/proxies/meta/%00, 404",
        "GET, /api/v3/clusters/names?limit=%, 400",
        "GET, /api/v2/clusters/meta/%, 200",
        "GET, /api/v2/clusters/meta/%00%ff, 200",
        "GET, /api/v2/proxies/meta/%2, 200",
        "POST, /api/v2/clusters/meta/%00, 400",
        "GET, /%61pi/v3/epoch, 404"
    })
    void nonsenseInPercentSignsFindsNothing(String method, String target, int status) {
        try (Client client = new Client(undermoon.baseUrl())) {
            Answer answer =
                    client.send(method.equals("POST") ? Ask.json(method, target, CREATE) : Ask.of(method, target));

            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "{\"node_number\":4}\u0000",
                "{\"node_number\u0000\":4}",
                "{\"node_number\":\"\u0000\"}",
                "\u00ff\u00fe{\"node_number\":4}",
                "{\"node_number\":4,\"x\":\"\n\"}"
            })
    void bytesThatHaveNoPlaceInJsonAreRefused(String body) throws IOException {
        String told = told(
                post("/api/v3/clusters/meta/x", "Content-Length: " + body.length() + "\r\n", "Connection: close\r\n"),
                body);

        assertThat(status(told)).isEqualTo("HTTP/1.1 400 Bad Request");
        assertThat(told).contains("Request body deserialize error: ");
    }
}
