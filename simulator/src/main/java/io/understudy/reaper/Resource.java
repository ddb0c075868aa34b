package io.understudy.reaper;

import io.understudy.http.Answer;
import io.understudy.journal.Reply;
import java.util.function.Function;

/** What answers one operation, inside a step of the world. */
@FunctionalInterface
interface Resource {
    /**
     * Answers the request.
     *
     * @throws WebError if the framework shall answer in its place
     */
    Answer handle(ReaperRequest request);

    /** One that always answers at once. */
    static Resource of(Function<ReaperRequest, Reply> reply) {
        return request -> Answer.now(reply.apply(request));
    }
}
