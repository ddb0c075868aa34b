package io.understudy.http;

import io.understudy.journal.Reply;

/** What a handler says to a call: the reply, or that the system will reply later through {@link Replies}. */
public sealed interface Answer {
    /** The reply, now. */
    record Now(Reply reply) implements Answer {}

    /** The system keeps the call's id and replies when it can. */
    record Later() implements Answer {}

    /** The reply, now. */
    static Answer now(Reply reply) {
        return new Now(reply);
    }

    /** The reply comes later. */
    static Answer later() {
        return new Later();
    }
}
