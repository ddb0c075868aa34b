package io.understudy.http;

import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An ordinary REST API of our own, as opposed to that of an emulated system: no world, no faults, no habits of somebody else's
 * server. Framing, {@code HEAD} and the like are the web framework's; of a {@link Reply} it takes the status, the fields and
 * the body.
 *
 * @param routes its operations
 * @param guard asked before anything else is, with the request but for its body; what it replies, if anything, is all that
 *     the client gets
 * @param fallback answers what no handler answers
 */
public record RestSite(List<RestRoute> routes, Function<Request, Optional<Reply>> guard, Fallback fallback) {
    /** What is answered where no handler does. The requests it is given have no body. */
    public interface Fallback {
        /** No route has that path. */
        Reply notFound(Request request);

        /** Routes have that path, but with other methods only. */
        Reply methodNotAllowed(Request request, List<String> allowed);

        /**
         * The framework will not have the request: its body is too large, for example.
         *
         * @param status the status that says so, 400–499
         */
        Reply refused(Request request, int status, String reason);

        /** A handler failed. */
        Reply failed(Request request, Exception failure);
    }

    public RestSite {
        routes = List.copyOf(routes);
    }
}
