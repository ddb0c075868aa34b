package io.understudy.fault;

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
public record ErrorReply(int status, Map<String, String> headers, String body) implements Fault {
    public ErrorReply {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status is " + status + "; it must be from 100 to 999");
        }
        // JSON may leave them out
        headers = headers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        body = body == null ? "" : body;
    }

    @Override
    public void shape(Course course, Struck struck) {
        List<Headers.Header> fields = new ArrayList<>();
        headers.forEach((name, value) -> fields.add(new Headers.Header(name, value)));
        course.replyInstead(
                new Reply(status, null, new Headers(fields), Bytes.utf8(body), Reply.Framing.LENGTH, false));
    }
}
