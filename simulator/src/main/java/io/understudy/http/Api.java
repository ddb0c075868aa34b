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
     * Called in a step of the world when the client of a call that was answered {@link Answer.Later} has gone away.
     *
     * @param id the id of the call
     */
    default void abandoned(long id) {}
}
