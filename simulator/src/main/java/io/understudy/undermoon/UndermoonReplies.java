package io.understudy.undermoon;

import io.understudy.journal.Reply;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where outcomes become replies: the only place that knows the status of a rejection.
 *
 * @param documentedStatuses see {@link WireSettings}
 */
record UndermoonReplies(boolean documentedStatuses) {
    /** Spec undermoon 13: these are 409 in the document. */
    private static final Set<ErrorCode> CONFLICTS_IN_THE_DOCUMENT =
            EnumSet.of(ErrorCode.FREE_NODE_NOT_FOUND, ErrorCode.INVALID_CONFIG);

    Reply rejection(Rejection rejection) {
        ErrorCode code = rejection.code();
        boolean asDocumented = documentedStatuses && CONFLICTS_IN_THE_DOCUMENT.contains(code);
        JsonText json = new JsonText();
        UndermoonJson.rejection(json, rejection);
        return Dialect.json(asDocumented ? 409 : code.status(), json);
    }

    <T> Reply of(Outcome<T> outcome, Function<? super T, Reply> reply) {
        if (outcome instanceof Outcome.Accepted<T> accepted) {
            return reply.apply(accepted.value());
        }
        return rejection(((Outcome.Refused<T>) outcome).rejection());
    }

    <T> Reply json(Outcome<T> outcome, BiConsumer<JsonText, ? super T> write) {
        return of(outcome, value -> json(out -> write.accept(out, value)));
    }

    Reply json(Consumer<JsonText> write) {
        JsonText out = new JsonText();
        write.accept(out);
        return Dialect.json(200, out);
    }
}
