package io.understudy.undermoon;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of the broker's next exchange with the external storage: a GET, and a PUT if there is something to write. */
enum ExternalTrouble {
    /** All is well. */
    NONE(null, null, false),
    /** The service cannot be reached or answers with an error. */
    UNAVAILABLE(ErrorCode.EXTERNAL, ErrorCode.EXTERNAL, false),
    /** The service does not answer. */
    TIMEOUT(ErrorCode.EXTERNAL_TIMEOUT, ErrorCode.EXTERNAL_TIMEOUT, false),
    /** The service writes, but its answer does not arrive. */
    ANSWER_LOST(null, ErrorCode.EXTERNAL_TIMEOUT, true),
    /** The store arrives without a version, and without one the broker does not write. */
    NO_VERSION(null, ErrorCode.EMPTY_EXTERNAL_VERSION, false),
    /** Somebody else has written between the GET and the PUT. */
    CONFLICT(null, ErrorCode.RETRY, false);

    private final Optional<ErrorCode> onGet;
    private final Optional<ErrorCode> onPut;
    private final boolean putArrives;

    ExternalTrouble(@Nullable ErrorCode onGet, @Nullable ErrorCode onPut, boolean putArrives) {
        this.onGet = Optional.ofNullable(onGet);
        this.onPut = Optional.ofNullable(onPut);
        this.putArrives = putArrives;
    }

    /** What the broker says when it cannot read the store. */
    Optional<ErrorCode> onGet() {
        return onGet;
    }

    /** What the broker says when it does not know its write to be done. */
    Optional<ErrorCode> onPut() {
        return onPut;
    }

    /** Whether the write is done all the same. */
    boolean putArrives() {
        return putArrives || onPut.isEmpty();
    }
}
