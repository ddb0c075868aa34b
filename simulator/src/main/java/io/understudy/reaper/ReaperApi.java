package io.understudy.reaper;

import io.understudy.http.Answer;
import io.understudy.http.Api;
import io.understudy.http.Call;
import io.understudy.http.Endpoint;
import io.understudy.http.HttpTraits;
import io.understudy.http.Route;
import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Headers.Header;
import io.understudy.journal.Reply;
import io.understudy.journal.Reply.Framing;
import io.understudy.journal.Request;
import io.understudy.reaper.ReaperConfiguration.Release;
import io.understudy.reaper.ReaperEndpoint.Kind;
import io.understudy.world.Kernel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The HTTP side of one Reaper process: Jetty's handlers and filters, Jersey's routing and checks, and the small resources; the others
 * are handed in (spec reaper 0.5, 0.6, 1.1, 1.2, 1.11, 1.12).
 *
 * <p>A request goes through it as through upstream: {@link UriCompliance} (400), {@link CrossOriginFilter}, {@link Authentication#filter},
 * {@link WebUi} or {@link JerseyRouting} (404, 405), the media types (415, 406), {@link Authentication#admit} (401, 403), the conversion
 * of the parameters (404, 400), the {@link Resource}, and on the way back {@link ReaperReplies} and {@link BiDiGzipHandler}.
 */
final class ReaperApi implements Api {
    /** What begins the names of the nodes that are admin ports. */
    static final String ADMIN = "admin";

    private static final String UNROUTED = AppContext.SYSTEM + ".unrouted";

    /**
     * What the process remembers besides its model.
     *
     * @param sessions who has logged in
     * @param health what the health check has seen last
     */
    record State(Sessions.State sessions, ReaperHealthCheck.State health) {}

    private final Kernel kernel;
    private final ReaperWire wire;
    private final ReaperReplies replies;
    private final Conditions conditions;
    private final Sessions sessions = new Sessions();
    private final ReaperHealthCheck health;
    private final AuthenticationTime time;
    private final Authentication authentication;
    private final AdminServlets admin;
    private final JerseyRouting routing;
    /** What answers from the model, which is stored. */
    private final Map<String, Resource> resources;

    private final Map<String, Resource> withoutStorage;
    private LongConsumer departures = call -> {};

    /**
     * @param conditions what is wrong with the world
     * @param authority the process's own host and port, for what comes without a {@code Host}
     * @param metrics what monitoring sees
     * @param resources what answers the operations that are not answered here, by operation id
     */
    ReaperApi(
            Kernel kernel,
            ReaperWire wire,
            Conditions conditions,
            Supplier<String> authority,
            Supplier<List<Metric>> metrics,
            Map<String, Resource> resources) {
        this.kernel = kernel;
        this.wire = wire;
        this.replies = ReaperReplies.in(kernel);
        this.conditions = conditions;
        this.health = new ReaperHealthCheck(() -> !conditions.storageDown());
        this.time = new AuthenticationTime(kernel, conditions::tokensExpiredBefore, authority);
        this.authentication = authentication();
        this.admin = new AdminServlets(health, metrics);
        this.routing = new JerseyRouting(ReaperEndpoints.served(wire, Kind.RESOURCE));
        this.resources = Map.copyOf(resources);
        this.withoutStorage = small();
    }

    private Authentication authentication() {
        if (!wire.accessControl().enabled()) {
            return Authentication.none();
        }
        return wire.release() == Release.V4
                ? new TokenAuthentication(wire.accessControl(), sessions, time)
                : new ShiroAuthentication(wire.release(), wire.accessControl(), sessions, time);
    }

    private Map<String, Resource> small() {
        return Map.of(
                "reaper.ping", Resource.of(request -> ReaperReplies.empty(health.isHealthy(now()) ? 204 : 500)),
                "reaper.login", Resource.of(authentication::login),
                "reaper.logout", Resource.of(authentication::logout),
                "reaper.jwt", Resource.of(authentication::jwt),
                "reaper.encrypt", Resource.of(this::encrypt),
                "reaper.getDatacenterAvailability",
                        Resource.of(request -> ReaperReplies.json(
                                200,
                                json -> json.object(
                                        () -> json.field("datacenterAvailability", wire.datacenterAvailability())))));
    }

    private Reply encrypt(ReaperRequest request) {
        try {
            return ReaperReplies.plain(
                    200,
                    wire.cryptograph().encrypt(request.path("text"), kernel.entropy().stream("reaper/cryptograph")));
        } catch (IllegalArgumentException e) {
            throw WebError.internal(); // upstream: checkNotNull of what is blank
        }
    }

    @Override
    public List<Endpoint> endpoints() {
        return ReaperEndpoints.ALL.stream()
                .filter(row -> row.isServed(wire))
                .map(ReaperEndpoint::asEndpoint)
                .toList();
    }

    /** Operations in the catalogue that nothing answers. */
    Set<String> unanswered() {
        Set<String> operations = new TreeSet<>();
        ReaperEndpoints.served(wire, Kind.RESOURCE).forEach(row -> operations.add(row.operation()));
        operations.removeAll(resources.keySet());
        operations.removeAll(withoutStorage.keySet());
        return operations;
    }

    /** The client of a stream has gone. */
    @Override
    public void abandoned(long id) {
        departures.accept(id);
    }

    /** Has the listener told of clients that have gone away from a stream. For the time of wiring. */
    void onDeparture(LongConsumer listener) {
        departures = listener;
    }

    @Override
    public HttpTraits traits() {
        return ReaperReplies.TRAITS;
    }

    @Override
    public Route route(String node, Request request) {
        Optional<String> violation = UriCompliance.violation(request.path());
        if (violation.isPresent()) {
            return new Route(UNROUTED, Map.of(), call -> Answer.now(ReaperReplies.badMessage(violation.get())));
        }
        return node.startsWith(ADMIN) ? adminRoute(request) : applicationRoute(request);
    }

    private Route adminRoute(Request request) {
        Optional<ReaperEndpoint> found = AdminServlets.find(wire, request.path());
        return new Route(
                found.map(ReaperEndpoint::operation).orElse(UNROUTED),
                Map.of(),
                call -> Answer.now(BiDiGzipHandler.handle(
                        request,
                        found.map(row -> admin.reply(row, request, now()))
                                .orElseGet(() -> JettyErrorPage.notFound(request)))));
    }

    private Route applicationRoute(Request request) {
        if (WebUi.serves(request.path())) {
            return new Route(
                    "reaper.webui", Map.of(), call -> filtered(request, () -> Answer.now(WebUi.reply(request, time))));
        }
        JerseyRouting.Found found = routing.find(request.method(), request.path());
        if (found instanceof JerseyRouting.Found.Method method) {
            return new Route(
                    method.endpoint().operation(),
                    method.parameters(),
                    call -> filtered(request, () -> invoke(method.endpoint(), call)));
        }
        return new Route(UNROUTED, Map.of(), call -> filtered(request, () -> framework(found, request)));
    }

    /** The filters of the application port around what is inside; every error of the framework becomes a reply here. */
    private Answer filtered(Request request, Supplier<Answer> inside) {
        Answer answer;
        try {
            answer = authentication.filter(request).map(Answer::now).orElseGet(inside);
        } catch (WebError error) {
            answer = Answer.now(replies.of(error));
        }
        if (answer instanceof Answer.Now now) {
            return Answer.now(BiDiGzipHandler.handle(request, withFilterHeaders(request, now.reply())));
        }
        return answer instanceof Answer.Stream stream
                ? Answer.stream(withFilterHeaders(request, stream.head()))
                : answer;
    }

    private Reply withFilterHeaders(Request request, Reply reply) {
        if (!wire.enableCrossOrigin()) {
            return reply;
        }
        List<Header> headers = new ArrayList<>(CrossOriginFilter.headers(request));
        headers.addAll(reply.headers().fields());
        return new Reply(
                reply.status(), reply.reason(), new Headers(headers), reply.body(), reply.framing(), reply.gzip());
    }

    private static Answer framework(JerseyRouting.Found found, Request request) {
        if (found instanceof JerseyRouting.Found.Options options) {
            return Answer.now(options(options.allowed(), request));
        }
        throw found instanceof JerseyRouting.Found.NotAllowed other
                ? WebError.notAllowed(other.allowed())
                : WebError.notFound();
    }

    /**
     * {@code OptionsMethodProcessor} of Jersey: the methods as text for whoever takes text, otherwise nothing of the wanted type. Not
     * guarded, because the methods it generates bear no {@code @RolesAllowed}.
     */
    private static Reply options(List<String> allowed, Request request) {
        List<MediaRange> accepted = MediaRange.accepted(request.headers().all("accept"));
        boolean text = accepted.stream().anyMatch(range -> range.accepts(MediaRange.of(MediaRange.TEXT)));
        return new Reply(
                200,
                null,
                Headers.of(
                        "Allow",
                        String.join(",", allowed),
                        "Content-Type",
                        text ? MediaRange.TEXT : accepted.get(0).toString()),
                text ? Bytes.utf8(String.join(", ", allowed)) : Bytes.EMPTY,
                Framing.LENGTH,
                false);
    }

    /** Spec reaper 0.6, "order of evaluation", from the media types on. */
    private Answer invoke(ReaperEndpoint endpoint, Call call) {
        Request request = call.request();
        negotiate(endpoint, request.headers());
        Map<String, String> query = PercentText.parameters(request.query());
        String user = authentication.admit(request, query, endpoint);
        ReaperRequest converted = new ReaperRequest(call, endpoint, query, wire, time.host(request), user);
        converted.convert();
        Resource small = withoutStorage.get(endpoint.operation());
        if (small != null) {
            return small.handle(converted);
        }
        if (conditions.storageDown()) {
            throw WebError.internal(); // spec reaper 4: "storage down"
        }
        Resource resource = resources.get(endpoint.operation());
        if (resource == null) {
            throw new IllegalStateException("nothing answers " + endpoint.operation());
        }
        return resource.handle(converted);
    }

    /** {@code MethodSelectingRouter} of Jersey: a body without a type passes for every type. */
    private static void negotiate(ReaperEndpoint endpoint, Headers headers) {
        MediaRange consumed = MediaRange.of(endpoint.consumes());
        Optional<String> given = headers.first("content-type").filter(type -> !type.isBlank());
        if (given.isPresent()
                && !MediaRange.parse(given.get())
                        .orElseThrow(WebError::badRequest)
                        .isCompatible(consumed)) {
            throw WebError.unsupportedMediaType();
        }
        MediaRange produced = MediaRange.of(endpoint.produces());
        if (MediaRange.accepted(headers.all("accept")).stream().noneMatch(range -> range.accepts(produced))) {
            throw WebError.notAcceptable();
        }
    }

    private Instant now() {
        return kernel.clock().now();
    }

    // --- state ---

    void reset() {
        sessions.reset();
        health.reset();
    }

    State state() {
        return new State(sessions.state(), health.state());
    }

    void restore(State state) {
        sessions.restore(state.sessions());
        health.restore(state.health());
    }

    /** The process is started anew: who has logged in is forgotten, tokens stay good (spec reaper 4). */
    void restart() {
        reset();
    }
}
