package io.understudy.http;

import io.understudy.fault.WireStep;
import io.understudy.journal.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How far a streamed reply has come. Changed under the world's lock only, but for what the wire takes over. */
final class Streamed {
    /** Sent before the head could go. */
    private final List<Bytes> waiting = new ArrayList<>();
    /** What the wire has not been told of yet. */
    private final AtomicLong here = new AtomicLong();

    private long parts;
    private long bytes;
    private boolean overrun;
    private boolean ended;

    /** Whether there is room for the part; it then counts as waiting for the client until it {@link #left}. */
    boolean admits(Bytes part, Wire wire) {
        long weight = Wire.weight(part);
        overrun |= here.get() + wire.backlog() + weight > Gateway.MAX_BACKLOG_BYTES;
        if (!overrun) {
            here.addAndGet(weight);
        }
        return !overrun;
    }

    /** Whether there was no room for a part. */
    boolean isOverrun() {
        return overrun;
    }

    /** Keeps a part until the head has gone. */
    void keep(Bytes part) {
        waiting.add(part);
    }

    /** What was kept. */
    List<Bytes> kept() {
        List<Bytes> kept = List.copyOf(waiting);
        waiting.clear();
        return kept;
    }

    /** Notes that a part goes out whole. */
    void count(Bytes part) {
        parts++;
        bytes += part.size();
    }

    /** The steps are the wire's now. May be called outside the lock. */
    void left(List<WireStep> steps) {
        steps.forEach(step -> here.addAndGet(-Wire.weight(step)));
    }

    /** The system has said that nothing follows. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** What has gone out, for the journal. */
    String fate() {
        return "streamed " + count(parts, "part") + ", " + count(bytes, "byte");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
