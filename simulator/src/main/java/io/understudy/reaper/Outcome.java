package io.understudy.reaper;

import java.util.function.Function;

/**
 * What becomes of a command.
 *
 * @param <T> what an accepted one gives
 */
sealed interface Outcome<T> {
    /** It was done. */
    record Accepted<T>(T value) implements Outcome<T> {}

    /** It was not done. */
    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> of(T value) {
        return new Accepted<>(value);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    default <U> Outcome<U> then(Function<T, Outcome<U>> next) {
        if (this instanceof Accepted<T> accepted) {
            return next.apply(accepted.value());
        }
        return new Refused<>(((Refused<T>) this).refusal());
    }

    default <U> Outcome<U> map(Function<T, U> mapping) {
        return then(value -> of(mapping.apply(value)));
    }
}
