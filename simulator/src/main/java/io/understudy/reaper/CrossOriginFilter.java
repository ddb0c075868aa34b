package io.understudy.reaper;

import io.understudy.journal.Headers;
import io.understudy.journal.Headers.Header;
import io.understudy.journal.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * Which headers a page of another origin gets: Jetty 11's filter of that name as upstream sets it up (spec reaper 0.5), with that
 * filter's defaults for the rest: credentials are allowed, a preflight is good for 1800 s, and it goes on to the resource
 * ({@code chainPreflight}), so that Jersey's OPTIONS answers it.
 */
final class CrossOriginFilter {
    private static final String ALLOWED_METHODS = "OPTIONS,GET,PUT,POST,DELETE,HEAD,PATCH";
    private static final String ALLOWED_HEADERS = "X-Requested-With,Content-Type,Accept,Origin,Authorization";
    private static final String MAX_AGE_SECONDS = "1800";

    private CrossOriginFilter() {}

    static List<Header> headers(Request request) {
        Headers asked = request.headers();
        String origin = asked.first("origin").orElse(null);
        String method = asked.first("access-control-request-method").orElse(null);
        if (origin == null) {
            return List.of();
        }
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Access-Control-Allow-Origin", origin));
        headers.add(new Header("Access-Control-Allow-Credentials", "true"));
        boolean preflight = request.method().equalsIgnoreCase("OPTIONS") && method != null;
        if (!preflight) {
            return headers;
        }
        if (!List.of(ALLOWED_METHODS.split(",", -1)).contains(method)
                || !allowed(asked.first("access-control-request-headers").orElse(""))) {
            return List.of();
        }
        headers.add(new Header("Access-Control-Max-Age", MAX_AGE_SECONDS));
        headers.add(new Header("Access-Control-Allow-Methods", ALLOWED_METHODS));
        headers.add(new Header("Access-Control-Allow-Headers", ALLOWED_HEADERS));
        return headers;
    }

    private static boolean allowed(String names) {
        for (String name : names.split(",", -1)) {
            if (!name.isBlank()
                    && List.of(ALLOWED_HEADERS.split(",", -1)).stream().noneMatch(name.strip()::equalsIgnoreCase)) {
                return false;
            }
        }
        return true;
    }
}
