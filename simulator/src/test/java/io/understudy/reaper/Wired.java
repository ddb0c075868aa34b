package io.understudy.reaper;

import io.understudy.http.Answer;
import io.understudy.http.Call;
import io.understudy.http.Route;
import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Headers.Header;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.world.ClockMode;
import io.understudy.world.Kernel;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A Reaper that is all wire: its resources say which operation they are, unless a test says otherwise. Without sockets. */
final class Wired {
    static final Instant START = Instant.parse("2026-05-20T09:00:00Z");
    static final ReaperWire GUARDED = ReaperWire.DEFAULT.withAccessControl(AccessControl.on());

    final Kernel kernel = new Kernel(42, START, ClockMode.manual(), () -> 0);
    final List<Metric> metrics = new ArrayList<>();
    boolean storageDown;
    Optional<Instant> tokensExpiredBefore = Optional.empty();
    final ReaperApi api;

    private Wired(ReaperWire wire, Map<String, Resource> special) {
        Map<String, Resource> resources = new HashMap<>();
        for (ReaperEndpoint row : ReaperEndpoints.ALL) {
            resources.put(row.operation(), Resource.of(request -> ReaperReplies.text(200, row.operation())));
        }
        resources.putAll(special);
        api = new ReaperApi(kernel, wire, conditions(), () -> "127.0.0.1:8080", () -> metrics, resources);
    }

    static Wired as(ReaperWire wire) {
        return new Wired(wire, Map.of());
    }

    static Wired with(String operation, Function<ReaperRequest, Reply> reply) {
        return answering(operation, Resource.of(reply));
    }

    static Wired answering(String operation, Resource resource) {
        return new Wired(ReaperWire.DEFAULT, Map.of(operation, resource));
    }

    private Conditions conditions() {
        Conditions fine = new Trouble();
        return (Conditions) Proxy.newProxyInstance(
                Conditions.class.getClassLoader(),
                new Class<?>[] {Conditions.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "storageDown" -> storageDown;
                    case "tokensExpiredBefore" -> tokensExpiredBefore;
                    default -> method.invoke(fine, arguments);
                });
    }

    void advance(Duration by) {
        kernel.clock().advance(by);
    }

    /** {@code ask("GET /cluster?seedHost=a", "Accept", "text/plain")}. */
    Reply ask(String line, String... headers) {
        return send(line, Bytes.EMPTY, headers);
    }

    /** The same with a form as the body. */
    Reply post(String line, String form, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/x-www-form-urlencoded"));
        return send(line, Bytes.utf8(form), all.toArray(String[]::new));
    }

    Reply send(String line, Bytes body, String... headers) {
        return on("application", line, body, headers);
    }

    Reply admin(String line, String... headers) {
        return on("admin", line, Bytes.EMPTY, headers);
    }

    String operation(String line) {
        return api.route("application", request(line, Bytes.EMPTY)).operation();
    }

    private Reply on(String node, String line, Bytes body, String... headers) {
        return ((Answer.Now) answer(node, request(line, body, headers))).reply();
    }

    Answer answer(String line, String... headers) {
        return answer("application", request(line, Bytes.EMPTY, headers));
    }

    private Answer answer(String node, Request request) {
        return kernel.step(() -> {
            Route route = api.route(node, request);
            return route.handler().handle(new Call(1, node, request, route.parameters()));
        });
    }

    static Request request(String line, Bytes body, String... headers) {
        int blank = line.indexOf(' ');
        String target = line.substring(blank + 1);
        int mark = target.indexOf('?');
        Headers all = Headers.of(headers);
        if (!all.contains("Host")) {
            all = all.with("Host", "localhost:8080");
        }
        return new Request(
                line.substring(0, blank),
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? null : target.substring(mark + 1),
                all,
                body,
                "127.0.0.1");
    }

    // --- what tests look at ---

    /** {@code 404 {"code":404,…}}. */
    static String said(Reply reply) {
        String body = reply.body().text();
        return reply.status() + (body.isEmpty() ? "" : " " + body);
    }

    /** Names and values, one after the other. */
    static List<String> fields(Reply reply) {
        return reply.headers().fields().stream().map(Wired::field).toList();
    }

    private static String field(Header header) {
        return header.name() + ": " + header.value();
    }

    static String framework(int status, String reason) {
        return "%1$d {\"code\":%1$d,\"message\":\"HTTP %1$d %2$s\"}".formatted(status, reason);
    }
}
