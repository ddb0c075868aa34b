package io.understudy.fault;

/** The request is executed, and the connection is closed in order without a byte of the reply. */
public record EmptyReply() implements Fault {
    @Override
    public void shape(Course course, Struck struck) {
        course.endWith("closed without a reply", new WireStep.Close());
    }
}
