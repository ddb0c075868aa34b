package io.understudy.http;

import io.understudy.journal.Bytes;
import io.understudy.journal.Headers.Header;
import io.understudy.journal.Reply;
import io.understudy.journal.Reply.Framing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpStatus;

/**
 * A reply as the bytes that go over the wire.
 *
 * @param head the status line and the fields, with the empty line that ends them
 * @param body the body after content coding and chunking; empty for HEAD
 * @param persistent whether the connection can be used again afterwards
 * @param bodiless whether nothing follows the head, whatever the system sends
 * @param chunked whether what follows is sent in chunks
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; bytes on their way to a socket
record EncodedReply(byte[] head, byte[] body, boolean persistent, boolean bodiless, boolean chunked) {
    /** The one form of an HTTP date that is still sent (RFC 9110 5.6.7). */
    private static final DateTimeFormatter IMF_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private static final byte[] NOTHING = {};
    private static final byte[] CRLF = {'\r', '\n'};
    /** The longest length in hexadecimal, and two line ends. */
    private static final int CHUNK_FRAME_BYTES = 8 + 2 * 2;

    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    static EncodedReply of(Reply reply, Instant at, RequestHead request, HttpTraits traits) {
        byte[] content =
                reply.gzip() ? gzip(reply.body().toArray()) : reply.body().toArray();
        Framing framing = reply.framing() == Framing.CHUNKED && request.http10() ? Framing.CLOSE : reply.framing();
        boolean persistent = request.persistent()
                && framing != Framing.CLOSE
                && !reply.headers().first("connection").orElse("").equalsIgnoreCase("close")
                && !announcesAnotherLength(reply, content.length);
        Head head = new Head(reply, traits.lowerCase());
        head.statusLine(request.http10());
        for (HttpTraits.HeadPart part : traits.head()) {
            switch (part) {
                case DATE -> head.field("Date", IMF_DATE.format(at.atOffset(ZoneOffset.UTC)));
                case FIELDS -> head.ownFields();
                case FRAMING -> head.framing(framing, content.length);
                case CONNECTION -> head.fieldIf(!persistent, "Connection", "close");
            }
        }
        // an HTTP/1.0 client takes it for granted that the connection ends
        head.fieldIf(persistent && request.http10(), "Connection", "keep-alive");
        boolean bodiless = request.headOnly() || framing == Framing.NONE;
        boolean chunked = framing == Framing.CHUNKED;
        byte[] body = bodiless ? NOTHING : chunked ? chunked(content) : content;
        return new EncodedReply(head.bytes(), body, persistent, bodiless, chunked);
    }

    /** A reply without a body to what is no request, and therefore without a date. */
    static byte[] refusal(Reply reply) {
        Head head = new Head(reply, true);
        head.statusLine(false);
        head.ownFields();
        head.framing(Framing.LENGTH, 0);
        return head.bytes();
    }

    /** The head as it is written. A field that the reply brings along itself is not added. */
    private static final class Head {
        private final Reply reply;
        private final boolean lowerCase;
        private final StringBuilder text = new StringBuilder(192);

        private Head(Reply reply, boolean lowerCase) {
            this.reply = reply;
            this.lowerCase = lowerCase;
        }

        private void statusLine(boolean http10) {
            text.append(http10 ? "HTTP/1.0 " : "HTTP/1.1 ")
                    .append(reply.status())
                    .append(' ');
            HttpStatus.Code known = HttpStatus.getCode(reply.status());
            text.append(reply.reason() != null ? reply.reason() : known != null ? known.getMessage() : "");
            text.append("\r\n");
        }

        private void ownFields() {
            for (Header field : reply.headers().fields()) {
                write(field.name(), field.value());
            }
        }

        private void framing(Framing framing, int length) {
            fieldIf(reply.gzip(), "Content-Encoding", "gzip");
            fieldIf(framing == Framing.LENGTH, "Content-Length", Integer.toString(length));
            fieldIf(framing == Framing.CHUNKED, "Transfer-Encoding", "chunked");
        }

        private void fieldIf(boolean wanted, String name, String value) {
            if (wanted) {
                field(name, value);
            }
        }

        private void field(String name, String value) {
            if (!reply.headers().contains(name)) {
                write(lowerCase ? name.toLowerCase(Locale.ROOT) : name, value);
            }
        }

        private void write(String name, String value) {
            text.append(name).append(": ").append(value).append("\r\n");
        }

        private byte[] bytes() {
            return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The head and the body in one piece. */
    byte[] whole() {
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    /** A further part of the body, which must not be empty: an empty chunk would be the last. */
    byte[] part(Bytes part) {
        if (bodiless) {
            return NOTHING;
        }
        if (!chunked) {
            return part.toArray();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(part.size() + CHUNK_FRAME_BYTES);
        writeChunk(out, part.toArray());
        return out.toByteArray();
    }

    /** What tells that no part follows. */
    byte[] end() {
        return chunked && !bodiless ? LAST_CHUNK : NOTHING;
    }

    /** A reply that lies about its length leaves the client out of step with us. */
    private static boolean announcesAnotherLength(Reply reply, int length) {
        return reply.headers()
                .first("content-length")
                .map(value -> !value.equals(Integer.toString(length)))
                .orElse(false);
    }

    private static byte[] chunked(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + CHUNK_FRAME_BYTES + LAST_CHUNK.length);
        if (content.length > 0) {
            writeChunk(out, content);
        }
        out.writeBytes(LAST_CHUNK);
        return out.toByteArray();
    }

    private static void writeChunk(ByteArrayOutputStream out, byte[] content) {
        out.writeBytes(Integer.toHexString(content.length).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(CRLF);
        out.writeBytes(content);
        out.writeBytes(CRLF);
    }

    /** The JDK writes neither the time nor the host's system into the stream, so that equal bodies give equal bytes. */
    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2 + 32);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }
}
