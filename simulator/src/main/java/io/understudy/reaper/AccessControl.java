package io.understudy.reaper;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Who may do what (spec reaper 1.2), upstream's {@code accessControl} section.
 *
 * @param enabled whether there is any access control
 * @param users the user store, in the order in which they were given
 * @param jwtSecret what tokens are signed with
 * @param sessionTimeout how long a token or session is good, in virtual time; above zero
 * @param mode whether a login also gives a session cookie
 * @param basic whether a name and password in {@code Authorization: Basic} are taken in place of a token
 */
record AccessControl(
        boolean enabled, List<User> users, String jwtSecret, Duration sessionTimeout, Mode mode, boolean basic) {
    /** Spec reaper 1.2.2: the secret of upstream's own configuration files, 55 bytes. */
    static final String DEFAULT_SECRET = "MySecretKeyForJWTWhichMustBeLongEnoughForHS256Algorithm";

    /** Spec reaper 8.1: who there is when access control is switched on without naming users. */
    static final String DEFAULT_USERS = "admin:admin:operator,user:user:user";

    /** Spec reaper 1.2.2. */
    static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofMinutes(10);

    /** RFC 7518 3.2: the key of HS256 has at least 256 bits; upstream does not start with less. */
    static final int MIN_SECRET_BYTES = 32;

    /** Whoever writes more users than this into one knob has lost a separator; the store is searched from end to end. */
    static final int MAX_USERS = 1_000;

    static final AccessControl OFF =
            new AccessControl(false, List.of(), DEFAULT_SECRET, DEFAULT_SESSION_TIMEOUT, Mode.JWT, false);

    /** What a login gives (spec reaper 1.2.3). */
    enum Mode {
        /** A token. */
        JWT,
        /** A token, and the cookie {@code JSESSIONID} for clients of older releases. */
        DUAL
    }

    /** A user of the store. */
    record User(String name, String password, List<String> roles) {
        User {
            roles = List.copyOf(roles);
        }

        boolean has(String role) {
            return roles.contains(role);
        }

        /** Without the password, which belongs in no log. */
        @Override
        public String toString() {
            return "User[" + name + ", roles=" + roles + "]";
        }
    }

    AccessControl {
        users = List.copyOf(users);
        if (enabled) {
            check(users, jwtSecret, sessionTimeout);
        }
    }

    /**
     * As switched on.
     *
     * @param users {@code name:password:role[+role]}, comma separated; the password may contain colons; empty = the default ones
     * @param secret the secret; empty = the default one
     * @throws IllegalArgumentException saying what is wrong, as upstream refuses to start; passwords and secrets are not repeated
     */
    static AccessControl on(String users, String secret, Duration sessionTimeout, Mode mode, boolean basic) {
        return new AccessControl(
                true,
                parse(users.isBlank() ? DEFAULT_USERS : users),
                secret.isEmpty() ? DEFAULT_SECRET : secret,
                sessionTimeout,
                mode,
                basic);
    }

    /** As switched on, with the defaults. */
    static AccessControl on() {
        return on("", "", DEFAULT_SESSION_TIMEOUT, Mode.JWT, false);
    }

    private static List<User> parse(String text) {
        List<User> users = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            String who = "user " + (users.size() + 1) + " of auth.users";
            int first = each.indexOf(':');
            int last = each.lastIndexOf(':');
            if (first < 0 || first == last) {
                throw new IllegalArgumentException(who + " is not name:password:role[+role]");
            }
            users.add(new User(
                    each.substring(0, first).strip(),
                    each.substring(first + 1, last),
                    Arrays.stream(each.substring(last + 1).split("\\+", -1))
                            .map(String::strip)
                            .toList()));
        }
        return users;
    }

    private static void check(List<User> users, String secret, Duration timeout) {
        if (users.isEmpty()) {
            throw new IllegalArgumentException(
                    "auth.users names nobody; with access control there is at least one user");
        }
        if (users.size() > MAX_USERS) {
            throw new IllegalArgumentException("auth.users has " + users.size() + " users; at most " + MAX_USERS);
        }
        for (int i = 0; i < users.size(); i++) {
            check(users.get(i), "user " + (i + 1) + " of auth.users");
        }
        int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "auth.jwtSecret has " + bytes + " bytes; it must have at least " + MIN_SECRET_BYTES);
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("auth.sessionTimeout is " + timeout + "; it must be above zero");
        }
    }

    private static void check(User user, String who) {
        if (user.name().isBlank()) {
            throw new IllegalArgumentException(who + " has no name");
        }
        if (user.password().isBlank()) {
            throw new IllegalArgumentException(who + " (" + user.name() + ") has no password");
        }
        if (user.roles().isEmpty() || user.roles().stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(who + " (" + user.name() + ") has no role, or a blank one");
        }
    }

    Optional<User> user(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    /** The user of that name, if that is the password; compared in constant time. */
    Optional<User> authenticate(String name, String password) {
        return user(name).filter(user -> MessageDigest.isEqual(bytes(user.password()), bytes(password)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Without the secret, which belongs in no log. */
    @Override
    public String toString() {
        return "AccessControl[enabled=" + enabled + ", users=" + users + ", sessionTimeout=" + sessionTimeout
                + ", mode=" + mode + ", basic=" + basic + "]";
    }
}
