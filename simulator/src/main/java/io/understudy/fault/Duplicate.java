package io.understudy.fault;

/** The request arrives twice, as after a retry on the way: it is executed twice, and the second reply is sent. */
public record Duplicate() implements Fault {
    @Override
    public void shape(Course course, Struck struck) {
        course.execute(2);
    }
}
