package io.understudy.http;

import io.understudy.journal.Bytes;

/** The way out of a world, for emulated systems that send requests to others. */
@FunctionalInterface
public interface Outbound {
    /** Leads nowhere: a world that was not put on the air touches nothing outside. */
    Outbound NOWHERE = (method, url, contentType, body) -> {};

    /**
     * Sends a request and does not wait for it. To be called outside of steps of the world (see
     * {@link io.understudy.world.Kernel#afterStep}), from any thread. Requests to one address stay in their order. What becomes
     * of it is logged and not told; it never throws.
     *
     * @param method the method, in capitals
     * @param url where to, as text: it may come from a client and be no URL at all
     */
    void send(String method, String url, String contentType, Bytes body);

    /** Sends a PUT, see {@link #send}. */
    default void put(String url, String contentType, Bytes body) {
        send("PUT", url, contentType, body);
    }

    /** Sends a POST, see {@link #send}. */
    default void post(String url, String contentType, Bytes body) {
        send("POST", url, contentType, body);
    }
}
