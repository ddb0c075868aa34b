package io.understudy.reaper;

/** Why Reaper does not do what it was asked, in the words of its answer. Nothing has changed, unless a command says otherwise. */
sealed interface Refusal {
    /** 400 with that text. */
    record BadRequest(String message) implements Refusal {}

    /** 404 with that text; it may be empty. */
    record NotFound(String message) implements Refusal {}

    /** 409 with that text. */
    record Conflict(String message) implements Refusal {}

    /** 500 with that text. */
    record Failed(String message) implements Refusal {}

    /** 501 with that text. */
    record NotImplemented(String message) implements Refusal {}

    /** An exception escaped: 500 with the framework's words (spec reaper 0.6, "500 generic"). */
    record Unexpected() implements Refusal {}

    /**
     * An exception as the body (spec reaper 0.7).
     *
     * @param status the status
     * @param exception the exception's class
     * @param message its message
     */
    record Thrown(int status, String exception, String message) implements Refusal {}
}
