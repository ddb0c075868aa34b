package io.understudy.http;

import io.understudy.journal.Request;
import java.util.Map;

/**
 * A request on its way to a handler.
 *
 * @param id the exchange's number in the journal; a handler that cannot answer yet keeps it, as data, to answer later
 * @param node the node of the system it was sent to
 * @param request the request
 * @param parameters the path parameters by name, as the system understands them (decoded or not)
 */
public record Call(long id, String node, Request request, Map<String, String> parameters) {
    /** The path parameter of that name. */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no path parameter " + name + " in " + parameters.keySet());
        }
        return value;
    }
}
