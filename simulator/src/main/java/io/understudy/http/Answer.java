package io.understudy.http;

import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.journal.Reply.Framing;

/**
 * What a handler says to a call: the reply, or that the system will reply later through {@link Replies}, or the head of a reply
 * whose body the system sends bit by bit.
 */
public sealed interface Answer {
    /** The reply, now. */
    record Now(Reply reply) implements Answer {}

    /** The system keeps the call's id and replies when it can. */
    record Later() implements Answer {}

    /**
     * The head now; the system keeps the call's id and sends the body in parts, see {@link Replies#send}.
     *
     * <p>To HEAD the head is all there is. Of the faults, a delay holds the head back and the parts behind it; a reset in the
     * middle tears the first part; who hangs hears nothing of what is sent; and a connection that ends before the head has
     * nobody to listen, which the system is told ({@link Api#abandoned}).
     *
     * <p>In the journal the exchange has the head as its reply, from the moment it goes out; how many parts and bytes followed
     * is part of its fate, once the stream is over. It is not held: time does not run for it in per-request mode, and the
     * alarm wakes a world in real mode for the parts to come.
     *
     * @param head status and header fields, without a body; framed in chunks unless it is to end with the connection
     *     ({@link Framing#CLOSE}), and never gzip-coded, whatever it says. A client that speaks HTTP/1.0 gets no chunks.
     */
    record Stream(Reply head) implements Answer {
        public Stream {
            if (head.body().size() > 0 || head.headers().contains("content-length")) {
                throw new IllegalArgumentException(
                        "the head of a stream has neither a body nor a content-length: " + head);
            }
            head = new Reply(
                    head.status(),
                    head.reason(),
                    head.headers(),
                    Bytes.EMPTY,
                    head.framing() == Framing.CLOSE ? Framing.CLOSE : Framing.CHUNKED,
                    false);
        }
    }

    /** The reply, now. */
    static Answer now(Reply reply) {
        return new Now(reply);
    }

    /** The reply comes later. */
    static Answer later() {
        return new Later();
    }

    /**
     * The head now, the body in parts.
     *
     * @throws IllegalArgumentException if the head has a body or a {@code content-length}
     */
    static Answer stream(Reply head) {
        return new Stream(head);
    }
}
