package io.understudy.http;

import io.understudy.fault.Course;
import io.understudy.fault.WireStep;
import io.understudy.journal.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A reply on its way: who waits, what is still to be done. The gateway changes it under the world's lock only. */
final class Outgoing {
    private static final Logger log = LoggerFactory.getLogger(Outgoing.class);

    final long id;
    final Wire wire;
    final Api api;
    /** What is still to be done, pauses included. */
    final List<WireStep> steps;
    /** What was handed over to the outside and is not yet done there. */
    final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();

    @Nullable
    Reply reply;

    boolean heldBySystem;
    /** The number of the event that ends the pause. */
    long timer = -1;

    /** Steps for the wire. */
    record Delivery(@Nullable Reply reply, Instant at, List<WireStep> steps, boolean isLast) {}

    Outgoing(long id, Wire wire, Api api, Course course, @Nullable Answer answer) {
        this.id = id;
        this.wire = wire;
        this.api = api;
        this.steps = new ArrayList<>(course.wire());
        if (!course.delay().isZero()) {
            steps.add(0, new WireStep.Pause(course.delay()));
        }
        this.reply = answer instanceof Answer.Now now ? now.reply() : null;
        this.heldBySystem = answer instanceof Answer.Later;
    }

    boolean isHeld() {
        return heldBySystem || steps.get(0) instanceof WireStep.Pause;
    }

    boolean hangs() {
        return steps.get(steps.size() - 1) instanceof WireStep.Hang;
    }

    /** Whether something of the reply goes out before the next pause. */
    boolean sendsNow() {
        for (WireStep step : steps) {
            if (step instanceof WireStep.Pause) {
                return false;
            }
            if (step instanceof WireStep.SendReply
                    || step instanceof WireStep.SendHead
                    || step instanceof WireStep.SendBody) {
                return true;
            }
        }
        return false;
    }

    void replaceBy(Reply other) {
        reply = other;
        heldBySystem = false;
        steps.clear();
        steps.add(new WireStep.SendReply());
    }

    /**
     * Carries out what was handed over. Outside the world's lock one step's effects may overtake another's; so whoever comes
     * first does all that is there, in order.
     */
    synchronized void deliver() {
        Delivery next = deliveries.poll();
        while (next != null) {
            try {
                wire.carryOut(next.reply(), next.at(), next.steps(), next.isLast());
            } catch (RuntimeException e) {
                log.error("exchange {} could not be carried out: {}", id, next.steps(), e);
                wire.drop();
            }
            next = deliveries.poll();
        }
    }

    synchronized void drop() {
        deliver();
        wire.drop();
    }
}
