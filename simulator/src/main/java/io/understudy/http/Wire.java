package io.understudy.http;

import io.understudy.fault.WireStep;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one exchange: the connection, to carry out wire steps on. Called outside the world's lock, from any
 * thread; must not block.
 */
public interface Wire {
    /** What a part costs in memory beside its bytes, roughly: the objects that carry it through the queues. */
    int PART_OVERHEAD_BYTES = 200;

    /** What a step adds to the {@link #backlog}. */
    static long weight(WireStep step) {
        return step instanceof WireStep.SendPart it ? weight(it.part()) : 0;
    }

    /** What a part weighs while it waits. */
    static long weight(Bytes part) {
        return (long) part.size() + PART_OVERHEAD_BYTES;
    }

    /**
     * Carries out steps (never a {@link WireStep.Pause}: the gateway keeps those) after those of earlier calls.
     *
     * @param reply the reply that the steps send or mutilate; null when there is none to send
     * @param at the virtual instant, for the {@code date} header
     * @param steps what to do, in order
     * @param last whether nothing follows; the connection is then free for the next request if the reply was sent whole
     */
    void carryOut(@Nullable Reply reply, Instant at, List<WireStep> steps, boolean last);

    /**
     * The weight of all {@linkplain WireStep.SendPart parts} that it was told to send and that the client has not taken yet. May be asked at any
     * time.
     */
    long backlog();

    /** Ends the connection, whatever was sent of the reply: the world was reset or closed. */
    void drop();
}
