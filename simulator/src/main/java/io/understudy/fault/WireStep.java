package io.understudy.fault;

import io.understudy.journal.Bytes;
import java.time.Duration;

/** One thing done to the connection when a reply is due. The steps of a course are carried out in order. */
public sealed interface WireStep {
    /** Waits, in virtual time; the connection stays open and silent. */
    record Pause(Duration duration) implements WireStep {}

    /** Sends the whole reply as the system framed it. */
    record SendReply() implements WireStep {}

    /** Sends the status line and the headers, promising the whole body. */
    record SendHead() implements WireStep {}

    /**
     * Sends a part of the body as it goes over the wire (after content coding).
     *
     * @param from where it begins, as a fraction of the body's length, 0 to 1
     * @param to where it ends, exclusive
     */
    record SendBody(double from, double to) implements WireStep {}

    /** Sends bytes that are not the reply. */
    record SendRaw(Bytes bytes) implements WireStep {}

    /** Ends the connection with a TCP reset (RST). What was sent before may be lost on its way. */
    record Reset() implements WireStep {}

    /** Ends the connection in order (FIN). */
    record Close() implements WireStep {}

    /** Never sends anything more and leaves the connection open until the client gives up or the world is closed. */
    record Hang() implements WireStep {}
}
