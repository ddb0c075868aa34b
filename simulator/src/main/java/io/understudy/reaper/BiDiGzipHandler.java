package io.understudy.reaper;

import io.understudy.journal.Reply;
import io.understudy.journal.Reply.Framing;
import io.understudy.journal.Request;
import java.util.List;
import java.util.Locale;

/**
 * How replies are compressed and framed: Dropwizard's handler of that name over Jetty 11's {@code GzipHandler}, whose
 * {@code GzipHttpOutputInterceptor.commit} says when {@code Vary} is added: to every success with a body or without, except 204 and 205,
 * of the methods it looks after, whether or not it is compressed in the end. Errors are never compressed.
 */
final class BiDiGzipHandler {
    /** Dropwizard's {@code minimumEntitySize}. */
    static final int MIN_BYTES = 256;

    /** Jersey's {@code OUTBOUND_CONTENT_LENGTH_BUFFER}: what does not fit in is sent in chunks, for want of its length. */
    static final int BUFFER_BYTES = 8192;

    /** {@code GzipHandler} includes these unless told otherwise. */
    private static final List<String> METHODS = List.of("GET", "POST");

    private BiDiGzipHandler() {}

    static Reply handle(Request request, Reply reply) {
        if (reply.framing() != Framing.LENGTH) {
            return reply;
        }
        Framing framing = reply.body().size() > BUFFER_BYTES ? Framing.CHUNKED : Framing.LENGTH;
        int status = reply.status();
        boolean looksAfter = METHODS.contains(request.method()) && status >= 200 && status < 300 && status != 205;
        if (!looksAfter || isEventStream(reply)) {
            return reply.framed(framing);
        }
        Reply varying = reply.with("Vary", "Accept-Encoding");
        boolean compress = reply.body().size() >= MIN_BYTES && takesGzip(request);
        return new Reply(status, reply.reason(), varying.headers(), reply.body(), framing, compress);
    }

    private static boolean isEventStream(Reply reply) {
        return reply.headers()
                .first("content-type")
                .filter(type -> type.startsWith(MediaRange.EVENTS))
                .isPresent();
    }

    /** {@code HttpFields.contains(ACCEPT_ENCODING, "gzip")}: that coding by its name, unless its quality is zero. */
    private static boolean takesGzip(Request request) {
        return request.headers().all("accept-encoding").stream()
                .flatMap(field -> List.of(field.toLowerCase(Locale.ROOT).split(",", -1)).stream())
                .map(String::strip)
                .anyMatch(coding -> coding.matches("gzip( *;.*)?") && !coding.matches(".*; *q=0(\\.0*)?"));
    }
}
