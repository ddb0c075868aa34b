package io.understudy.http;

import io.understudy.journal.Reply;

/** Where a system sends the reply to a call that it answered with {@link Answer.Later}. */
public interface Replies {
    /**
     * Sends the reply to the call of that id. Inside a step of the world; nothing happens if nobody waits any more (the client
     * has gone, or the world was restored elsewhere).
     */
    void reply(long id, Reply reply);

    /**
     * Ends the connection of the call of that id, without a reply: the process that was to send it is gone. Inside a step of the
     * world; nothing happens if nobody waits any more.
     */
    void drop(long id);
}
