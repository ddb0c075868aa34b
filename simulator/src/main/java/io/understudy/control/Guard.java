package io.understudy.control;

import io.understudy.journal.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in. Without a token only this machine can reach the port, and a web page that the user of this machine looks at
 * must not: neither by a name that resolves to the loopback (DNS rebinding, hence the look at {@code Host}) nor by sending
 * requests without reading the replies (hence the look at {@code Origin}). With a token, whoever knows it.
 */
final class Guard {
    private final @Nullable String token;

    Guard(@Nullable String token) {
        this.token = token;
    }

    /** Why these headers may not come in, if so. */
    Optional<Problem> refusal(Headers headers) {
        if (token != null) {
            return bears(headers, token)
                    ? Optional.empty()
                    : Optional.of(Problem.of(
                            401,
                            "this control port wants the header 'Authorization: Bearer TOKEN'"
                                    + " with the token that --control-token gave it"));
        }
        String host = headers.first("host").orElse("");
        if (!isThisMachine(hostOf(host))) {
            return Optional.of(Problem.of(
                    403,
                    "the host '" + host
                            + "' is neither an IP address nor localhost; without --control-token the control"
                            + " port answers only to those"));
        }
        Optional<String> origin = headers.first("origin");
        if (origin.isPresent() && !host.equalsIgnoreCase(authorityOf(origin.get()))) {
            return Optional.of(Problem.of(
                    403,
                    "the request comes from a page of " + origin.get() + "; the control port takes none of those"));
        }
        return Optional.empty();
    }

    private static boolean bears(Headers headers, String token) {
        String given = headers.first("authorization").orElse("");
        return given.regionMatches(true, 0, "Bearer ", 0, 7)
                && MessageDigest.isEqual(
                        given.substring(7).trim().getBytes(StandardCharsets.UTF_8),
                        token.getBytes(StandardCharsets.UTF_8));
    }

    private static String hostOf(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    /** A literal address cannot be rebound; a name other than localhost can. */
    private static boolean isThisMachine(String host) {
        return host.toLowerCase(Locale.ROOT).equals("localhost")
                || (host.startsWith("[") && host.endsWith("]"))
                || isIpv4(host);
    }

    private static boolean isIpv4(String host) {
        String[] parts = host.split("\\.", -1);
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
        }
        return parts.length == 4;
    }

    private static String authorityOf(String origin) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
