package io.understudy.reaper;

import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.reaper.AccessControl.Mode;
import io.understudy.reaper.AccessControl.User;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens of release 4 (spec reaper 1.2.2–1.2.4), and what is left of the sessions before it. */
final class TokenAuthentication implements Authentication {
    /** Spec reaper 1.2.2. */
    static final Duration REMEMBERED = Duration.ofDays(30);

    private final AccessControl control;
    private final Jwt jwt;
    private final Sessions sessions;
    private final AuthenticationTime time;

    TokenAuthentication(AccessControl control, Sessions sessions, AuthenticationTime time) {
        this.control = control;
        this.jwt = new Jwt(control.jwtSecret());
        this.sessions = sessions;
        this.time = time;
    }

    /** {@code WebuiAuthenticationFilter}, on {@code /webui} and below (spec reaper 1.2.4). */
    @Override
    public Optional<Reply> filter(Request request) {
        String path = request.path();
        if (!WebUi.serves(path) || WebUi.isOpen(path)) {
            return Optional.empty();
        }
        String header = request.headers().first("authorization").orElse("");
        String token = header.startsWith("Bearer ") ? header.substring(7) : Cookies.value(request, Cookies.TOKEN);
        return userOf(token).isPresent()
                ? Optional.empty()
                : Optional.of(ReaperReplies.redirect(time.absolute(request, WebUi.LOGIN)));
    }

    @Override
    public @Nullable String admit(Request request, Map<String, String> query, ReaperEndpoint endpoint) {
        if (endpoint.access() == ReaperEndpoint.Access.OPEN) {
            return null;
        }
        User user = caller(request, query).orElseThrow(WebError::credentialsRequired);
        if (!mayDo(user, request.method())) {
            throw WebError.forbidden();
        }
        return user.name();
    }

    /** {@code RoleAuthorizer}; the methods list the roles {@code user} and {@code operator}, so that no other passes. */
    private static boolean mayDo(User user, String method) {
        return Authentication.isOperator(user) || (user.has("user") && method.equals("GET"));
    }

    private Optional<User> caller(Request request, Map<String, String> query) {
        String token = bearer(request);
        if (token == null) {
            token = query.get("access_token");
        }
        if (token != null) {
            return userOf(token);
        }
        Optional<User> basic = control.basic() ? basic(request) : Optional.empty();
        return basic.isPresent() ? basic : userOfSession(request);
    }

    /** The credentials of {@code Authorization: Bearer}; null if the field is absent or of another scheme. */
    private static @Nullable String bearer(Request request) {
        return credentials(request, "bearer");
    }

    private static @Nullable String credentials(Request request, String scheme) {
        String header = request.headers().first("authorization").orElse("");
        int blank = header.indexOf(' ');
        return blank > 0 && header.substring(0, blank).toLowerCase(Locale.ROOT).equals(scheme)
                ? header.substring(blank + 1)
                : null;
    }

    private Optional<User> basic(Request request) {
        String encoded = credentials(request, "basic");
        if (encoded == null) {
            return Optional.empty();
        }
        try {
            String both = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            return colon <= 0
                    ? Optional.empty()
                    : control.authenticate(both.substring(0, colon), both.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<User> userOf(@Nullable String token) {
        return token == null
                ? Optional.empty()
                : jwt.verify(token, time.now())
                        .filter(claims -> !time.hasExpired(claims.issuedAt()))
                        .flatMap(claims -> control.user(claims.subject()));
    }

    private Optional<User> userOfSession(Request request) {
        return session(request).flatMap(session -> control.user(session.user()));
    }

    private Optional<Sessions.Session> session(Request request) {
        return sessions.use(Cookies.value(request, Cookies.SESSION), false, time.now(), control.sessionTimeout())
                .filter(session -> !time.hasExpired(session.startedAt()));
    }

    @Override
    public Reply login(ReaperRequest request) {
        String name = request.form("username");
        String password = request.form("password");
        if (name == null || name.isBlank()) {
            throw WebError.of(400, "Invalid credentials: missing username.");
        }
        if (password == null || password.isBlank()) {
            throw WebError.of(400, "Invalid credentials: missing password.");
        }
        User user = control.authenticate(name, password).orElseThrow(() -> WebError.of(401, "Invalid credentials"));
        boolean remember = Boolean.parseBoolean(request.form("rememberMe"));
        String token = token(user, remember ? REMEMBERED : control.sessionTimeout());
        Reply reply = ReaperReplies.json(
                200,
                json -> json.object(() -> json.field("token", token)
                        .field("username", user.name())
                        .field("roles", user.roles())));
        if (control.mode() == Mode.JWT) {
            return reply;
        }
        return Cookies.withSession(reply, sessions.begin(user.name(), time.issuing(), false, time.chance()));
    }

    private String token(User user, Duration lifetime) {
        Instant issued = time.issuing();
        return jwt.sign(new Jwt.Claims(
                user.name(), user.roles(), issued, issued.plus(lifetime).truncatedTo(ChronoUnit.SECONDS)));
    }

    @Override
    public Reply logout(ReaperRequest request) {
        session(request.request()).ifPresent(sessions::end);
        return ReaperReplies.empty(204);
    }

    /** Spec reaper 1.2.3, compatibility routes. */
    @Override
    public Reply jwt(ReaperRequest request) {
        String token = bearer(request.request());
        Optional<User> user = userOf(token == null ? Cookies.value(request.request(), Cookies.TOKEN) : token)
                .or(() -> userOfSession(request.request()));
        return user.map(known -> ReaperReplies.plain(200, token(known, control.sessionTimeout())))
                .orElseGet(() -> ReaperReplies.plain(403, ShiroAuthentication.FORBIDDEN));
    }
}
