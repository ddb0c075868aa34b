package io.understudy.fault;

import io.understudy.journal.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is going to become of one exchange.
 *
 * <p>It begins as the ordinary course: executed once, replied at once and in full. Faults shape it before the request is
 * executed. Delays add up; of two replies instead, two numbers of executions or two endings the first one stays. What is
 * replied to instead is not executed, and what was lost on its way is not replied to.
 */
public final class Course {
    private int executions = 1;
    private boolean executionsSet;
    private Duration delay = Duration.ZERO;
    private @Nullable Reply instead;
    private @Nullable List<WireStep> ending;
    private final List<String> faults = new ArrayList<>();
    private final List<String> fate = new ArrayList<>();

    /** How often the system executes the request: 0, 1 or 2. The reply is that of the last execution. */
    public int executions() {
        return instead == null ? executions : 0;
    }

    /** What is replied instead of executing the request. */
    public Optional<Reply> instead() {
        return Optional.ofNullable(instead);
    }

    /** The ids of the rules that struck, in order. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** In words for the journal, what is unusual about this course. */
    public List<String> fate() {
        List<String> words = new ArrayList<>();
        if (instead == null && executions != 1) {
            words.add(executions == 0 ? "not executed" : "executed twice");
        }
        words.addAll(fate);
        return words;
    }

    /** How long the reply is held back before its first byte, in virtual time. */
    public Duration delay() {
        return delay;
    }

    /** What is done to the connection once the delay is over. */
    public List<WireStep> wire() {
        return ending == null ? List.of(new WireStep.SendReply()) : ending;
    }

    /** Whether the client gets the whole reply. */
    public boolean delivers() {
        return ending == null;
    }

    void struckBy(String rule) {
        faults.add(rule);
    }

    void execute(int times) {
        if (!executionsSet) {
            executions = times;
            executionsSet = true;
        }
    }

    void replyInstead(Reply reply) {
        if (instead == null && executions > 0) {
            instead = reply;
            fate.add("replied " + reply.status() + " without executing");
        }
    }

    void delayBy(Duration by) {
        delay = delay.plus(by);
        if (!by.isZero()) {
            fate.add("delayed by " + by);
        }
    }

    void endWith(String inWords, WireStep... steps) {
        if (ending == null) {
            ending = List.of(steps);
            fate.add(inWords);
        }
    }
}
