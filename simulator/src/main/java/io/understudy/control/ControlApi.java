package io.understudy.control;

import io.understudy.http.RestCall;
import io.understudy.http.RestRoute;
import io.understudy.http.RestSite;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the table of operations on routes, finds the world that a call is about, and turns what goes wrong into a problem. */
final class ControlApi implements RestSite.Fallback {
    /** The path parameter that names a world. */
    static final String WORLD = "world";

    /** Where what is about a world stands for each of them. */
    static final String OF_WORLD = "/worlds/{" + WORLD + "}";

    private static final Logger log = LoggerFactory.getLogger(ControlApi.class);

    private final Worlds worlds;
    private final Guard guard;

    ControlApi(Worlds worlds, @Nullable String token) {
        this.worlds = worlds;
        this.guard = new Guard(token);
    }

    RestSite site() {
        List<RestRoute> routes = new ArrayList<>();
        for (Operation operation : Operations.all()) {
            routes.add(new RestRoute(operation.method(), operation.path(), call -> handle(operation, call)));
            if (operation.ofWorld()) {
                routes.add(new RestRoute(
                        operation.method(), OF_WORLD + operation.path(), call -> handle(operation, call)));
            }
        }
        return new RestSite(routes, this::refusal, this);
    }

    private Optional<Reply> refusal(Request request) {
        return guard.refusal(request.headers()).map(problem -> {
            Reply reply = problem.reply();
            return problem.status() == 401 ? reply.with("WWW-Authenticate", "Bearer") : reply;
        });
    }

    private Reply handle(Operation operation, RestCall call) {
        for (String name : call.queryParameters().keySet()) {
            if (!operation.query().contains(name)) {
                throw NearNames.unknown("there is no query parameter", name, "there are", operation.query());
            }
        }
        String id = call.pathParameters().getOrDefault(WORLD, Worlds.DEFAULT_ID);
        Worlds.Open open = worlds.find(id)
                .orElseThrow(() -> Problem.of(404, "there is no world '" + id + "'; GET /worlds lists those there are")
                        .refused());
        return operation.handling().handle(new ControlCall(worlds, open, call));
    }

    @Override
    public Reply notFound(Request request) {
        return Problem.of(404, "there is nothing at " + request.path() + "; GET /openapi.json tells what there is")
                .reply();
    }

    @Override
    public Reply methodNotAllowed(Request request, List<String> allowed) {
        String methods = String.join(", ", allowed);
        return Problem.of(405, request.path() + " takes " + methods + ", not " + request.method())
                .reply()
                .with("Allow", methods);
    }

    @Override
    public Reply refused(Request request, int status, String reason) {
        return Problem.of(status, reason).reply();
    }

    @Override
    public Reply failed(Request request, Exception failure) {
        if (failure instanceof Problem.Refused refused) {
            return refused.problem().reply();
        }
        if (failure instanceof IllegalArgumentException) {
            return Problem.of(400, String.valueOf(failure.getMessage())).reply();
        }
        log.error("{} {} failed", request.method(), request.target(), failure);
        return Problem.of(500, "Understudy has a defect here: " + failure).reply();
    }

    static Reply json(@Nullable Object value) {
        return json(200, value);
    }

    static Reply json(int status, @Nullable Object value) {
        return Reply.of(status, "application/json", Bytes.utf8(Json.write(value)));
    }

    static Reply nothing() {
        return Reply.empty(204);
    }
}
