package io.understudy.fault;

/** The request is lost on its way: it is not executed, and the connection dies. The client cannot tell it from {@link LoseReply}. */
public record LoseRequest() implements Fault {
    @Override
    public void shape(Course course, Struck struck) {
        course.execute(0);
        course.endWith("request lost", new WireStep.Reset());
    }
}
