package io.understudy.fault;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.understudy.journal.Reply;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can go wrong. Its record components are its parameters, and its JSON: {@code {"type": "hang"}},
 * {@code {"type": "fixedDelay", "delay": "2s"}}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Fault
        permits FixedDelay,
                UniformDelay,
                LogNormalDelay,
                ErrorReply,
                TypicalError,
                ResetBeforeReply,
                ResetMidReply,
                EmptyReply,
                Hang,
                LoseRequest,
                LoseReply,
                Duplicate,
                DomainFault {
    /**
     * Shapes the course of an exchange that the rule struck.
     *
     * @param course what becomes of the exchange so far
     * @param struck what the rule struck
     */
    void shape(Course course, Struck struck);

    /** What a fault may want to know of the exchange it struck. */
    interface Struck {
        /** The rule's own stream of chance. */
        RandomGenerator random();

        /** The reply by which the system itself tells that error; null if it has no such error. */
        @Nullable
        Reply typicalError(String code);
    }
}
