package io.understudy.reaper;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Who has logged in and carries a cookie (spec reaper 1.2.3 dual mode, 1.2.5): state of one Reaper process. */
final class Sessions {
    /** A test logs in a handful of times; the servlet container has no limit, and this one drops who has been idle for longest. */
    static final int MAX_SESSIONS = 10_000;

    /** Jetty's worker name, which begins and ends the ids of its sessions. */
    private static final String WORKER = "node0";

    private static final int BASE = 36;

    /**
     * A session.
     *
     * @param id what the cookie says, without the worker name at the end
     * @param user who
     * @param startedAt when it began
     * @param lastUsedAt when it was last asked for
     * @param remembered whether it stands for a cookie of Shiro that outlives the session proper
     */
    record Session(String id, String user, Instant startedAt, Instant lastUsedAt, boolean remembered) {}

    /**
     * All of it.
     *
     * @param sessions the sessions, the one that has been idle for longest first
     * @param created how many there have been
     */
    record State(List<Session> sessions, long created) {
        State {
            sessions = List.copyOf(sessions);
        }
    }

    private final LinkedHashMap<String, Session> sessions = new LinkedHashMap<>();
    private long created;

    /** Begins a session. */
    Session begin(String user, Instant now, boolean remembered, RandomGenerator chance) {
        // DefaultSessionIdManager of Jetty: the worker, two random numbers, a counter
        String random = Long.toString(chance.nextLong() >>> 1, BASE) + Long.toString(chance.nextLong() >>> 1, BASE);
        Session session = new Session(WORKER + random + created++, user, now, now, remembered);
        if (sessions.size() >= MAX_SESSIONS) {
            Iterator<String> oldest = sessions.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        sessions.put(session.id(), session);
        return session;
    }

    /** What the cookie {@code JSESSIONID} says. */
    static String cookie(Session session) {
        return session.id() + "." + WORKER;
    }

    /**
     * The session of that cookie, which is thereby used; one that was idle for longer than {@code timeout} is over.
     *
     * @param timeout null = sessions do not end by themselves
     */
    Optional<Session> use(@Nullable String cookie, boolean remembered, Instant now, @Nullable Duration timeout) {
        if (cookie == null) {
            return Optional.empty();
        }
        int dot = cookie.indexOf('.');
        String id = dot < 0 ? cookie : cookie.substring(0, dot);
        Session session = sessions.get(id);
        if (session == null || session.remembered() != remembered) {
            return Optional.empty();
        }
        sessions.remove(id);
        if (timeout != null && now.isAfter(session.lastUsedAt().plus(timeout))) {
            return Optional.empty();
        }
        Session used = new Session(id, session.user(), session.startedAt(), now, remembered);
        sessions.put(id, used);
        return Optional.of(used);
    }

    /** Ends a session. */
    void end(Session session) {
        sessions.remove(session.id());
    }

    /** Ends all: the process was started anew, or the world was. */
    void reset() {
        sessions.clear();
        created = 0;
    }

    State state() {
        return new State(new ArrayList<>(sessions.values()), created);
    }

    void restore(State state) {
        sessions.clear();
        for (Session session : state.sessions()) {
            sessions.put(session.id(), session);
        }
        created = state.created();
    }
}
