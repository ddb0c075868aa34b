package io.understudy.http;

import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;

/** The simulator itself has failed: told so that nobody takes it for an answer of the emulated system. */
record Defect(String fate, Reply reply) {
    static Defect of(Throwable failure) {
        return new Defect(
                "defect in the simulator: " + failure,
                Reply.of(
                        500,
                        "text/plain; charset=utf-8",
                        Bytes.utf8("Understudy has a defect here, the emulated system does not answer so: " + failure
                                + "\n")));
    }
}
