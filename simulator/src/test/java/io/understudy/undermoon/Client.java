package io.understudy.undermoon;

import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import java.time.Duration;
import java.util.Optional;

/** How a story talks to a broker: in this process, or over the network. */
interface Client {
    /** Sends a request. */
    Sent send(Request request);

    /** Lets virtual time pass. */
    void advance(Duration by);

    /** A request on its way. */
    interface Sent {
        /** The reply, its body without content coding; empty while the broker makes the client wait. */
        Optional<Reply> reply();

        /** The client goes away without waiting any longer. */
        void hangUp();
    }
}
