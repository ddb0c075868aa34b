package io.understudy.fault;

/** The request is executed, and in place of the first byte of the reply comes a TCP reset. */
public record ResetBeforeReply() implements Fault {
    @Override
    public void shape(Course course, Struck struck) {
        course.endWith("reset before the reply", new WireStep.Reset());
    }
}
