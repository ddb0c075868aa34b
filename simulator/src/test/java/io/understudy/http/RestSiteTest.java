package io.understudy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestSiteTest {
    private static final RestSite.Fallback FALLBACK = new RestSite.Fallback() {
        @Override
        public Reply notFound(Request request) {
            return problem(404, "no " + request.path());
        }

        @Override
        public Reply methodNotAllowed(Request request, List<String> allowed) {
            return problem(405, request.method() + " is none of " + new TreeSet<>(allowed));
        }

        @Override
        public Reply refused(Request request, int status, String reason) {
            return problem(status, reason);
        }

        @Override
        public Reply failed(Request request, Exception failure) {
            return problem(500, failure.getMessage());
        }
    };

    private static final List<RestRoute> ROUTES = List.of(
            new RestRoute(
                    "GET",
                    "/things/{id}",
                    call -> text(200, call.parameter("id") + call.query("q").orElse("-"))),
            new RestRoute(
                    "PUT",
                    "/things/{id}",
                    call -> text(201, call.request().body().text())
                            .with("Location", call.request().target())),
            new RestRoute("DELETE", "/things", call -> Reply.empty(204)),
            new RestRoute("GET", "/broken", call -> {
                throw new IllegalStateException("on purpose");
            }));

    private final Stage stage = new Stage();
    private final HttpClient client = HttpClient.newHttpClient();
    private Listener listener;

    private static Reply text(int status, String body) {
        return Reply.of(status, "text/plain", Bytes.utf8(body));
    }

    private static Reply problem(int status, String detail) {
        return Reply.of(status, "application/problem+json", Bytes.utf8(detail));
    }

    @BeforeEach
    void open() throws IOException {
        listener = stage.listen("127.0.0.1", 0, new RestSite(ROUTES, RestSiteTest::guard, FALLBACK));
    }

    private static Optional<Reply> guard(Request request) {
        return request.headers().contains("X-Forbidden") ? Optional.of(problem(401, "who?")) : Optional.empty();
    }

    @AfterEach
    void close() {
        listener.close();
    }

    private HttpResponse<String> send(String method, String target, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(listener.url() + target))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aRouteAnswersWithItsParametersDecoded() throws Exception {
        HttpResponse<String> reply = send("GET", "/things/a%20%2Fb?q=%C3%BC&q=2", "");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-type")).hasValue("text/plain");
        assertThat(reply.body()).isEqualTo("a /bü");
    }

    @Test
    void aBodyArrivesAndFieldsLeave() throws Exception {
        HttpResponse<String> reply = send("PUT", "/things/1?x", "the body");

        assertThat(reply.statusCode()).isEqualTo(201);
        assertThat(reply.headers().firstValue("Location")).hasValue("/things/1?x");
        assertThat(reply.body()).isEqualTo("the body");
    }

    @Test
    void anEmptyReplyHasNoBody() throws Exception {
        HttpResponse<String> reply = send("DELETE", "/things", "");

        assertThat(reply.statusCode()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void whatIsMissingWrongOrBrokenIsAnsweredByTheFallback() throws Exception {
        assertThat(send("GET", "/nothing", "")).satisfies(reply -> {
            assertThat(reply.statusCode()).isEqualTo(404);
            assertThat(reply.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(reply.body()).isEqualTo("no /nothing");
        });
        assertThat(send("POST", "/things/1", "x")).satisfies(reply -> {
            assertThat(reply.statusCode()).isEqualTo(405);
            assertThat(reply.body()).isEqualTo("POST is none of [GET, PUT]");
        });
        assertThat(send("GET", "/broken", "")).satisfies(reply -> {
            assertThat(reply.statusCode()).isEqualTo(500);
            assertThat(reply.body()).isEqualTo("on purpose");
        });
    }

    @Test
    void theGuardAnswersBeforeAnybodyElse() throws Exception {
        assertThat(send("GET", "/things/1", "", "X-Forbidden", "1").statusCode())
                .isEqualTo(401);
        assertThat(send("GET", "/nothing", "", "X-Forbidden", "1").body()).isEqualTo("who?");
    }

    @Test
    void itSharesTheStageWithSites() throws Exception {
        try (Listener other = stage.open("127.0.0.1", 0, Sites.with(Sites.BARE), FakeIntake.echoing());
                RawClient raw = new RawClient(other)) {
            assertThat(raw.get("/raw").readThrough("/raw")).endsWith("/raw");
            assertThat(send("GET", "/things/1", "").body()).isEqualTo("1-");
        }
    }

    @Test
    void aClosedOneRefusesAndEndsItsConnections() throws Exception {
        try (RawClient idle = new RawClient(listener)) {
            assertThat(idle.get("/things/1").readThrough("\r\n\r\n1-")).startsWith("HTTP/1.1 200 OK\r\n");

            listener.close();

            assertThat(idle.readToEnd()).isEmpty();
            assertThatThrownBy(() -> new RawClient(listener)).isInstanceOf(ConnectException.class);
        }
    }
}
