package io.understudy.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Picks exchanges, for fault rules and for verification alike. A field that is not given matches everything.
 *
 * @param system the system's name
 * @param node the node's name
 * @param operation the operation's id, exact or {@code re:…}
 * @param method the method
 * @param path the raw path, exact or {@code re:…}
 * @param headers for each header name, how at least one of its values must look
 * @param body how the request's body, as text, must look
 * @param bodyContains a text that the request's body must contain
 * @param client the client's address
 * @param status the status of the reply; matches no exchange without a reply, and has no place in a fault rule
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Match(
        @Nullable String system,
        @Nullable String node,
        @Nullable TextPattern operation,
        @Nullable String method,
        @Nullable TextPattern path,
        Map<String, TextPattern> headers,
        @Nullable TextPattern body,
        @Nullable String bodyContains,
        @Nullable String client,
        @Nullable Integer status) {
    /** Matches everything. */
    public static final Match ANY = new Match(null, null, null, null, null, Map.of(), null, null, null, null);

    public Match {
        // JSON may leave them out
        headers = headers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Exchanges for that operation, exact or {@code re:…}. */
    public static Match operation(String operation) {
        return ANY.withOperation(operation);
    }

    /** Exchanges with that system. */
    public static Match system(String system) {
        return new Match(system, null, null, null, null, Map.of(), null, null, null, null);
    }

    /** This, and for that operation. */
    public Match withOperation(String pattern) {
        return new Match(
                system, node, TextPattern.of(pattern), method, path, headers, body, bodyContains, client, status);
    }

    /** This, and to that node. */
    public Match withNode(String name) {
        return new Match(system, name, operation, method, path, headers, body, bodyContains, client, status);
    }

    /** This, and with that method. */
    public Match withMethod(String name) {
        return new Match(system, node, operation, name, path, headers, body, bodyContains, client, status);
    }

    /** This, and with that raw path, exact or {@code re:…}. */
    public Match withPath(String pattern) {
        return new Match(
                system, node, operation, method, TextPattern.of(pattern), headers, body, bodyContains, client, status);
    }

    /** This, and with a header whose value looks so, exact or {@code re:…}. */
    public Match withHeader(String name, String pattern) {
        Map<String, TextPattern> more = new LinkedHashMap<>(headers);
        more.put(name, TextPattern.of(pattern));
        return new Match(system, node, operation, method, path, more, body, bodyContains, client, status);
    }

    /** This, and with a request body that looks so, exact or {@code re:…}. */
    public Match withBody(String pattern) {
        return new Match(
                system, node, operation, method, path, headers, TextPattern.of(pattern), bodyContains, client, status);
    }

    /** This, and with a request body that contains the text. */
    public Match withBodyContaining(String text) {
        return new Match(system, node, operation, method, path, headers, body, text, client, status);
    }

    /** This, and from that client address. */
    public Match withClient(String address) {
        return new Match(system, node, operation, method, path, headers, body, bodyContains, address, status);
    }

    /** This, and replied with that status. */
    public Match withStatus(int code) {
        return new Match(system, node, operation, method, path, headers, body, bodyContains, client, code);
    }

    /** This, exactly that often. */
    public Expectation times(int count) {
        return new Expectation(this, count, count);
    }

    /** This, at least that often. */
    public Expectation atLeast(int count) {
        return new Expectation(this, count, Integer.MAX_VALUE);
    }

    /** This, at most that often. */
    public Expectation atMost(int count) {
        return new Expectation(this, 0, count);
    }

    /** This, not once. */
    public Expectation never() {
        return times(0);
    }

    /** Whether a request to that place is picked, whatever the reply. */
    public boolean matches(String toSystem, String toNode, String forOperation, Request request) {
        return (system == null || system.equals(toSystem))
                && (node == null || node.equals(toNode))
                && (operation == null || operation.matches(forOperation))
                && (method == null || method.equals(request.method()))
                && (path == null || path.matches(request.path()))
                && (client == null || client.equals(request.client()))
                && headers.entrySet().stream().allMatch(header -> hasHeader(request, header))
                && (body == null || body.matches(request.body().text()))
                && (bodyContains == null || request.body().text().contains(bodyContains));
    }

    /** Whether the exchange is picked. */
    public boolean matches(Exchange exchange) {
        return matches(exchange.system(), exchange.node(), exchange.operation(), exchange.request())
                && (status == null || statusMatches(exchange));
    }

    /** How many fields of this match the exchange misses; another operation is further away than anything else. */
    int distance(Exchange exchange) {
        boolean isOther = operation != null && !operation.matches(exchange.operation());
        return matches(exchange) ? 0 : misses(exchange).size() + (isOther ? 1 : 0);
    }

    /** What of this match the exchange misses, a line for each field; empty when it is picked. */
    List<String> misses(Exchange exchange) {
        Request request = exchange.request();
        List<String> misses = new ArrayList<>();
        miss(misses, "system", system, exchange.system(), system == null || system.equals(exchange.system()));
        miss(misses, "node", node, exchange.node(), node == null || node.equals(exchange.node()));
        miss(
                misses,
                "operation",
                operation,
                exchange.operation(),
                operation == null || operation.matches(exchange.operation()));
        miss(misses, "method", method, request.method(), method == null || method.equals(request.method()));
        miss(misses, "path", path, request.path(), path == null || path.matches(request.path()));
        miss(misses, "client", client, request.client(), client == null || client.equals(request.client()));
        headers.entrySet()
                .forEach(header -> miss(
                        misses,
                        "header " + header.getKey(),
                        header.getValue(),
                        found(request.headers().all(header.getKey())),
                        hasHeader(request, header)));
        String text = request.body().text();
        miss(misses, "body", body, Transcript.shortened(text), body == null || body.matches(text));
        miss(
                misses,
                "body containing",
                bodyContains,
                Transcript.shortened(text),
                bodyContains == null || text.contains(bodyContains));
        Reply reply = exchange.reply();
        miss(
                misses,
                "status",
                status,
                reply == null ? "no reply" : reply.status(),
                status == null || statusMatches(exchange));
        return misses;
    }

    private static String found(List<String> values) {
        return values.isEmpty() ? "absent" : String.join(", ", values);
    }

    private boolean statusMatches(Exchange exchange) {
        Reply reply = exchange.reply();
        return reply != null && status != null && reply.status() == status;
    }

    private static boolean hasHeader(Request request, Map.Entry<String, TextPattern> header) {
        return request.headers().all(header.getKey()).stream().anyMatch(header.getValue()::matches);
    }

    private static void miss(
            List<String> misses, String field, @Nullable Object wanted, Object found, boolean matches) {
        if (!matches) {
            misses.add(field + ": wanted " + wanted + ", was " + (found.equals("") ? "empty" : found));
        }
    }
}
