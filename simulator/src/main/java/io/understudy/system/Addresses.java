package io.understudy.system;

import java.net.URI;

/** Where the nodes of a system listen. */
@FunctionalInterface
public interface Addresses {
    /**
     * The base URL of that node, without a slash at its end.
     *
     * @throws IllegalStateException if the world has no listeners
     */
    URI url(String node);
}
