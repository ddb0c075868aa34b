package io.understudy.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.journal.Match;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong, where and when.
 *
 * <p>In Java: {@code FaultRule.on(Match.operation("undermoon.createCluster")).first(2).inject(new LoseReply())}. In JSON:
 * {@code {"match": {"operation": "undermoon.createCluster"}, "trigger": {"first": 2}, "fault": {"type": "loseReply"}}}.
 *
 * @param id names the rule, its stream of chance and its marks in the journal; 1 to 100 characters without blanks and
 *     slashes. Null lets the world choose {@code fault-N}
 * @param match which requests; for a domain fault the system and nothing else
 * @param trigger which of those, and when
 * @param fault what goes wrong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FaultRule(@Nullable String id, Match match, Trigger trigger, Fault fault) {
    private static final int MAX_ID = 100;

    public FaultRule {
        // JSON may leave them out
        match = match == null ? Match.ANY : match;
        trigger = trigger == null ? Trigger.ALWAYS : trigger;
        if (fault == null) {
            throw new IllegalArgumentException("the member 'fault' is missing");
        }
        if (id != null && (id.isEmpty() || id.length() > MAX_ID || id.chars().anyMatch(c -> c <= ' ' || c == '/'))) {
            throw new IllegalArgumentException("'" + id + "' is no id of a fault rule; it has 1 to " + MAX_ID
                    + " characters, no blanks, no slashes");
        }
        if (match.status() != null) {
            throw new IllegalArgumentException(
                    "a fault rule cannot match on the reply's status: the fault shapes the exchange before there is one");
        }
        if (fault instanceof DomainFault domain) {
            if (match.system() == null) {
                throw new IllegalArgumentException(
                        "the domain fault " + domain.name() + " needs a system in its match");
            }
            if (!match.equals(Match.system(match.system()))) {
                throw new IllegalArgumentException("the domain fault " + domain.name()
                        + " strikes no requests; its match may have the system only, what it is about goes into its"
                        + " arguments");
            }
            if (trigger.countsRequests()) {
                throw new IllegalArgumentException("the domain fault " + domain.name()
                        + " strikes no requests; its trigger may have from, until and lasting only");
            }
        }
    }

    /** Begins a rule for those requests that always strikes. */
    public static Builder on(Match match) {
        return new Builder(match, Trigger.ALWAYS, null);
    }

    /** A domain fault in that system, until it is removed. */
    public static FaultRule in(String system, DomainFault fault) {
        return on(Match.system(system)).inject(fault);
    }

    FaultRule withId(String newId) {
        return new FaultRule(newId, match, trigger, fault);
    }

    FaultRule addedAt(Instant now) {
        return new FaultRule(id, match, trigger.startingAt(now), fault);
    }

    /** A rule on its way; immutable, each step is a new one. */
    public record Builder(
            Match match, Trigger trigger, @Nullable String id) {
        /** Under that id. */
        public Builder named(String newId) {
            return new Builder(match, trigger, newId);
        }

        /** Only by chance. */
        public Builder withProbability(double p) {
            return with(new Trigger(
                    p,
                    trigger.first(),
                    trigger.nth(),
                    trigger.every(),
                    trigger.from(),
                    trigger.until(),
                    trigger.lasting()));
        }

        /** Only the first so many. */
        public Builder first(long count) {
            return with(new Trigger(
                    trigger.probability(),
                    count,
                    trigger.nth(),
                    trigger.every(),
                    trigger.from(),
                    trigger.until(),
                    trigger.lasting()));
        }

        /** Only that one, counted from 1. */
        public Builder nth(long number) {
            return with(new Trigger(
                    trigger.probability(),
                    trigger.first(),
                    number,
                    trigger.every(),
                    trigger.from(),
                    trigger.until(),
                    trigger.lasting()));
        }

        /** Every so-manieth. */
        public Builder every(long count) {
            return with(new Trigger(
                    trigger.probability(),
                    trigger.first(),
                    trigger.nth(),
                    count,
                    trigger.from(),
                    trigger.until(),
                    trigger.lasting()));
        }

        /** From one virtual instant until before another. */
        public Builder between(Instant from, Instant until) {
            return with(new Trigger(
                    trigger.probability(), trigger.first(), trigger.nth(), trigger.every(), from, until, null));
        }

        /** For so long, in virtual time. */
        public Builder lasting(Duration duration) {
            return with(new Trigger(
                    trigger.probability(),
                    trigger.first(),
                    trigger.nth(),
                    trigger.every(),
                    trigger.from(),
                    null,
                    duration));
        }

        /** The finished rule. */
        public FaultRule inject(Fault fault) {
            return new FaultRule(id, match, trigger, fault);
        }

        private Builder with(Trigger newTrigger) {
            return new Builder(match, newTrigger, id);
        }
    }
}
