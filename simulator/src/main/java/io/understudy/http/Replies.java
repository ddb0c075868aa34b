package io.understudy.http;

import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;

/**
 * Where a system sends the reply to a call that it answered with {@link Answer.Later}, and the parts of one that it answered
 * with {@link Answer.Stream}.
 *
 * <p>All inside a step of the world; what is sent leaves when the step is over, in order. Nothing happens if nobody waits or
 * listens any more: the client has gone (see {@link Api#abandoned}), or the world was reset or restored. A system that keeps
 * the ids of its listeners therefore forgets them when it is reset or restored: connections are no part of a world's state.
 */
public interface Replies {
    /** Sends the reply to the call of that id. */
    void reply(long id, Reply reply);

    /**
     * Sends a part of the streamed reply to the call of that id; it goes out as one chunk. Parts may be sent as soon as the
     * handler is at work, and wait behind the head if a fault delays it. An empty part is nothing.
     *
     * <p>Who reads too slowly is cut off, see {@link Gateway#MAX_BACKLOG_BYTES}.
     */
    void send(long id, Bytes part);

    /** Ends the streamed reply to the call of that id in order; the connection stays usable if the client wants that. */
    void end(long id);

    /**
     * Ends the connection of the call of that id, without a reply, or in the middle of a streamed one: the process that was to
     * send it is gone.
     */
    void drop(long id);
}
