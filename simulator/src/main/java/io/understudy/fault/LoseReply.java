package io.understudy.fault;

/** The reply is lost on its way: the request is executed, and the connection dies. The client cannot tell it from {@link LoseRequest}. */
public record LoseReply() implements Fault {
    @Override
    public void shape(Course course, Struck struck) {
        course.execute(1);
        course.endWith("reply lost", new WireStep.Reset());
    }
}
