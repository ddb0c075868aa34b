package io.understudy.http;

import io.understudy.fault.WireStep;
import io.understudy.journal.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Notes what it was told to do. */
final class FakeWire implements Wire {
    final List<WireStep> steps = new CopyOnWriteArrayList<>();
    final List<Instant> instants = new CopyOnWriteArrayList<>();
    final List<Reply> replies = new CopyOnWriteArrayList<>();
    volatile boolean isOver;
    volatile boolean isDropped;
    volatile boolean fails;
    volatile long backlog;

    @Override
    public void carryOut(@Nullable Reply reply, Instant at, List<WireStep> next, boolean last) {
        if (fails) {
            throw new IllegalStateException("the cable is cut");
        }
        if (isOver) {
            throw new IllegalStateException("nothing was to follow, but " + next);
        }
        steps.addAll(next);
        instants.add(at);
        if (reply != null) {
            replies.add(reply);
        }
        isOver = last;
    }

    @Override
    public long backlog() {
        return backlog;
    }

    @Override
    public void drop() {
        isDropped = true;
    }

    /** The one reply that was sent whole, as text. */
    String text() {
        if (!steps.equals(List.of(new WireStep.SendReply())) || replies.size() != 1) {
            throw new AssertionError("no whole reply: " + steps);
        }
        return replies.get(0).status() + " " + replies.get(0).body().text();
    }

    /** What was sent of a stream, in a word or two each. */
    List<String> story() {
        List<String> story = new ArrayList<>();
        for (WireStep step : steps) {
            if (step instanceof WireStep.SendPart it) {
                story.add((it.to() < 1 ? it.to() + " of " : "") + it.part().text());
            } else {
                story.add(step.getClass().getSimpleName());
            }
        }
        return story;
    }

    List<String> stepNames() {
        List<String> names = new ArrayList<>();
        steps.forEach(step -> names.add(step.getClass().getSimpleName()));
        return names;
    }
}
