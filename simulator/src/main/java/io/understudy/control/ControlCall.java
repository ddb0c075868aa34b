package io.understudy.control;

import io.understudy.World;
import io.understudy.http.RestCall;
import io.understudy.json.Json;
import io.understudy.system.SystemDefinition;
import java.util.Optional;

/**
 * A request on its way to an operation.
 *
 * @param worlds the worlds there are
 * @param open the world it is about
 * @param rest the request
 */
record ControlCall(Worlds worlds, Worlds.Open open, RestCall rest) {
    World world() {
        return open.simulation().world();
    }

    String parameter(String name) {
        return rest.parameter(name);
    }

    /** The system that the path names, if this world has it. */
    SystemDefinition system() {
        String name = parameter("system");
        return world().systems().stream()
                .filter(system -> system.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                404,
                                NearNames.message(
                                        "there is no system",
                                        name,
                                        "this world has",
                                        world().systems().stream()
                                                .map(SystemDefinition::name)
                                                .toList()))
                        .refused());
    }

    boolean hasBody() {
        return !rest.request().body().text().isBlank();
    }

    /** The body as a value of that class. */
    <T> T body(Class<T> type) {
        return Json.read(body(), type);
    }

    /** The body as text. */
    String body() {
        String text = rest.request().body().text();
        if (text.isBlank()) {
            throw new IllegalArgumentException("the body is missing; send JSON");
        }
        return text;
    }

    Optional<String> query(String name) {
        return rest.query(name);
    }

    /** A query parameter that is a whole number of at least that. */
    Optional<Long> number(String name, long atLeast) {
        return rest.query(name).map(text -> {
            try {
                long value = Long.parseLong(text);
                if (value >= atLeast) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new IllegalArgumentException(
                    name + " is '" + text + "'; it must be a whole number of at least " + atLeast);
        });
    }
}
