package io.understudy.http;

import static io.understudy.http.FakeIntake.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.http.FakeIntake.Taken;
import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Headers.Header;
import io.understudy.journal.Reply;
import io.understudy.journal.Reply.Framing;
import io.understudy.journal.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteConnectionTest {
    private final Stage stage = new Stage();
    private Listener listener;
    private RawClient client;

    private RawClient connect(HttpTraits traits, Intake intake) throws IOException {
        listener = stage.open("127.0.0.1", 0, Sites.with(traits), intake);
        client = new RawClient(listener);
        return client;
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        listener.close();
    }

    // ---- replies ----

    @Test
    void aReplyIsWrittenAsHyperWritesIt() throws IOException {
        Reply reply = Reply.of(200, "application/json; charset=utf-8", Bytes.utf8("{}"));
        connect(Sites.HYPER, FakeIntake.answering(taken -> reply));

        assertThat(client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                        .readToEnd())
                .isEqualTo("HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: 2\r\n"
                        + "date: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n{}");
    }

    @Test
    void aReplyIsWrittenAsGoWritesIt() throws IOException {
        connect(Sites.GO, FakeIntake.answering(taken -> Reply.empty(404).with("X-B", "1")));

        assertThat(client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                        .readToEnd())
                .isEqualTo("HTTP/1.1 404 Not Found\r\nX-B: 1\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
                        + "Content-Length: 0\r\nConnection: close\r\n\r\n");
    }

    @Test
    void fieldsKeepTheirSpellingOrderAndRepetition() throws IOException {
        Reply reply = new Reply(
                200,
                null,
                Headers.of(
                        "x-second", "2", "Content-Type", "text/HTML;charset=UTF-8", "SERVER", "cmon/1", "x-second", ""),
                Bytes.utf8("ü"),
                Framing.LENGTH,
                false);
        connect(Sites.BARE, FakeIntake.answering(taken -> reply));

        assertThat(client.get("/").readThrough("\r\n\r\n"))
                .isEqualTo("HTTP/1.1 200 OK\r\nx-second: 2\r\nContent-Type: text/HTML;charset=UTF-8\r\n"
                        + "SERVER: cmon/1\r\nx-second: \r\ncontent-length: 2\r\n\r\n");
        assertThat(client.readBytes(2)).isEqualTo("ü".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aStatusMayHaveAnyNumberAndReason() throws IOException {
        connect(Sites.BARE, FakeIntake.answering(taken -> switch (taken.request()
                .path()) {
            case "/597" -> Reply.empty(597);
            default -> new Reply(905, "no leader", Headers.NONE, Bytes.EMPTY, Framing.LENGTH, false);
        }));

        assertThat(client.get("/597").readThrough("\r\n\r\n")).startsWith("HTTP/1.1 597 \r\n");
        assertThat(client.get("/905").readThrough("\r\n\r\n")).startsWith("HTTP/1.1 905 no leader\r\n");
    }

    @Test
    void aChunkedReplyIsOneChunk() throws IOException {
        connect(
                Sites.BARE,
                FakeIntake.answering(taken -> text("0123456789abcdef0").framed(Framing.CHUNKED)));

        assertThat(client.get("/").readThrough("\r\n0\r\n\r\n"))
                .isEqualTo("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n"
                        + "11\r\n0123456789abcdef0\r\n0\r\n\r\n");
    }

    @Test
    void aReplyThatEndsWithTheConnectionHasNoFramingFields() throws IOException {
        connect(Sites.BARE, FakeIntake.answering(taken -> text("body").framed(Framing.CLOSE)));

        assertThat(client.get("/").readToEnd()).isEqualTo("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\nbody");
    }

    @Test
    void aReplyWithoutFramingLeavesTheConnectionUsable() throws IOException {
        Reply none = Reply.empty(204).framed(Framing.NONE);
        connect(Sites.BARE, FakeIntake.answering(taken -> none));

        assertThat(client.get("/").readThrough("\r\n\r\n")).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(client.get("/").readThrough("\r\n\r\n")).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
    }

    @Test
    void headGetsTheSameHeadAndNoBody() throws IOException {
        connect(Sites.BARE, FakeIntake.answering(taken -> text("body")));

        client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n").get("/");

        String head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\n";
        assertThat(client.readThrough("body")).isEqualTo(head + head + "body");
    }

    @Test
    void gzipIsTheSameBytesEveryTime() throws IOException {
        Reply reply = text("a".repeat(500)).gzipped();
        connect(Sites.BARE, FakeIntake.answering(taken -> reply.framed(Framing.CLOSE)));
        byte[] first = client.get("/").readBytesToEnd();
        client.close();
        client = new RawClient(listener);

        byte[] second = client.get("/").readBytesToEnd();

        String head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-encoding: gzip\r\n\r\n";
        assertThat(second).isEqualTo(first);
        assertThat(new String(first, StandardCharsets.ISO_8859_1)).startsWith(head);
        try (GZIPInputStream unzipped =
                new GZIPInputStream(new ByteArrayInputStream(first, head.length(), first.length - head.length()))) {
            assertThat(unzipped.readAllBytes()).asString().isEqualTo("a".repeat(500));
        }
    }

    @Test
    void aLargeBodyReachesASlowClientWhole() throws IOException {
        String body = "0123456789".repeat(500_000);
        connect(Sites.BARE, FakeIntake.answering(taken -> text(body)));

        client.get("/first").get("/second");

        for (int i = 0; i < 2; i++) {
            assertThat(client.readThrough("\r\n\r\n")).contains("content-length: 5000000");
            assertThat(client.read(body.length())).isEqualTo(body);
        }
    }

    @Test
    void aFieldThatTheReplyBringsAlongIsNotAddedAndALieAboutTheLengthEndsTheConnection() throws IOException {
        connect(
                Sites.HYPER,
                FakeIntake.answering(
                        taken -> text("body").with("Content-Length", "9").with("Date", "yesterday")));

        assertThat(client.get("/").readToEnd())
                .isEqualTo("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nContent-Length: 9\r\nDate: yesterday\r\n"
                        + "\r\nbody");
    }

    // ---- requests ----

    @Test
    void aRequestArrivesAsItWasSent() throws Exception {
        FakeIntake intake = FakeIntake.echoing();
        connect(Sites.BARE, intake);

        client.send("pOST /a%3Ab//c/../d/?x=%41&y HTTP/1.1\r\nhOST: x\r\nContent-TYPE:  Text/JSON;Charset=UTF-8 \r\n"
                + "connection: Keep-Alive\r\nX-Empty:\r\ncontent-length: 3\r\n\r\na\0b");

        Taken taken = intake.take();
        assertThat(taken.request().method()).isEqualTo("pOST");
        assertThat(taken.request().path()).isEqualTo("/a%3Ab//c/../d/");
        assertThat(taken.request().query()).isEqualTo("x=%41&y");
        assertThat(taken.request().headers().fields())
                .containsExactly(
                        new Header("hOST", "x"),
                        new Header("Content-TYPE", "Text/JSON;Charset=UTF-8"),
                        new Header("connection", "Keep-Alive"),
                        new Header("X-Empty", ""),
                        new Header("content-length", "3"));
        assertThat(taken.request().body().toArray()).isEqualTo(new byte[] {'a', 0, 'b'});
        assertThat(taken.request().client()).isEqualTo("127.0.0.1");
        assertThat(taken.oversized()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%2Fb",
                "/a;p=1/b",
                "//",
                "/a//b/",
                "/%",
                "/%zz",
                "/%00",
                "/a\\b",
                "/../..",
                "/.",
                "/a|b",
                "/{x}",
                "/a\"b",
                "/^`",
                "*",
                "?x",
                "/a?b?c",
                "/a%20b+c",
                "/@:"
            })
    void noTargetIsTooOddToArrive(String target) throws IOException {
        connect(Sites.BARE, FakeIntake.echoing());

        assertThat(client.get(target).readThrough(target))
                .startsWith("HTTP/1.1 200 OK")
                .endsWith(target);
    }

    @ParameterizedTest
    @CsvSource({"http://h:1/p?q,/p?q", "https://h/,/", "http://h,/", "http://h?q,/?q", "http:/p,http:/p"})
    void ofATargetInAbsoluteFormThePathAndTheQueryArrive(String target, String arriving) throws Exception {
        FakeIntake intake = FakeIntake.echoing();
        connect(Sites.BARE, intake);

        client.send("GET " + target + " HTTP/1.1\r\nHost: x\r\nX-Name: kept\r\n\r\n");

        Request request = intake.take().request();
        assertThat(request.target()).isEqualTo(arriving);
        assertThat(request.headers()).isEqualTo(Headers.of("Host", "x", "X-Name", "kept"));
    }

    @Test
    void aTargetWithoutQuestionMarkHasNoQueryAndOneWithAnEmptyQueryHas() throws Exception {
        FakeIntake intake = FakeIntake.echoing();
        connect(Sites.BARE, intake);

        client.get("/a").get("/a?");

        assertThat(intake.take().request().query()).isNull();
        assertThat(intake.take().request().query()).isEmpty();
    }

    @Test
    void twoRequestsInOnePacketGetTwoRepliesInOrder() throws IOException {
        connect(Sites.BARE, FakeIntake.echoing());

        client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab"
                + "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        String head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\n";
        assertThat(client.readToEnd()).isEqualTo(head + "/1" + head + "/2" + head + "/3");
    }

    @Test
    void aRequestMayArriveByteByByte() throws IOException {
        connect(
                Sites.BARE,
                FakeIntake.answering(taken -> text(taken.request().body().text())));

        for (char next : "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody".toCharArray()) {
            client.send(String.valueOf(next));
        }

        assertThat(client.readThrough("body")).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nbody");
    }

    @Test
    void aChunkedRequestArrivesInOnePiece() throws Exception {
        FakeIntake intake =
                FakeIntake.answering(taken -> text(taken.request().body().text()));
        connect(Sites.BARE, intake);

        client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\n")
                .send("2\r\nde\r\n0\r\nTrailer: 1\r\n\r\n")
                .send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

        assertThat(intake.take().request().body().text()).isEqualTo("abcde");
        assertThat(intake.take().request().body().size()).isZero();
    }

    @Test
    void aBodyLargerThanTheSiteReadsIsHandedOverOversized() throws Exception {
        FakeIntake intake = FakeIntake.answering(taken -> Reply.empty(413));
        connect(Sites.BARE, intake);
        byte[] tooMuch = new byte[1_500];

        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1500\r\n\r\n")
                .send(tooMuch);

        assertThat(client.readToEnd()).isEqualTo("HTTP/1.1 413 Payload Too Large\r\ncontent-length: 0\r\n\r\n");
        assertThat(intake.take().oversized()).isTrue();
    }

    @Test
    void aChunkedBodyIsReadUpToTheLimitAndNoFurther() throws Exception {
        FakeIntake intake = FakeIntake.answering(taken -> Reply.empty(413));
        connect(Sites.BARE, intake);

        client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5dc\r\n")
                .send(new byte[1_500]);

        assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ");
        Taken taken = intake.take();
        assertThat(taken.oversized()).isTrue();
        assertThat(taken.request().body().size()).isEqualTo(1_000);
    }

    @Test
    void aBodyOfExactlyTheLimitIsNotOversized() throws Exception {
        FakeIntake intake = FakeIntake.echoing();
        connect(Sites.BARE, intake);

        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
                .send(new byte[1_000]);

        Taken taken = intake.take();
        assertThat(taken.oversized()).isFalse();
        assertThat(taken.request().body().size()).isEqualTo(1_000);
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() throws IOException {
        connect(
                Sites.BARE,
                FakeIntake.answering(taken -> text(taken.request().body().text())));

        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");

        assertThat(client.readThrough("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(client.send("body").readThrough("body")).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void aClientThatAsksForTooMuchIsRefusedAtOnce() throws IOException {
        connect(Sites.BARE, FakeIntake.answering(taken -> Reply.empty(413)));

        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\nExpect: 100-continue\r\n\r\n");

        assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ");
    }

    // ---- the connection ----

    @Test
    void anHttp10ClientGetsNoChunksAndTheEndOfTheConnection() throws IOException {
        connect(Sites.BARE, FakeIntake.answering(taken -> text("body").framed(Framing.CHUNKED)));

        assertThat(client.send("GET / HTTP/1.0\r\n\r\n").readToEnd())
                .isEqualTo("HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\n\r\nbody");
    }

    @Test
    void anHttp10ClientMayKeepTheConnection() throws IOException {
        connect(Sites.BARE, FakeIntake.echoing());

        client.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n");

        String head = "HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n";
        assertThat(client.readToEnd()).isEqualTo(head + "connection: keep-alive\r\n\r\n/1" + head + "\r\n/2");
    }

    @Test
    void aReplyMayEndTheConnection() throws IOException {
        connect(
                Sites.GO,
                FakeIntake.answering(taken ->
                        new Reply(200, null, Headers.of("Connection", "close"), Bytes.EMPTY, Framing.NONE, false)));

        assertThat(client.get("/").readToEnd())
                .isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n");
    }

    @Test
    void aClientThatHasSaidAllItWantsStillGetsItsReply() throws IOException {
        connect(Sites.BARE, FakeIntake.echoing());

        client.get("/1").get("/2").socket().shutdownOutput();

        assertThat(client.readToEnd()).contains("/1").endsWith("/2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n"
            })
    void whatIsNoRequestIsRefused(String bytes) throws IOException {
        FakeIntake intake = FakeIntake.echoing();
        connect(Sites.BARE, intake);

        assertThat(client.send(bytes).readToEnd())
                .isEqualTo("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
        assertThat(intake.taken).isEmpty();
    }

    @Test
    void aHeadLargerThanTheSiteReadsIsRefused() throws IOException {
        connect(Sites.BARE, FakeIntake.echoing());

        client.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(3_000) + "\r\n\r\n");

        assertThat(client.readToEnd()).startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n");
    }
}
