package io.understudy.reaper;

import io.understudy.http.Call;
import io.understudy.journal.Bytes;
import io.understudy.journal.Request;
import io.understudy.reaper.ReaperEndpoint.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as a resource sees it: parameters converted by the rules of JAX-RS (spec reaper 0.6).
 *
 * <p>Texts are read freely. What is not a text stands in {@link ReaperEndpoints} as well and is converted before the resource is
 * called, so that a malformed one is answered first, whatever else may be wrong.
 */
final class ReaperRequest {
    private final Call call;
    private final ReaperEndpoint endpoint;
    private final ReaperWire wire;
    private final RequestBody body;
    private final String authority;
    private final @Nullable String user;
    private final Map<String, String> query;
    private @Nullable Map<String, String> form;

    /**
     * @param authority what stands for a missing {@code Host}
     * @param user who asks; null if nobody knows
     */
    ReaperRequest(
            Call call,
            ReaperEndpoint endpoint,
            Map<String, String> query,
            ReaperWire wire,
            String authority,
            @Nullable String user) {
        this.call = call;
        this.endpoint = endpoint;
        this.wire = wire;
        this.body = new RequestBody(call.request());
        this.authority = authority;
        this.user = user;
        this.query = known(query);
    }

    /** Without what this release does not know, which is ignored like any other unknown parameter. */
    private Map<String, String> known(Map<String, String> given) {
        if (wire.release() != ReaperConfiguration.Release.V2) {
            return given;
        }
        Map<String, String> known = new HashMap<>(given);
        endpoint.parameters().stream()
                .filter(parameter -> parameter.source() == ReaperEndpoint.Source.QUERY_SINCE_3)
                .forEach(parameter -> known.remove(parameter.name()));
        return known;
    }

    /** @throws WebError if a parameter of the catalogue cannot be converted */
    void convert() {
        for (Parameter parameter : endpoint.parameters()) {
            switch (parameter.source()) {
                case PATH_UUID -> uuid(parameter.name());
                case QUERY_INT -> queryInt(parameter.name());
                case QUERY_SINCE_3 -> {}
                case HEADER_INT -> headerInt(parameter.name());
                case FORM -> form(parameter.name());
                case FORM_INT -> formInt(parameter.name());
            }
        }
    }

    ReaperEndpoint endpoint() {
        return endpoint;
    }

    ReaperWire wire() {
        return wire;
    }

    /** The exchange's number in the journal. */
    long id() {
        return call.id();
    }

    /** The node of Reaper that was asked. */
    String node() {
        return call.node();
    }

    /** Which of the processes that share the storage was asked, from 0: {@code application}, {@code application-2}, … */
    int instance() {
        int hyphen = node().indexOf('-');
        return hyphen < 0 ? 0 : Integer.parseInt(node().substring(hyphen + 1)) - 1;
    }

    Request request() {
        return call.request();
    }

    /** Who asks; null without access control, and on open resources. */
    @Nullable
    String user() {
        return user;
    }

    /** A path parameter, decoded. */
    String path(String name) {
        return call.parameter(name);
    }

    /**
     * A path parameter that is a UUID, in Java's lenient reading: {@code 1-1-1-1-1} is one.
     *
     * @throws WebError 404 if it is none
     */
    UUID uuid(String name) {
        try {
            return UUID.fromString(path(name));
        } catch (IllegalArgumentException e) {
            throw WebError.notFound();
        }
    }

    /** The first value of a query parameter, decoded; null if there is none. */
    @Nullable
    String query(String name) {
        return query.get(name);
    }

    /**
     * A query parameter that is an Integer; an empty one counts as absent (spec reaper 0.6).
     *
     * @throws WebError 404 if it is none
     */
    OptionalInt queryInt(String name) {
        return integer(query(name), WebError.notFound());
    }

    /** A query parameter that is a boolean; anything but {@code true} in any case is false. */
    boolean queryFlag(String name) {
        return Boolean.parseBoolean(query(name));
    }

    /**
     * The first value of a form parameter, decoded; null if there is none.
     *
     * @throws WebError 415 if the body is not a form: Jersey's illegal state, which Dropwizard's
     *     {@code IllegalStateExceptionMapper} maps
     */
    @Nullable
    String form(String name) {
        if (form == null) {
            if (!body.isOf(MediaRange.FORM)) {
                throw WebError.unsupportedMediaType();
            }
            form = PercentText.parameters(body.content().text());
        }
        return form.get(name);
    }

    /**
     * A form parameter that is an Integer; an empty one counts as absent.
     *
     * @throws WebError 400 if it is none, 415 if the body is not a form
     */
    OptionalInt formInt(String name) {
        return integer(form(name), WebError.badRequest());
    }

    /**
     * The body of a resource that reads JSON; it may be empty.
     *
     * @throws WebError 415 if there is a body that does not say that it is JSON
     */
    Bytes json() {
        Bytes content = body.content();
        if (content.size() > 0 && !body.isOf(MediaRange.JSON)) {
            throw WebError.unsupportedMediaType();
        }
        return content;
    }

    /**
     * A header field that is an int.
     *
     * @throws WebError 400 if it is none
     */
    OptionalInt headerInt(String name) {
        return integer(request().headers().first(name).orElse(null), WebError.badRequest());
    }

    private static OptionalInt integer(@Nullable String text, WebError malformed) {
        if (text == null || text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw malformed;
        }
    }

    /** An absolute URI on this server, which follows the request's {@code Host} (spec reaper 0.5): {@code /repair_run/<id>}. */
    String location(String path) {
        return "http://" + authority + PercentText.encodePath(path);
    }
}
