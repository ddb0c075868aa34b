package io.understudy.fault;

import io.understudy.journal.Reply;

/**
 * The system's own reply for one of its error codes, in place of executing the request. Does nothing to a system that has no
 * such error.
 *
 * @param code the system's code, such as {@code RETRY}
 */
public record TypicalError(String code) implements Fault {
    @Override
    public void shape(Course course, Struck struck) {
        Reply reply = struck.typicalError(code);
        if (reply != null) {
            course.replyInstead(reply);
        }
    }
}
