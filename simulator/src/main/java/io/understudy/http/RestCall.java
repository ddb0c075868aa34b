package io.understudy.http;

import io.understudy.journal.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a {@link RestSite} on its way to a handler.
 *
 * @param request the request
 * @param pathParameters the path parameters by name, percent-decoded
 * @param queryParameters the query parameters by name in the order sent, decoded; each may occur several times
 */
public record RestCall(Request request, Map<String, String> pathParameters, Map<String, List<String>> queryParameters) {
    /** The path parameter of that name. */
    public String parameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no path parameter " + name + " in " + pathParameters.keySet());
        }
        return value;
    }

    /** The first query parameter of that name. */
    public Optional<String> query(String name) {
        return queryParameters.getOrDefault(name, List.of()).stream().findFirst();
    }
}
