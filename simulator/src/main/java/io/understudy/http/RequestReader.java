package io.understudy.http;

import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Headers.Header;
import io.understudy.journal.Request;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one connection into requests, one after the other.
 *
 * <p>Path, query, field names and values stay as they were sent. What the parser itself still refuses, with a 400, is what no
 * server could make sense of: a request line or field that is none, a wrong length, and HTTP/1.1 without {@code Host}.
 */
final class RequestReader implements HttpParser.RequestHandler {
    /** Bounds what one request may make us keep, where the system itself has no limit (undermoon has none). */
    static final int MAX_BODY_BYTES = 256 << 20;

    private static final HttpCompliance LENIENT = HttpCompliance.LEGACY.without(
            "UNDERSTUDY",
            // a line without a version or a field without a colon is a broken client, not an old one
            HttpCompliance.Violation.HTTP_0_9,
            HttpCompliance.Violation.NO_COLON_AFTER_FIELD_NAME);

    /** What the bytes so far amount to. */
    enum Progress {
        /** Not yet a request. */
        PARTIAL,
        /** A complete request. */
        COMPLETE,
        /** A request whose body is too large; the rest of it was not read. */
        OVERSIZED,
        /** Something that is no request; {@link #badStatus()} says what to answer. */
        BAD
    }

    private final HttpParser parser;
    private final long maxBodyBytes;
    private final String client;

    private String method = "";
    private String target = "";
    private boolean http10;
    private boolean close;
    private boolean keepAlive;
    private boolean expectsContinue;
    private boolean inHead = true;
    private final ByteArrayOutputStream rawHead = new ByteArrayOutputStream(512);
    private final List<Header> fields = new ArrayList<>();
    private @Nullable ByteArrayOutputStream body;
    private Progress progress = Progress.PARTIAL;
    private int badStatus;

    RequestReader(HttpTraits traits, String client) {
        this.parser = new HttpParser(this, traits.maxHeaderBytes(), LENIENT);
        // the parser's own table of common fields would otherwise decide about the case of their values
        this.parser.setHeaderCacheCaseSensitive(true);
        // fields seen before are remembered without a bound unless switched off
        this.parser.setHeaderCacheSize(0);
        this.maxBodyBytes = Math.min(traits.maxBodyBytes(), MAX_BODY_BYTES);
        this.client = client;
    }

    /** Reads on; consumes the bytes up to the end of the request and no further. */
    Progress read(ByteBuffer bytes) {
        while (progress == Progress.PARTIAL && bytes.hasRemaining()) {
            boolean wasInHead = inHead;
            int from = bytes.position();
            ByteBuffer unread = bytes.duplicate();
            parser.parseNext(bytes);
            if (wasInHead) {
                byte[] read = new byte[bytes.position() - from];
                unread.get(read);
                rawHead.writeBytes(read);
            }
        }
        return progress;
    }

    /** The parser knows common names and gives them in the usual case; as they were sent they stand in the raw head. */
    private List<Header> fieldsAsSent() {
        List<Header> sent = new ArrayList<>(fields.size());
        String raw = rawHead.toString(StandardCharsets.ISO_8859_1);
        int line = raw.indexOf(target) + target.length();
        for (Header field : fields) {
            String name = field.name();
            do {
                line = raw.indexOf('\n', line) + 1;
            } while (line > 0 && !raw.regionMatches(true, line, name, 0, name.length()));
            boolean asSent = line <= 0 || raw.startsWith(name, line);
            sent.add(asSent ? field : new Header(raw.substring(line, line + name.length()), field.value()));
            line = Math.max(line, 0);
        }
        return sent;
    }

    /** Whether the client waits for a {@code 100 Continue} before it sends the body; says so once. */
    boolean takeExpectation() {
        boolean expected = expectsContinue;
        expectsContinue = false;
        return expected;
    }

    /** The request that was read. */
    Request request() {
        String asked = withoutAuthority(target);
        int mark = asked.indexOf('?');
        return new Request(
                method,
                mark < 0 ? asked : asked.substring(0, mark),
                mark < 0 ? null : asked.substring(mark + 1),
                new Headers(fieldsAsSent()),
                body == null ? Bytes.EMPTY : Bytes.of(body.toByteArray()),
                client);
    }

    /** A server must take the absolute form that clients of proxies send (RFC 9112 3.2.2), and route by its path. */
    private static String withoutAuthority(String target) {
        int scheme = target.startsWith("http://") || target.startsWith("https://") ? target.indexOf("://") : -1;
        if (scheme < 0) {
            return target;
        }
        int end = scheme + "://".length();
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        String rest = target.substring(end);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    /** What of the request decides about the framing of its reply. */
    RequestHead head() {
        boolean persistent = progress == Progress.COMPLETE && !close && (!http10 || keepAlive);
        return new RequestHead(method.equals("HEAD"), http10, persistent);
    }

    /** The status for what is no request. */
    int badStatus() {
        return badStatus;
    }

    /** Begins with the next request. */
    void reset() {
        parser.reset();
        progress = Progress.PARTIAL;
        inHead = true;
        rawHead.reset();
        fields.clear();
        body = null;
        close = false;
        keepAlive = false;
        expectsContinue = false;
    }

    @Override
    public void startRequest(String sentMethod, String sentTarget, HttpVersion version) {
        method = sentMethod;
        target = sentTarget;
        http10 = version == HttpVersion.HTTP_1_0;
    }

    @Override
    public void parsedHeader(HttpField field) {
        String value = field.getValue() == null ? "" : field.getValue();
        fields.add(new Header(field.getName(), value));
        if (field.getHeader() != null) {
            switch (field.getHeader()) {
                case CONNECTION -> {
                    close |= field.contains("close");
                    keepAlive |= field.contains("keep-alive");
                }
                case EXPECT -> expectsContinue |= field.contains("100-continue");
                default -> {}
            }
        }
    }

    @Override
    public boolean headerComplete() {
        inHead = false;
        if (parser.getContentLength() > maxBodyBytes) {
            progress = Progress.OVERSIZED;
            return true;
        }
        return false;
    }

    @Override
    public boolean content(ByteBuffer part) {
        expectsContinue = false;
        if (body == null) {
            body = new ByteArrayOutputStream(Math.max(part.remaining(), 512));
        }
        long room = maxBodyBytes - body.size();
        int taken = (int) Math.min(room, part.remaining());
        byte[] bytes = new byte[taken];
        part.get(bytes);
        body.writeBytes(bytes);
        if (part.hasRemaining()) {
            progress = Progress.OVERSIZED;
        }
        return progress == Progress.OVERSIZED;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public boolean messageComplete() {
        progress = Progress.COMPLETE;
        return true;
    }

    @Override
    public void badMessage(HttpException failure) {
        bad(failure.getCode());
    }

    @Override
    public void earlyEOF() {
        bad(400);
    }

    private void bad(int status) {
        progress = Progress.BAD;
        badStatus = status;
    }
}
