package io.understudy.undermoon;

import java.util.function.Function;

/** What a command came to: a value, or the reason why not. */
sealed interface Outcome<T> {
    record Accepted<T>(T value) implements Outcome<T> {}

    record Refused<T>(Rejection rejection) implements Outcome<T> {}

    /** The value of a command which has nothing to say; its reply is empty. */
    enum Done {
        DONE
    }

    static <T> Outcome<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static Outcome<Done> done() {
        return new Accepted<>(Done.DONE);
    }

    static <T> Outcome<T> refused(Rejection rejection) {
        return new Refused<>(rejection);
    }

    static <T> Outcome<T> refused(ErrorCode code) {
        return new Refused<>(new Rejection.Code(code));
    }

    default boolean isAccepted() {
        return this instanceof Accepted;
    }

    default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
        return flatMap(value -> accepted(change.apply(value)));
    }

    default <R> Outcome<R> flatMap(Function<? super T, Outcome<R>> next) {
        if (this instanceof Accepted<T> accepted) {
            return next.apply(accepted.value());
        }
        return refused(((Refused<T>) this).rejection());
    }
}
