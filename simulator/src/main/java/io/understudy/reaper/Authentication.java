package io.understudy.reaper;

import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.reaper.AccessControl.User;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is let in, by the ways of one release (spec reaper 1.2). Called inside a step of the world. */
interface Authentication {
    /** The servlet filter that sees every request before it is routed: the reply that ends it there, if any. */
    Optional<Reply> filter(Request request);

    /**
     * Jersey's filters, after the resource was found.
     *
     * @param query the query, decoded
     * @return who asks; null if nobody knows and nobody needs to
     * @throws WebError if the caller is not let in
     */
    @Nullable
    String admit(Request request, Map<String, String> query, ReaperEndpoint endpoint);

    /** {@code POST /login}. */
    Reply login(ReaperRequest request);

    /** {@code POST /logout}. */
    Reply logout(ReaperRequest request);

    /** {@code GET /jwt}. */
    Reply jwt(ReaperRequest request);

    /** Everybody may do everything. */
    static Authentication none() {
        return new Authentication() {
            @Override
            public Optional<Reply> filter(Request request) {
                return Optional.empty();
            }

            @Override
            public @Nullable String admit(Request request, Map<String, String> query, ReaperEndpoint endpoint) {
                return null;
            }

            @Override
            public Reply login(ReaperRequest request) {
                throw WebError.notFound();
            }

            @Override
            public Reply logout(ReaperRequest request) {
                throw WebError.notFound();
            }

            @Override
            public Reply jwt(ReaperRequest request) {
                throw WebError.notFound();
            }
        };
    }

    /** Whether the user has the role that may do everything. */
    static boolean isOperator(User user) {
        return user.has("operator");
    }
}
