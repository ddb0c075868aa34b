package io.understudy.reaper;

import io.understudy.journal.Bytes;
import io.understudy.journal.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** The body of a request, freed from the content codings that Dropwizard's {@code BiDiGzipHandler} takes off. */
record RequestBody(Request request) {
    /** Whether it says that it is of that type. */
    boolean isOf(String type) {
        return request.headers()
                .first("content-type")
                .flatMap(MediaRange::parse)
                .filter(given -> given.toString().equals(type))
                .isPresent();
    }

    /** @throws WebError 400 if it is not coded as it says, 413 if it is too long when it is decoded */
    Bytes content() {
        String coding = request.headers().first("content-encoding").orElse("");
        byte[] raw = request.body().toArray();
        if (coding.equalsIgnoreCase("gzip")) {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(raw))) {
                return bounded(in);
            } catch (IOException e) {
                throw WebError.badRequest();
            }
        }
        if (coding.equalsIgnoreCase("deflate")) {
            // without a zlib header: inflateNoWrap is Dropwizard's default
            Inflater inflater = new Inflater(true);
            try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(raw), inflater)) {
                return bounded(in);
            } catch (IOException e) {
                throw WebError.badRequest();
            } finally {
                inflater.end();
            }
        }
        return request.body();
    }

    private static Bytes bounded(InputStream in) throws IOException {
        byte[] content = in.readNBytes(ReaperReplies.MAX_BODY_BYTES + 1);
        if (content.length > ReaperReplies.MAX_BODY_BYTES) {
            throw WebError.of(413, "HTTP 413 Request Entity Too Large");
        }
        return Bytes.of(content);
    }
}
