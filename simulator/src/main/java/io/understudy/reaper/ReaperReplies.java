package io.understudy.reaper;

import io.understudy.http.HttpTraits;
import io.understudy.http.HttpTraits.HeadPart;
import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Headers.Header;
import io.understudy.journal.Reply;
import io.understudy.journal.Reply.Framing;
import io.understudy.world.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Where what Reaper has to say becomes status and bytes (spec reaper 0.5–0.7), the only place that does it.
 *
 * @param logIds the numbers of the log entries that "500 generic" names, drawn inside a step
 */
record ReaperReplies(LongSupplier logIds) {
    /**
     * Jetty's {@code maxFormContentSize}. Upstream's handlers read two forms and one small JSON object, so that it can stand for the
     * limit of every body; Jersey itself has none.
     */
    static final int MAX_BODY_BYTES = 200_000;

    /** Jetty's {@code requestHeaderSize}, Dropwizard's {@code maxRequestHeaderSize}: 8 KiB, beyond it 431. */
    static final int MAX_HEADER_BYTES = 8 << 10;

    /** As Jetty 11 under Dropwizard 4: {@code Date} first, {@code Content-Length} last, no {@code Server} (spec reaper 0.5). */
    static final HttpTraits TRAITS = new HttpTraits(
            MAX_BODY_BYTES,
            MAX_HEADER_BYTES,
            errorMessage(413, "HTTP 413 Request Entity Too Large", Headers.NONE),
            List.of(HeadPart.DATE, HeadPart.FIELDS, HeadPart.FRAMING, HeadPart.CONNECTION),
            false);

    static ReaperReplies in(Kernel kernel) {
        return new ReaperReplies(() -> kernel.entropy().stream("reaper/log-id").nextLong());
    }

    /** The text as it is, under the type of the resources that say so (spec reaper 0.5): JSON that is none. */
    static Reply text(int status, String text) {
        // a Java resource that answers with an empty text has an entity, and therefore a type
        return typed(status, MediaRange.JSON, Bytes.utf8(text));
    }

    static Reply json(int status, Bytes json) {
        return typed(status, MediaRange.JSON, json);
    }

    static Reply json(int status, Consumer<JsonWriter> value) {
        return json(status, JsonWriter.bytes(value));
    }

    static Reply plain(int status, String text) {
        return typed(status, MediaRange.TEXT, Bytes.utf8(text));
    }

    static Reply typed(int status, String contentType, Bytes body) {
        return reply(status, Headers.of("Content-Type", contentType), body);
    }

    /** No body and no type. */
    static Reply empty(int status) {
        return reply(status, Headers.NONE, Bytes.EMPTY);
    }

    /** 202 as all DELETEs. */
    static Reply deleted() {
        return empty(202);
    }

    /** No body, but a {@code Location}; see {@link ReaperRequest#location}. */
    static Reply located(int status, String location) {
        return reply(status, Headers.of("Location", location), Bytes.EMPTY);
    }

    /** A {@code Location} and JSON: 201 of a run. */
    static Reply located(int status, String location, Bytes json) {
        return reply(status, Headers.of("Location", location, "Content-Type", MediaRange.JSON), json);
    }

    /** A 204 has no body, even where the handler attached one (spec reaper 0.5). */
    private static Reply reply(int status, Headers headers, Bytes body) {
        if (status == 204) {
            List<Header> kept = headers.fields().stream()
                    .filter(field -> !field.name().equals("Content-Type"))
                    .toList();
            return new Reply(status, null, new Headers(kept), Bytes.EMPTY, Framing.NONE, false);
        }
        return new Reply(status, null, headers, body, Framing.LENGTH, false);
    }

    Reply of(WebError error) {
        return switch (error.wording()) {
            case ERROR_MESSAGE -> errorMessage(error.status(), error.text(), error.headers());
            case LOGGED ->
                errorMessage(
                        error.status(),
                        // Dropwizard's LoggingExceptionMapper
                        error.text() + " It has been logged (ID %016x).".formatted(logIds.getAsLong()),
                        error.headers());
            case TEXT -> reply(error.status(), with(error.headers(), MediaRange.TEXT), Bytes.utf8(error.text()));
        };
    }

    /** The reply to a command: what was accepted is for the resource to tell. */
    <T> Reply of(Outcome<T> outcome, Function<T, Reply> accepted) {
        return outcome instanceof Outcome.Accepted<T> done
                ? accepted.apply(done.value())
                : of(((Outcome.Refused<T>) outcome).refusal());
    }

    /** The status that tells what a command has left behind. */
    static int status(Written.Change change) {
        return switch (change) {
            case CREATED -> 201;
            case UPDATED -> 200;
            case UNCHANGED -> 204;
        };
    }

    Reply of(Refusal refusal) {
        if (refusal instanceof Refusal.BadRequest it) {
            return textOrEmpty(400, it.message());
        } else if (refusal instanceof Refusal.NotFound it) {
            return textOrEmpty(404, it.message());
        } else if (refusal instanceof Refusal.Conflict it) {
            return textOrEmpty(409, it.message());
        } else if (refusal instanceof Refusal.Failed it) {
            return textOrEmpty(500, it.message());
        } else if (refusal instanceof Refusal.NotImplemented it) {
            return textOrEmpty(501, it.message());
        } else if (refusal instanceof Refusal.Thrown it) {
            return thrown(it.status(), it.message());
        }
        return of(WebError.internal());
    }

    private static Reply textOrEmpty(int status, String message) {
        return message.isEmpty() ? empty(status) : text(status, message);
    }

    private static Reply errorMessage(int status, String message, Headers headers) {
        Bytes body = JsonWriter.bytes(
                json -> json.object(() -> json.field("code", status).field("message", message)));
        return reply(status, with(headers, MediaRange.JSON), body);
    }

    private static Headers with(Headers headers, String contentType) {
        List<Header> all = new ArrayList<>(headers.fields());
        all.add(new Header("Content-Type", contentType));
        return new Headers(all);
    }

    /** Spec reaper 0.7. Upstream's stack is long; clients look at the message only, so that one frame is enough. */
    static Reply thrown(int status, String message) {
        return json(
                status,
                json -> json.object(() -> {
                    json.name("cause").nothing();
                    json.name("stackTrace").array(List.of("connectAny"), method -> frame(json, method));
                    json.field("message", message).field("localizedMessage", message);
                    json.name("suppressed").strings(List.of());
                }));
    }

    private static void frame(JsonWriter json, String method) {
        json.object(() -> {
            json.field("methodName", method).field("fileName", "ClusterFacade.java");
            json.field("lineNumber", 1).field("className", "io.cassandrareaper.management.ClusterFacade");
            json.field("nativeMethod", false).field("classLoaderName", "app");
            json.name("moduleName").nothing().name("moduleVersion").nothing();
        });
    }

    /** {@code sendRedirect} of Jetty's: the location is absolute. */
    static Reply redirect(String location) {
        return located(302, location);
    }

    /** What Jetty itself says about a request that reaches no handler: {@code ErrorHandler.badMessageError}. */
    static Reply badMessage(String reason) {
        return typed(
                        400,
                        "text/html;charset=iso-8859-1",
                        Bytes.utf8("<h1>Bad Message 400</h1><pre>reason: " + reason + "</pre>"))
                .with("Connection", "close");
    }

    /** The errors that clients meet most, by names of our own: upstream has no codes. */
    static Map<String, Reply> typicalErrors() {
        ReaperReplies replies = new ReaperReplies(() -> 0);
        return Map.of(
                "NOT_FOUND", replies.of(WebError.notFound()),
                "CREDENTIALS_REQUIRED", replies.of(WebError.credentialsRequired()),
                "USER_NOT_AUTHORIZED", replies.of(WebError.forbidden()),
                "INTERNAL_SERVER_ERROR", replies.of(WebError.internal()),
                "UNREACHABLE", replies.of(new Refusal.Failed(Management.UNREACHABLE)));
    }
}
