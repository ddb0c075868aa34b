package io.understudy.reaper;

import static io.understudy.reaper.Wired.fields;
import static io.understudy.reaper.Wired.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import io.understudy.http.Answer;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.journal.Reply.Framing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compression, framing, other origins, bodies and the replies of the framework (spec reaper 0.5–0.7). */
class FiltersTest {
    private final Wired reaper = Wired.as(ReaperWire.DEFAULT);

    private static Wired sending(int bytes) {
        return Wired.with("reaper.getClusterList", request -> ReaperReplies.text(200, "x".repeat(bytes)));
    }

    @ParameterizedTest
    @CsvSource({
        "255, gzip, false",
        "256, gzip, true",
        "256, 'deflate, GZIP;q=0.5', true",
        "256, gzip;q=0, false",
        "256, gzip;q=0.0, false",
        "256, '*', false",
        "256, identity, false",
    })
    void longBodiesAreCompressedForWhoeverTakesIt(int bytes, String accepted, boolean compressed) {
        Reply reply = sending(bytes).ask("GET /cluster", "Accept-Encoding", accepted);
        assertThat(reply.gzip()).isEqualTo(compressed);
        assertThat(fields(reply)).containsExactly("Content-Type: application/json", "Vary: Accept-Encoding");
    }

    @Test
    void errorsAndOtherMethodsAreNotCompressed() {
        assertThat(sending(300).ask("HEAD /cluster", "Accept-Encoding", "gzip").gzip())
                .isFalse();
        Wired failing = Wired.with("reaper.getClusterList", request -> ReaperReplies.text(500, "x".repeat(300)));
        Reply error = failing.ask("GET /cluster", "Accept-Encoding", "gzip");
        assertThat(error.gzip()).isFalse();
        assertThat(fields(error)).containsExactly("Content-Type: application/json");
        Wired streaming = Wired.with(
                "reaper.listenSse",
                request -> ReaperReplies.typed(200, MediaRange.EVENTS, Bytes.utf8("x".repeat(300))));
        assertThat(streaming
                        .ask("GET /diag_event/sse_listen/x", "Accept-Encoding", "gzip")
                        .gzip())
                .isFalse();
    }

    @Test
    void whatJerseyCannotBufferIsSentInChunks() {
        assertThat(sending(8192).ask("GET /cluster").framing()).isEqualTo(Framing.LENGTH);
        assertThat(sending(8193).ask("GET /cluster").framing()).isEqualTo(Framing.CHUNKED);
        assertThat(reaper.ask("GET /ping").framing()).isEqualTo(Framing.NONE);
    }

    @Test
    @Covers("reaper P20")
    void aReplyWithoutContentHasNoneEvenIfItWasGivenSome() {
        Reply reply = ReaperReplies.text(204, "not shown");
        assertThat(said(reply)).isEqualTo("204");
        assertThat(fields(reply)).isEmpty();
        assertThat(fields(ReaperReplies.located(204, "http://h/x"))).containsExactly("Location: http://h/x");
    }

    @Test
    @Covers("reaper P1")
    void textsAreRawUnderTheTypeOfJson() {
        Reply reply = new ReaperReplies(() -> 0).of(new Refusal.NotFound("repair run %s not \"found\""));
        assertThat(said(reply)).isEqualTo("404 repair run %s not \"found\"");
        assertThat(fields(reply)).containsExactly("Content-Type: application/json");
        assertThat(fields(new ReaperReplies(() -> 0).of(new Refusal.NotFound(""))))
                .isEmpty();
    }

    @Test
    void whatWasNotExpectedIsLoggedUnderAnIdOfTheWorld() {
        Wired failing = Wired.with("reaper.getClusterList", request -> {
            throw WebError.internal();
        });
        String first = said(failing.ask("GET /cluster"));
        assertThat(first)
                .matches("500 \\{\"code\":500,\"message\":\"There was an error processing your request. It has been "
                        + "logged \\(ID [0-9a-f]{16}\\)\\.\"}");
        assertThat(said(failing.ask("GET /cluster"))).isNotEqualTo(first);
        assertThat(said(new ReaperReplies(() -> 0x1fL).of(WebError.internal()))).contains("(ID 000000000000001f)");
    }

    @Test
    void anExceptionIsJson() {
        Reply reply = new ReaperReplies(() -> 0)
                .of(new Refusal.Thrown(500, "ReaperException", "no host could be reached through JMX"));
        assertThat(said(reply))
                .startsWith("500 {\"cause\":null,\"stackTrace\":[{\"methodName\":")
                .endsWith("],\"message\":\"no host could be reached through JMX\","
                        + "\"localizedMessage\":\"no host could be reached through JMX\",\"suppressed\":[]}");
    }

    // --- other origins ---

    @Test
    void pagesOfOtherOriginsAreAnswered() {
        assertThat(fields(reaper.ask("GET /cluster", "Origin", "http://ui:3000")))
                .containsExactly(
                        "Access-Control-Allow-Origin: http://ui:3000",
                        "Access-Control-Allow-Credentials: true",
                        "Content-Type: application/json",
                        "Vary: Accept-Encoding");
        assertThat(fields(reaper.ask("GET /nothing", "Origin", "null"))).contains("Access-Control-Allow-Origin: null");
        assertThat(fields(reaper.ask("DELETE /cluster/x", "Origin", "http://ui:3000")))
                .contains("Access-Control-Allow-Origin: http://ui:3000");
        assertThat(fields(reaper.ask("GET /cluster"))).noneMatch(field -> field.startsWith("Access"));
        assertThat(fields(Wired.as(ReaperWire.DEFAULT.withCrossOrigin(false))
                        .ask("GET /cluster", "Origin", "http://ui:3000")))
                .noneMatch(field -> field.startsWith("Access"));
    }

    @Test
    void theHeadOfAStreamGetsTheHeadersAsWell() {
        Answer answer = Wired.answering(
                        "reaper.listenSse",
                        request -> Answer.stream(ReaperReplies.typed(200, MediaRange.EVENTS, Bytes.EMPTY)))
                .answer("GET /diag_event/sse_listen/x", "Origin", "http://ui:3000", "Accept-Encoding", "gzip");
        assertThat(fields(((Answer.Stream) answer).head()))
                .containsExactly(
                        "Access-Control-Allow-Origin: http://ui:3000",
                        "Access-Control-Allow-Credentials: true",
                        "Content-Type: text/event-stream");
    }

    @Test
    void aPreflightIsAnsweredByTheFilterAndByTheResource() {
        Reply reply = Wired.as(Wired.GUARDED)
                .ask(
                        "OPTIONS /cluster",
                        "Origin",
                        "http://ui:3000",
                        "Access-Control-Request-Method",
                        "PATCH",
                        "Access-Control-Request-Headers",
                        "authorization, content-type");
        assertThat(said(reply)).isEqualTo("200 HEAD, POST, GET, OPTIONS");
        assertThat(fields(reply))
                .containsExactly(
                        "Access-Control-Allow-Origin: http://ui:3000",
                        "Access-Control-Allow-Credentials: true",
                        "Access-Control-Max-Age: 1800",
                        "Access-Control-Allow-Methods: OPTIONS,GET,PUT,POST,DELETE,HEAD,PATCH",
                        "Access-Control-Allow-Headers: X-Requested-With,Content-Type,Accept,Origin,Authorization",
                        "Allow: HEAD,POST,GET,OPTIONS",
                        "Content-Type: text/plain");
    }

    @ParameterizedTest
    @CsvSource({"TRACE, Accept", "GET, X-Custom", "get, Accept"})
    void aPreflightForSomethingElseGetsNoHeaders(String method, String header) {
        Reply reply = reaper.ask(
                "OPTIONS /cluster",
                "Origin",
                "http://ui",
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                header);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(fields(reply)).noneMatch(field -> field.startsWith("Access"));
    }

    // --- bodies ---

    @Test
    void compressedBodiesAreReadAndBrokenOnesRefused() throws IOException {
        Wired echo = Wired.with(
                "reaper.patchRepairSchedule",
                request -> ReaperReplies.text(200, request.json().text()));
        String line = "PATCH /repair_schedule/1-1-1-1-1";
        String[] fields = {"Content-Type", "application/json", "Content-Encoding", "gzip"};
        assertThat(said(echo.send(line, gzip("{\"owner\":\"bob\"}"), fields))).isEqualTo("200 {\"owner\":\"bob\"}");
        assertThat(echo.send(line, Bytes.utf8("{}"), fields).status()).isEqualTo(400);
        assertThat(echo.send(line, gzip(" ".repeat(200_001)), fields).status()).isEqualTo(413);
        assertThat(echo.send(line, Bytes.utf8("{}")).status())
                .as("without a type")
                .isEqualTo(415);
        assertThat(echo.send(line, Bytes.EMPTY).status()).isEqualTo(200);
    }

    private static Bytes gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Bytes.of(out.toByteArray());
    }
}
