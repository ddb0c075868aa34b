package io.understudy.fault;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The request is executed, and the connection is reset in the middle of the reply's body.
 *
 * <p>A reply that is streamed has no middle that is known beforehand: it is reset in the middle of the first part that follows
 * its head, or in place of its end if there is no part.
 *
 * @param after the fraction of the body, or of the first part, that is sent before, 0 to 1; half by default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResetMidReply(Double after) implements Fault {
    public ResetMidReply {
        after = after == null ? 0.5 : after; // JSON may leave it out
        if (!(after >= 0 && after <= 1)) {
            throw new IllegalArgumentException("after is " + after + "; it must be from 0 to 1");
        }
    }

    @Override
    public void shape(Course course, Struck struck) {
        course.endWith(
                "reset in the middle of the reply",
                new WireStep.SendHead(),
                new WireStep.SendBody(0, after),
                new WireStep.Reset());
    }
}
