package io.understudy.system;

import java.net.URI;

/** The handle of one emulated system in a world: where it listens, what can be done to it, what it looks like inside. */
public interface Simulator {
    /** The system's name, such as {@code undermoon}. */
    String system();

    /**
     * The URL that a client is pointed at, of the system's first node, without a slash at its end.
     *
     * @throws IllegalStateException if the world has no listeners
     */
    URI baseUrl();
}
