package io.understudy.http;

import io.understudy.fault.WireStep;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers at once when told how, otherwise keeps the wires for the test. */
final class FakeIntake implements Intake {
    record Taken(Request request, boolean oversized, Wire wire) {
        void reply(Reply reply) {
            carryOut(reply, true, new WireStep.SendReply());
        }

        void carryOut(@Nullable Reply reply, boolean last, WireStep... steps) {
            wire.carryOut(reply, NOW, List.of(steps), last);
        }
    }

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final @Nullable Function<Taken, Reply> answer;
    final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
    final BlockingQueue<Wire> abandoned = new LinkedBlockingQueue<>();

    private FakeIntake(@Nullable Function<Taken, Reply> answer) {
        this.answer = answer;
    }

    static FakeIntake answering(Function<Taken, Reply> answer) {
        return new FakeIntake(answer);
    }

    static FakeIntake holding() {
        return new FakeIntake(null);
    }

    /** Replies with the request's target. */
    static FakeIntake echoing() {
        return answering(taken -> text(taken.request().target()));
    }

    static Reply text(String body) {
        return Reply.of(200, "text/plain", Bytes.utf8(body));
    }

    @Override
    public void accept(Site site, Request request, boolean oversized, Wire wire) {
        Taken now = new Taken(request, oversized, wire);
        taken.add(now);
        if (answer != null) {
            now.reply(answer.apply(now));
        }
    }

    @Override
    public void abandoned(Wire wire) {
        abandoned.add(wire);
    }

    Taken take() throws InterruptedException {
        Taken next = taken.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no request arrived");
        }
        return next;
    }
}
