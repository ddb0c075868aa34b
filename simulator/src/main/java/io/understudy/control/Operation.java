package io.understudy.control;

import io.understudy.journal.Reply;
import java.util.List;

/**
 * One operation of the control API.
 *
 * @param method the method
 * @param path the path template, parameters in braces
 * @param ofWorld whether it is about one world: it then also stands under {@code /worlds/{world}}, for each of them
 * @param query the query parameters it knows
 * @param handling what it does
 */
record Operation(String method, String path, boolean ofWorld, List<String> query, Handling handling) {
    /** What an operation does. Called on a thread of the HTTP stage, without any lock. */
    @FunctionalInterface
    interface Handling {
        Reply handle(ControlCall call);
    }
}
