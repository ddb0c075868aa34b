package io.understudy.reaper;

import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.reaper.AccessControl.User;
import io.understudy.reaper.ReaperConfiguration.Release;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions of releases 2 and 3 (spec reaper 1.2.5), as upstream's {@code shiro.ini} and filters make them. */
final class ShiroAuthentication implements Authentication {
    static final String FORBIDDEN = "Forbidden access. Please login to access this page.";

    /** What {@code rest[…]} guards in {@code shiro.ini}: here roles count. */
    private static final List<String> WITH_ROLES = List.of("/cluster", "/repair_schedule", "/repair_run", "/snapshot");

    private final AccessControl control;
    private final Jwt jwt;
    private final Sessions sessions;
    private final AuthenticationTime time;
    private final @Nullable Duration timeout;

    ShiroAuthentication(Release release, AccessControl control, Sessions sessions, AuthenticationTime time) {
        this.control = control;
        this.jwt = new Jwt(control.jwtSecret());
        this.sessions = sessions;
        this.time = time;
        this.timeout = release == Release.V2 ? null : control.sessionTimeout(); // since 3.3 (spec reaper 0.4)
    }

    /**
     * Who asks.
     *
     * @param session the session or the remembered identity; null if a token says it
     */
    private record Subject(String user, Sessions.@Nullable Session session) {
        boolean isAuthenticated() {
            return session != null && !session.remembered();
        }
    }

    /** Before any routing: an unknown path is 403 like any other. */
    @Override
    public Optional<Reply> filter(Request request) {
        String path = String.join("/", UriTemplate.segments(request.path()));
        String rule = "/" + path;
        if (rule.equals("/ping") || rule.equals("/login") || WebUi.isAsset(rule)) {
            return Optional.empty();
        }
        Optional<Subject> subject = subject(request);
        if (rule.equals("/jwt") || WebUi.serves(rule)) {
            // authc asks for a login, a remembered identity is not enough
            return subject.filter(Subject::isAuthenticated).isPresent() || rule.equals(WebUi.LOGIN)
                    ? Optional.empty()
                    : Optional.of(ReaperReplies.redirect(time.absolute(request, WebUi.LOGIN)));
        }
        if (subject.isEmpty()) {
            return Optional.of(ReaperReplies.plain(403, FORBIDDEN));
        }
        boolean rolesCount = WITH_ROLES.stream().anyMatch(root -> rule.equals(root) || rule.startsWith(root + "/"));
        String action = action(request.method());
        return rolesCount && !mayDo(subject.get(), action)
                ? Optional.of(ReaperReplies.plain(
                        401,
                        "Unauthorized `" + action + "` operation for user: "
                                + subject.get().user() + "."))
                : Optional.empty();
    }

    private boolean mayDo(Subject subject, String action) {
        if (subject.isAuthenticated() && isOld(subject)) {
            return false;
        }
        Optional<User> user = control.user(subject.user());
        return user.filter(Authentication::isOperator).isPresent()
                || (user.filter(known -> known.has("user")).isPresent() && action.equals("read"));
    }

    private boolean isOld(Subject subject) {
        Sessions.Session session = subject.session();
        return timeout != null
                && session != null
                && time.now().isAfter(session.startedAt().plus(timeout));
    }

    /** {@code HttpMethodPermissionFilter} of Shiro, which does not know PATCH. */
    private static String action(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> "read";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "DELETE" -> "delete";
            default -> method;
        };
    }

    private Optional<Subject> subject(Request request) {
        return session(request, Cookies.SESSION, false)
                .or(() -> session(request, Cookies.REMEMBER_ME, true))
                .map(session -> new Subject(session.user(), session))
                .or(() -> tokenUser(request).map(user -> new Subject(user, null)));
    }

    private Optional<Sessions.Session> session(Request request, String cookie, boolean remembered) {
        return sessions.use(Cookies.value(request, cookie), remembered, time.now(), remembered ? null : timeout)
                .filter(session -> !time.hasExpired(session.startedAt()));
    }

    private Optional<String> tokenUser(Request request) {
        String header = request.headers().first("authorization").orElse("");
        return header.startsWith("Bearer ")
                ? jwt.verify(header.substring("Bearer ".length()), time.now())
                        .filter(claims -> !time.hasExpired(issuedAt(claims)))
                        .map(Jwt.Claims::subject)
                : Optional.empty();
    }

    /** These tokens do not say when they were issued; those of release 2 do not even end. */
    private @Nullable Instant issuedAt(Jwt.Claims claims) {
        return claims.expiration() == null || timeout == null
                ? null
                : claims.expiration().minus(timeout);
    }

    /** All was decided before the resource was found. */
    @Override
    public @Nullable String admit(Request request, Map<String, String> query, ReaperEndpoint endpoint) {
        return subject(request).map(Subject::user).orElse(null);
    }

    /** {@code ShiroExceptionMapper} makes every refusal a 403 with the exception's text. */
    @Override
    public Reply login(ReaperRequest request) {
        String name = request.form("username");
        String password = request.form("password");
        if (name == null || name.isBlank()) {
            return ReaperReplies.plain(403, "Invalid credentials: missing username.");
        }
        if (password == null || password.isBlank()) {
            return ReaperReplies.plain(403, "Invalid credentials: missing password.");
        }
        Optional<User> user = control.authenticate(name, password);
        if (user.isEmpty()) {
            return ReaperReplies.plain(403, "Invalid credentials combination for user: " + name);
        }
        Reply reply = Cookies.withSession(
                ReaperReplies.empty(204), sessions.begin(name, time.issuing(), false, time.chance()));
        return Boolean.parseBoolean(request.form("rememberMe"))
                ? Cookies.withRemembered(reply, sessions.begin(name, time.issuing(), true, time.chance()), time.now())
                : Cookies.withForgotten(reply, time.now());
    }

    @Override
    public Reply logout(ReaperRequest request) {
        session(request.request(), Cookies.SESSION, false).ifPresent(sessions::end);
        session(request.request(), Cookies.REMEMBER_ME, true).ifPresent(sessions::end);
        return Cookies.withForgotten(ReaperReplies.empty(204), time.now());
    }

    @Override
    public Reply jwt(ReaperRequest request) {
        String user = request.user();
        if (user == null) {
            throw WebError.internal(); // the filter lets nobody through
        }
        Instant expiration =
                timeout == null ? null : time.issuing().plus(timeout).truncatedTo(ChronoUnit.SECONDS);
        return ReaperReplies.plain(200, jwt.signHs256(new Jwt.Claims(user, null, null, expiration)));
    }
}
