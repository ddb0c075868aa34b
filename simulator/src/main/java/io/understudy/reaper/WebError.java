package io.understudy.reaper;

import io.understudy.journal.Headers;
import java.util.Collection;

/**
 * An answer that the framework gives in place of a resource: thrown wherever that is noticed, turned into status and bytes by
 * {@link ReaperReplies#of(WebError)} alone (spec reaper 0.6).
 */
final class WebError extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** How it is worded. */
    enum Wording {
        /** {@code {"code":…,"message":…}}. */
        ERROR_MESSAGE,
        /** The same with the number of an entry in a log. */
        LOGGED,
        /** A bare text. */
        TEXT
    }

    private final int status;
    private final Wording wording;
    private final transient Headers headers;

    private WebError(int status, Wording wording, String message, Headers headers) {
        super(message, null, false, false); // a reply, not a failure: nobody looks at its stack
        this.status = status;
        this.wording = wording;
        this.headers = headers;
    }

    private static WebError framework(int status, String reason) {
        return of(status, "HTTP " + status + " " + reason);
    }

    /** That status with that message: a {@code WebApplicationException} of upstream's. */
    static WebError of(int status, String message) {
        return new WebError(status, Wording.ERROR_MESSAGE, message, Headers.NONE);
    }

    static WebError badRequest() {
        return framework(400, "Bad Request");
    }

    static WebError notFound() {
        return framework(404, "Not Found");
    }

    /** 405 with the methods that there are, in that order. */
    static WebError notAllowed(Collection<String> methods) {
        return new WebError(
                405,
                Wording.ERROR_MESSAGE,
                "HTTP 405 Method Not Allowed",
                Headers.of("Allow", String.join(",", methods)));
    }

    static WebError notAcceptable() {
        return framework(406, "Not Acceptable");
    }

    static WebError unsupportedMediaType() {
        return framework(415, "Unsupported Media Type");
    }

    static WebError unreadableJson() {
        return of(400, "Unable to process JSON");
    }

    /** Spec reaper 1.2.3. */
    static WebError forbidden() {
        return of(403, "User not authorized.");
    }

    /** Spec reaper 1.2.3; what Dropwizard's {@code DefaultUnauthorizedHandler} says. */
    static WebError credentialsRequired() {
        return new WebError(
                401,
                Wording.TEXT,
                "Credentials are required to access this resource.",
                Headers.of("WWW-Authenticate", "Bearer realm=\"realm\""));
    }

    /** "500 generic": upstream has thrown something that nobody maps. */
    static WebError internal() {
        return new WebError(500, Wording.LOGGED, "There was an error processing your request.", Headers.NONE);
    }

    int status() {
        return status;
    }

    Wording wording() {
        return wording;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    Headers headers() {
        return headers;
    }
}
