package io.understudy.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.json.Json;

/**
 * What went wrong with a request, as problem details (RFC 9457). The type is always {@code about:blank}: status and detail say
 * it all.
 *
 * @param type always {@code about:blank}
 * @param title the status's usual phrase
 * @param status the status
 * @param detail what is wrong, and what would be right
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String type, String title, int status, String detail) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String detail) {
        return new Problem("about:blank", title(status), status, detail);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            default -> "Internal Server Error";
        };
    }

    Reply reply() {
        return Reply.of(status, MEDIA_TYPE, Bytes.utf8(Json.write(this)));
    }

    /** Ends the handling of a request. */
    Refused refused() {
        return new Refused(this);
    }

    /** A request is refused for a reason that is told to the client; {@link ControlApi} turns it into the reply. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        private Refused(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
