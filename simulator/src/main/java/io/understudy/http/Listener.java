package io.understudy.http;

/** A port that is listened on. */
public interface Listener extends AutoCloseable {
    /** The address as a URL without a path and without a slash at its end: {@code http://127.0.0.1:7799}. */
    String url();

    /** The port, never 0. */
    int port();

    /**
     * Frees the port and closes every connection, whatever it is doing. Exchanges that have not ended are abandoned. When it
     * returns the port can be listened on again.
     */
    @Override
    void close();
}
