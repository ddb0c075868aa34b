package io.understudy.journal;

import io.understudy.world.DomainEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request and what became of it.
 *
 * @param sequence its place in the journal, and its id while a reply is held
 * @param at when the world took the request up
 * @param system the system it was sent to
 * @param node the node of the system it was sent to
 * @param operation the operation it was for, such as {@code undermoon.createCluster}; {@code <system>.unrouted} if the system
 *     knows none for it
 * @param request the request
 * @param reply what the system answered, even if the wire lost it (see {@code fate}), of a streamed reply the head; null while it is held, and for good if
 *     the request was lost or the system never answered
 * @param repliedAt when the reply, or as much of it as the wire let through, left; null when nothing of it did
 * @param faults the ids of the fault rules that touched it, in order
 * @param fate what the wire made of it, such as {@code reset} or {@code executed twice}; empty when nothing unusual
 * @param events what it caused in the system
 */
public record Exchange(
        long sequence,
        Instant at,
        String system,
        String node,
        String operation,
        Request request,
        @Nullable Reply reply,
        @Nullable Instant repliedAt,
        List<String> faults,
        List<String> fate,
        List<DomainEvent> events)
        implements Entry {
    public Exchange {
        faults = List.copyOf(faults);
        fate = List.copyOf(fate);
        events = List.copyOf(events);
    }
}
