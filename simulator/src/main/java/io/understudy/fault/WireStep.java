package io.understudy.fault;

import io.understudy.journal.Bytes;
import java.time.Duration;

/** One thing done to the connection when a reply is due. The steps of a course are carried out in order. */
public sealed interface WireStep {
    /** Waits, in virtual time; the connection stays open and silent. */
    record Pause(Duration duration) implements WireStep {}

    /** Sends the whole reply as the system framed it. */
    record SendReply() implements WireStep {}

    /** Sends the status line and the headers, promising the whole body or, of a reply that is streamed, the parts to come. */
    record SendHead() implements WireStep {}

    /**
     * Sends a part of the body as it goes over the wire (after content coding).
     *
     * @param from where it begins, as a fraction of the body's length, 0 to 1
     * @param to where it ends, exclusive
     */
    record SendBody(double from, double to) implements WireStep {}

    /**
     * Sends the next part of a reply that is streamed, framed as its head has promised: as a chunk, or as it is.
     *
     * @param part the part, not empty
     * @param to how much of it is sent, as a fraction of its bytes on the wire (framing included), 0 to 1
     */
    record SendPart(Bytes part, double to) implements WireStep {}

    /** Ends a reply that is streamed, in order. The connection stays usable if its framing allows it. */
    record SendEnd() implements WireStep {}

    /** Sends bytes that are not the reply. */
    record SendRaw(Bytes bytes) implements WireStep {}

    /** Ends the connection with a TCP reset (RST). What was sent before may be lost on its way. */
    record Reset() implements WireStep {}

    /** Ends the connection in order (FIN). */
    record Close() implements WireStep {}

    /** Never sends anything more and leaves the connection open until the client gives up or the world is closed. */
    record Hang() implements WireStep {}
}
