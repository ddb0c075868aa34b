package io.understudy.http;

import io.understudy.journal.Reply;

/** Where a system sends the reply to a call that it answered with {@link Answer.Later}. */
@FunctionalInterface
public interface Replies {
    /**
     * Sends the reply to the call of that id. Inside a step of the world; nothing happens if nobody waits any more (the client
     * has gone, or the world was restored elsewhere).
     */
    void reply(long id, Reply reply);
}
