package io.understudy.http;

import io.understudy.fault.Course;
import io.understudy.fault.WireStep;
import io.understudy.journal.Bytes;
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

    private static final WireStep HEAD = new WireStep.SendHead();

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
    /** Whether the system sends the body in parts. */
    boolean isStream;
    /** Whether the head of a stream has gone out and parts may follow. */
    boolean isOpen;
    /** Filled by streams only, and from the moment the handler is at work. */
    Streamed stream = new Streamed();
    /** The number of the event that ends the pause. */
    long timer = -1;

    /** Steps for the wire. */
    record Delivery(@Nullable Reply reply, Instant at, List<WireStep> steps, boolean isLast) {}

    Outgoing(long id, Wire wire, Api api, Course course) {
        this.id = id;
        this.wire = wire;
        this.api = api;
        this.steps = new ArrayList<>(course.wire());
        if (!course.delay().isZero()) {
            steps.add(0, new WireStep.Pause(course.delay()));
        }
    }

    /** What the system has said in the end; null if the request never reached it. */
    Outgoing answered(@Nullable Answer answer) {
        if (answer instanceof Answer.Now now) {
            reply = now.reply();
        } else if (answer instanceof Answer.Stream streamed) {
            reply = streamed.head();
            isStream = true;
            steps.replaceAll(step -> step instanceof WireStep.SendReply ? HEAD : step);
        } else {
            // it may have replied before its handler returned
            heldBySystem = answer instanceof Answer.Later && reply == null;
        }
        return this;
    }

    boolean isHeld() {
        return heldBySystem || steps.get(0) instanceof WireStep.Pause;
    }

    boolean hangs() {
        return steps.get(steps.size() - 1) instanceof WireStep.Hang;
    }

    /** Whether the head of a stream goes out before the next pause. */
    boolean opens() {
        return isStream && steps.get(0).equals(HEAD);
    }

    /** Whether the stream is to be reset instead of being sent on. */
    boolean isToBeTorn() {
        return !steps.isEmpty();
    }

    /** Whether the system has to be told when nobody waits or listens any more. */
    boolean isExpected() {
        return heldBySystem || (isStream && !stream.isEnded());
    }

    /** Takes the steps up to the next pause, or up to those that tear the first part of a stream. */
    List<WireStep> takeSteps() {
        List<WireStep> now = new ArrayList<>();
        while (!steps.isEmpty()
                && !(steps.get(0) instanceof WireStep.Pause)
                && !(isStream && steps.get(0) instanceof WireStep.SendBody)) {
            now.add(steps.remove(0));
        }
        return now;
    }

    /** The steps that tear a part, or the end if there is no part, as the fault would have torn a body. */
    List<WireStep> takeTear(@Nullable Bytes part) {
        List<WireStep> tear = new ArrayList<>(steps);
        steps.clear();
        tear.removeIf(step -> part == null && step instanceof WireStep.SendBody);
        tear.replaceAll(step ->
                part != null && step instanceof WireStep.SendBody body ? new WireStep.SendPart(part, body.to()) : step);
        return tear;
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
        isStream = false;
        steps.clear();
        steps.add(new WireStep.SendReply());
    }

    /** Tells the system that nobody waits or listens any more. */
    void tell() {
        try {
            api.abandoned(id);
        } catch (RuntimeException e) {
            log.error("a system failed when it was told that nobody waits for exchange {}", id, e);
        }
    }

    /**
     * Carries out what was handed over. Outside the world's lock one step's effects may overtake another's; so whoever comes
     * first does all that is there, in order.
     */
    synchronized void deliver() {
        Delivery next = deliveries.poll();
        while (next != null) {
            stream.left(next.steps());
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
