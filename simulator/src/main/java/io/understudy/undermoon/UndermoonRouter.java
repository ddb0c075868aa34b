package io.understudy.undermoon;

import io.understudy.journal.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the operation a request is for, each API version by the rules of its own framework (spec undermoon 2.2, 2.7).
 *
 * @param dialects the served API versions
 */
record UndermoonRouter(List<Dialect> dialects) {
    /** What a request is for. */
    sealed interface Found {
        /** That operation, in that dialect. */
        record Operation(UndermoonEndpoints endpoint, Dialect dialect, Map<String, String> parameters)
                implements Found {}

        /** Nothing; the framework of that dialect answers. */
        record Nothing(Dialect dialect, Optional<String> badNumber) implements Found {}

        /** Nothing, and under no served prefix either. */
        record Outside() implements Found {}
    }

    Found find(Request request) {
        for (Dialect dialect : dialects) {
            Optional<List<String>> segments = dialect.segments(request.path());
            if (segments.isPresent()) {
                return under(dialect, request.method(), segments.get());
            }
        }
        return new Found.Outside();
    }

    private static Found under(Dialect dialect, String method, List<String> segments) {
        Optional<String> badNumber = Optional.empty();
        for (UndermoonEndpoints endpoint : UndermoonEndpoints.values()) {
            if (!endpoint.method().equals(method)) {
                continue;
            }
            boolean moreMayFollow = dialect.hasPrefixRoutes() && endpoint.reachesBeyond();
            Optional<Map<String, String>> parameters = endpoint.template().match(segments, moreMayFollow);
            if (parameters.isPresent()) {
                return new Found.Operation(endpoint, dialect, parameters.get());
            }
            if (badNumber.isEmpty()) {
                badNumber = endpoint.template().badNumber(segments);
            }
        }
        return new Found.Nothing(dialect, badNumber);
    }
}
