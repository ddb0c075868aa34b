package io.understudy.fault;

/** The request is executed, and the reply never comes; the connection stays open until the client gives up. */
public record Hang() implements Fault {
    @Override
    public void shape(Course course, Struck struck) {
        course.endWith("never replied", new WireStep.Hang());
    }
}
