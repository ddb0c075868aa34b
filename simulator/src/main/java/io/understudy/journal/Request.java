package io.understudy.journal;

import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire.
 *
 * @param method the method, in the case it was sent
 * @param path the raw path, not percent-decoded, without the query; of a target in absolute form what follows the authority
 * @param query the raw query string without the question mark, or null if there was none
 * @param headers the header fields as sent
 * @param body the body, complete; chunked framing is undone, content codings are not
 * @param client the address of the peer, without its port
 */
public record Request(String method, String path, @Nullable String query, Headers headers, Bytes body, String client) {
    /** Path and query: the target in origin form. */
    public String target() {
        return query == null ? path : path + "?" + query;
    }
}
