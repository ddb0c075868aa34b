package io.understudy.reaper;

import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The cookies of Reaper's servlet container and of Shiro. */
final class Cookies {
    static final String SESSION = "JSESSIONID";
    static final String REMEMBER_ME = "rememberMe";

    /** Where the web UI keeps its token (spec reaper 1.2.4). */
    static final String TOKEN = "jwtToken";

    /** Shiro's {@code Cookie.ONE_YEAR}, in seconds. */
    private static final long ONE_YEAR = 31_536_000;

    /** The form of {@code SimpleCookie} of Shiro, a Netscape date. */
    private static final DateTimeFormatter NETSCAPE =
            DateTimeFormatter.ofPattern("EEE, dd-MMM-yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private Cookies() {}

    /** The value of a cookie; null if it was not sent. */
    static @Nullable String value(Request request, String name) {
        for (String field : request.headers().all("cookie")) {
            for (String pair : field.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return pair.substring(equals + 1).strip().replace("\"", "");
                }
            }
        }
        return null;
    }

    /** The reply with the session's cookie, as Jetty sets it: and the page is not to be cached. */
    static Reply withSession(Reply reply, Sessions.Session session) {
        return reply.with("Set-Cookie", SESSION + "=" + Sessions.cookie(session) + "; Path=/")
                .with("Expires", "Thu, 01 Jan 1970 00:00:00 GMT");
    }

    /** {@code CookieRememberMeManager}: the identity for a year. */
    static Reply withRemembered(Reply reply, Sessions.Session session, Instant now) {
        return reply.with(
                "Set-Cookie",
                REMEMBER_ME + "=" + session.id() + "; Path=/; Max-Age=" + ONE_YEAR + "; Expires="
                        + netscape(now.plusSeconds(ONE_YEAR)) + "; HttpOnly; SameSite=lax");
    }

    /** {@code CookieRememberMeManager}: no identity any more; Shiro says so at each login that is not to be remembered. */
    static Reply withForgotten(Reply reply, Instant now) {
        return reply.with(
                "Set-Cookie",
                REMEMBER_ME + "=deleteMe; Path=/; Max-Age=0; Expires=" + netscape(now.minusSeconds(86_400))
                        + "; SameSite=lax");
    }

    private static String netscape(Instant instant) {
        return NETSCAPE.format(instant.atOffset(ZoneOffset.UTC));
    }
}
