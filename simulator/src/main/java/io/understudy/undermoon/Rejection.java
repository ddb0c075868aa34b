package io.understudy.undermoon;

/** Why a command was refused; turned into status and body in one place, by the API. */
sealed interface Rejection {
    ErrorCode code();

    /** JSON {@code {"error":CODE}}. */
    record Code(ErrorCode code) implements Rejection {}

    /** JSON {@code {"error":"INVALID_CONFIG","key":K,"value":V,"message":M}}; key and value as they were sent. */
    record InvalidConfig(String key, String value, String message) implements Rejection {
        @Override
        public ErrorCode code() {
            return ErrorCode.INVALID_CONFIG;
        }
    }
}
