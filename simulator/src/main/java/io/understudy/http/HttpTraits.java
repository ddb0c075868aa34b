package io.understudy.http;

import io.understudy.journal.Reply;
import java.util.List;

/**
 * How the HTTP server of an emulated system behaves below its API.
 *
 * @param maxBodyBytes the largest request body it reads; beyond it the reply is {@code tooLarge}
 * @param maxHeaderBytes the largest request head (request line and headers) it reads
 * @param tooLarge the reply to a larger body
 * @param head the order of a reply's header fields; a part that is not listed is not sent
 * @param lowerCase whether the fields that the stage adds (framing, {@code date}, {@code connection}) are spelled in lower
 *     case; otherwise they are spelled {@code Like-This}
 */
public record HttpTraits(
        long maxBodyBytes, int maxHeaderBytes, Reply tooLarge, List<HeadPart> head, boolean lowerCase) {
    public HttpTraits {
        head = List.copyOf(head);
    }

    /** A group of header fields that stand together. */
    public enum HeadPart {
        /** {@code date}, at virtual time. */
        DATE,
        /** The reply's own fields, in their order. */
        FIELDS,
        /** {@code content-encoding}, and {@code content-length} or {@code transfer-encoding}. */
        FRAMING,
        /** {@code connection: close}, when the server is going to close. */
        CONNECTION
    }
}
