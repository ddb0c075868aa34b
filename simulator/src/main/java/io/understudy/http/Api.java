package io.understudy.http;

import io.understudy.journal.Request;
import java.util.List;

/** A system's API on the wire: its catalogue, its way of routing, and its framework's own answers. */
public interface Api {
    /** Every operation, in the order in which documentation lists them. */
    List<Endpoint> endpoints();

    /** Finds what answers the request, without looking at any state. Never fails: unknown paths have an answer, too. */
    Route route(String node, Request request);

    /** The limits and habits of the system's HTTP server. */
    HttpTraits traits();

    /**
     * Called in a step of the world when nobody waits any more for the reply to a call that was answered {@link Answer.Later},
     * because the client has gone away, or listens any more to one that was answered {@link Answer.Stream}: once, unless the
     * system itself has ended or dropped the stream.
     *
     * <p>A stream is also without a listener when its client was cut off because it reads too slowly, when a fault ended the
     * connection, when the request was HEAD (the client has all it asked for), and when a fault has the request executed
     * twice: the first execution's stream is abandoned before the second execution begins, under the same id. Never called
     * from within {@link Replies#send} or {@link Replies#end}: what they bring about is told at the end of the step.
     *
     * @param id the id of the call
     */
    default void abandoned(long id) {}
}
