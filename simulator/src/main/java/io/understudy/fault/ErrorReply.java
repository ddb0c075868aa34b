package io.understudy.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Any reply in place of the system's; the request is not executed.
 *
 * @param status the status code, 100–999
 * @param headers header fields; without {@code content-type} there is none
 * @param body the body; empty by default
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ErrorReply(int status, Map<String, String> headers, String body) implements Fault {
    public ErrorReply {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status is " + status + "; it must be from 100 to 999");
        }
        // JSON may leave them out
        headers = headers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        body = body == null ? "" : body;
        headers.forEach(ErrorReply::requireField);
    }

    /** What would end the field early would make another reply of it; for that there are faults of the wire. */
    private static void requireField(String name, String value) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c == ':' || c > '~')) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a header field; it has letters, digits and dashes");
        }
        if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("the header field " + name + " must not hold a line break");
        }
    }

    @Override
    public void shape(Course course, Struck struck) {
        List<Headers.Header> fields = new ArrayList<>();
        headers.forEach((name, value) -> fields.add(new Headers.Header(name, value)));
        course.replyInstead(
                new Reply(status, null, new Headers(fields), Bytes.utf8(body), Reply.Framing.LENGTH, false));
    }
}
