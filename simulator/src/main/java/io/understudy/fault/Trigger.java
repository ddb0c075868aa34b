package io.understudy.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.world.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a rule strikes, among the requests that it matches. What is not given does not restrict; what is given must all hold.
 *
 * @param probability strikes by chance, 0 to 1, drawn from the rule's own stream
 * @param first strikes only the first so many matching requests; at least 1
 * @param nth strikes only that one matching request, counted from 1
 * @param every strikes every so-manieth matching request; at least 1
 * @param from in force from this virtual instant on
 * @param until in force until this virtual instant, exclusive and after {@code from}; the rule then goes away by itself
 * @param lasting in force for so long after it was added or after {@code from}, in virtual time, above zero; excludes {@code until}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Trigger(
        @Nullable Double probability,
        @Nullable Long first,
        @Nullable Long nth,
        @Nullable Long every,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable Duration lasting) {
    /** Strikes every matching request until the rule is removed. */
    public static final Trigger ALWAYS = new Trigger(null, null, null, null, null, null, null);

    public Trigger {
        if (probability != null && !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability is " + probability + "; it must be from 0 to 1");
        }
        requireOneOrMore("first", first);
        requireOneOrMore("nth", nth);
        requireOneOrMore("every", every);
        if (lasting != null) {
            Delays.requireAboveZero("lasting", lasting);
            if (until != null) {
                throw new IllegalArgumentException("a trigger has either until or lasting, not both");
            }
        }
        if (from != null && from.isAfter(Clock.END)) {
            throw new IllegalArgumentException("from is " + from + "; virtual time ends at " + Clock.END);
        }
        if (from != null && until != null && !until.isAfter(from)) {
            throw new IllegalArgumentException("until is " + until + "; it must be after from, which is " + from);
        }
    }

    private static void requireOneOrMore(String name, @Nullable Long value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be 1 or more");
        }
    }

    /** Whether it restricts by counting or chance, which makes sense for requests only. */
    boolean countsRequests() {
        return probability != null || first != null || nth != null || every != null;
    }

    /** With {@code lasting} made {@code until}, for a rule that is added at that instant. */
    Trigger startingAt(Instant added) {
        if (lasting == null) {
            return this;
        }
        Instant begin = from != null && from.isAfter(added) ? from : added;
        return new Trigger(probability, first, nth, every, from, begin.plus(lasting), null);
    }

    /** Whether its time has come, be it over or not. */
    boolean hasBegunBy(Instant now) {
        return from == null || !now.isBefore(from);
    }

    boolean isOverBy(Instant now) {
        return until != null && !now.isBefore(until);
    }

    boolean inForceAt(Instant now) {
        return hasBegunBy(now) && !isOverBy(now);
    }

    /** Whether it strikes the matching request with that number, counted from 1. */
    boolean strikes(long number, RandomGenerator random) {
        return (first == null || number <= first)
                && (nth == null || number == nth)
                && (every == null || number % every == 0)
                && (probability == null || random.nextDouble() < probability);
    }
}
