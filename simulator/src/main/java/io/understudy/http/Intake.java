package io.understudy.http;

import io.understudy.journal.Request;

/** Takes the requests that listeners have read. Called on a thread of the stage; may be called for many requests at once. */
interface Intake {
    /**
     * Takes a request, and has the wire carry out what becomes of it, at once or later, from any thread.
     *
     * @param site what was asked
     * @param request the request, complete unless it is oversized
     * @param oversized whether the body is larger than the site reads; the request then holds what was read of it, and the
     *     connection ends with the reply
     * @param wire the way back
     */
    void accept(Site site, Request request, boolean oversized, Wire wire);

    /**
     * Forgets the exchange on that wire: its client has gone or its listener was closed before the exchange had ended. Not
     * called for a wire that was {@linkplain Wire#drop() dropped}.
     */
    void abandoned(Wire wire);
}
