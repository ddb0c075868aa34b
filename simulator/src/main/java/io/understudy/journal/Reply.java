package io.understudy.journal;

import org.jspecify.annotations.Nullable;

/**
 * A reply as a system means it; the HTTP stage adds framing and nothing else.
 *
 * @param status the status code, 100–999
 * @param reason the reason phrase of the status line; null for the usual one of that status
 * @param headers the header fields in the order and spelling in which they are sent; without framing ({@code content-length},
 *     {@code transfer-encoding}) and without {@code content-encoding}
 * @param body the body before any content coding
 * @param framing how the body's end is told
 * @param gzip whether the body is sent gzip-coded, with {@code content-encoding: gzip}
 */
public record Reply(int status, @Nullable String reason, Headers headers, Bytes body, Framing framing, boolean gzip) {
    public Reply {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status is " + status + "; it must be from 100 to 999");
        }
    }

    /** How a reply tells where its body ends. */
    public enum Framing {
        /** {@code content-length}, also for an empty body. */
        LENGTH,
        /** {@code transfer-encoding: chunked}, the body as one chunk. */
        CHUNKED,
        /** By closing the connection. */
        CLOSE,
        /** Neither body nor framing fields, as for 204 and 304. */
        NONE
    }

    /** A reply with a content type and a length. */
    public static Reply of(int status, String contentType, Bytes body) {
        return new Reply(status, null, Headers.of("content-type", contentType), body, Framing.LENGTH, false);
    }

    /** A reply with a length of zero and no content type. */
    public static Reply empty(int status) {
        return new Reply(status, null, Headers.NONE, Bytes.EMPTY, Framing.LENGTH, false);
    }

    /** The same with one more header field. */
    public Reply with(String name, String value) {
        return new Reply(status, reason, headers.with(name, value), body, framing, gzip);
    }

    /** The same, framed that way. */
    public Reply framed(Framing how) {
        return new Reply(status, reason, headers, body, how, gzip);
    }

    /** The same, sent gzip-coded in chunks as streaming servers do. */
    public Reply gzipped() {
        return new Reply(status, reason, headers, body, Framing.CHUNKED, true);
    }
}
