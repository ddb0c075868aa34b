package io.understudy.http;

import io.understudy.fault.Course;
import io.understudy.journal.Request;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a system answer a call, as often as the course says. Its failures are answers, too. */
final class Execution {
    private static final Logger log = LoggerFactory.getLogger(Execution.class);

    private Execution() {}

    /** Finds what answers the request; whatever fails on the way to it is answered by its failure. */
    static Route route(Site site, Request request, boolean oversized) {
        String unrouted = site.system() + ".unrouted";
        if (oversized) {
            return new Route(
                    unrouted, Map.of(), call -> Answer.now(site.api().traits().tooLarge()));
        }
        try {
            return site.api().route(site.node(), request);
        } catch (RuntimeException e) {
            return new Route(unrouted, Map.of(), call -> {
                throw e;
            });
        }
    }

    /** What the system answers in the end; null if the request never reached it. */
    static @Nullable Answer answer(Outgoing out, Route route, Call call, Course course, List<String> fate) {
        Answer answer = course.instead().map(Answer::now).orElse(null);
        for (int i = 0; i < course.executions(); i++) {
            if (answer instanceof Answer.Stream) {
                // the next one takes over the id, so that the system would keep a listener too many
                out.tell();
                out.stream = new Streamed();
            }
            answer = execute(route, call, fate);
        }
        if (answer instanceof Answer.Stream stream && call.request().method().equals("HEAD")) {
            out.tell();
            return Answer.now(stream.head());
        }
        return answer;
    }

    private static Answer execute(Route route, Call call, List<String> fate) {
        try {
            return Objects.requireNonNull(route.handler().handle(call), "the handler answered null");
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            log.error(
                    "{} failed on {} {}",
                    route.operation(),
                    call.request().method(),
                    call.request().target(),
                    e);
            Defect defect = Defect.of(e);
            fate.add(defect.fate());
            return Answer.now(defect.reply());
        }
    }
}
