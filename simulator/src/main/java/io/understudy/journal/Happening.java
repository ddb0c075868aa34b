package io.understudy.journal;

import io.understudy.world.DomainEvent;
import java.time.Instant;

/**
 * Something that happened in a system by the passing of time or by a domain control, not by a request.
 *
 * @param sequence its place in the journal
 * @param event what happened
 */
public record Happening(long sequence, DomainEvent event) implements Entry {
    @Override
    public Instant at() {
        return event.at();
    }

    @Override
    public String system() {
        return event.system();
    }
}
