package io.understudy.http;

import io.understudy.fault.WireStep;
import io.understudy.journal.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The wire of one exchange on a {@link SiteConnection}: the steps to come, which the connection takes one by one. */
final class SiteWire implements Wire {
    /** A step, and the reply it is about. */
    record Act(@Nullable Reply reply, Instant at, WireStep step) {}

    private final SiteConnection connection;
    private final RequestHead request;
    private final HttpTraits traits;
    private final Queue<Act> acts = new ConcurrentLinkedQueue<>();
    private final AtomicLong backlog = new AtomicLong();
    private volatile boolean last;
    private volatile boolean dropped;

    // what follows belongs to the thread that works on the connection
    private @Nullable Reply encodedFrom;
    private @Nullable EncodedReply encoded;
    private long underWay;
    private boolean begun;
    private boolean replied;
    private boolean tampered;

    SiteWire(SiteConnection connection, RequestHead request, HttpTraits traits) {
        this.connection = connection;
        this.request = request;
        this.traits = traits;
    }

    @Override
    public void carryOut(@Nullable Reply reply, Instant at, List<WireStep> steps, boolean isLast) {
        for (WireStep step : steps) {
            if (step instanceof WireStep.Pause) {
                throw new IllegalArgumentException("pauses are the gateway's to wait for: " + steps);
            }
            if (reply == null && sendsReply(step)) {
                throw new IllegalArgumentException("there is no reply to send: " + steps);
            }
        }
        for (WireStep step : steps) {
            backlog.addAndGet(Wire.weight(step));
            acts.add(new Act(reply, at, step));
        }
        if (isLast) {
            last = true;
        }
        connection.signal(false);
    }

    private static boolean sendsReply(WireStep step) {
        return step instanceof WireStep.SendReply
                || step instanceof WireStep.SendHead
                || step instanceof WireStep.SendBody
                || step instanceof WireStep.SendPart
                || step instanceof WireStep.SendEnd;
    }

    @Override
    public long backlog() {
        return backlog.get();
    }

    @Override
    public void drop() {
        dropped = true;
        connection.shut();
    }

    boolean isDropped() {
        return dropped;
    }

    /** Whether nothing follows what {@link #next()} still gives; ask before it. */
    boolean isLast() {
        return last;
    }

    /** The next step; null if there is none yet. To be asked for when the client has taken all of the step before. */
    @Nullable
    Act next() {
        Act next = acts.poll();
        backlog.addAndGet(-underWay);
        underWay = next == null ? 0 : Wire.weight(next.step());
        return next;
    }

    /** The reply in bytes, encoded once for all the steps that send parts of it. */
    @SuppressWarnings("ReferenceEquality") // the same reply, not one that looks like it
    EncodedReply encoded(Act act) {
        Reply reply = Objects.requireNonNull(act.reply());
        if (encoded == null || encodedFrom != reply) {
            encoded = EncodedReply.of(reply, act.at(), request, traits);
            encodedFrom = reply;
        }
        return encoded;
    }

    /** Notes what the client gets to see by that step. */
    void note(WireStep step) {
        if (step instanceof WireStep.SendReply) {
            tampered |= begun;
            begun = true;
            replied = true;
        } else if (step instanceof WireStep.SendHead) {
            tampered |= begun;
            begun = true;
        } else if (step instanceof WireStep.SendPart part) {
            tampered |= !begun || replied || part.to() < 1;
        } else if (step instanceof WireStep.SendEnd) {
            tampered |= !begun || replied;
            replied = true;
        } else {
            tampered = true;
        }
    }

    /** Whether the connection can be used for another request after this exchange. */
    boolean leavesConnectionUsable() {
        return replied && !tampered && encoded != null && encoded.persistent();
    }
}
