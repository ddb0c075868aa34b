package io.understudy.http;

import io.understudy.journal.Bytes;

/** The way out of a world, for emulated systems that send requests to others. */
@FunctionalInterface
public interface Outbound {
    /** Leads nowhere: a world that was not put on the air touches nothing outside. */
    Outbound NOWHERE = (url, contentType, body) -> {};

    /**
     * Sends a PUT and does not wait for it. To be called outside of steps of the world (see
     * {@link io.understudy.world.Kernel#afterStep}), from any thread. What becomes of it is logged and not told; it never
     * throws.
     *
     * @param url where to, as text: it may come from a client and be no URL at all
     */
    void put(String url, String contentType, Bytes body);
}
