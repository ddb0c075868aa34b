package io.understudy.http;

import io.understudy.fault.Course;
import io.understudy.fault.Faults;
import io.understudy.fault.WireStep;
import io.understudy.journal.Bytes;
import io.understudy.journal.Exchange;
import io.understudy.journal.Journal;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.world.ClockMode;
import io.understudy.world.Event;
import io.understudy.world.Kernel;
import io.understudy.world.Part;
import io.understudy.world.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way into a world for requests, and the one way out for replies.
 *
 * <pre>
 *  Stage ── accept ──▶ [ route · fault rules · handler · journal ]  one step, under the world's lock
 *                                   │
 *           now ◀───────────────────┼────────────────▶ held: by a delay (virtual time will resume it)
 *            │                                               or by the system (it replies later)
 *            ▼
 *  Wire ── carryOut    outside the lock
 * </pre>
 *
 * <p>What is held is a socket and no part of the world's state: a snapshot knows nothing of it, and in a restored world the
 * replies of the old one find nobody waiting.
 */
public final class Gateway implements Part<Gateway.State>, Replies, Intake {
    /**
     * How much virtual time a request may take in per-request mode, where its own waiting moves the clock. A reply that has
     * not come by then (a system that waits for something that never happens) stays held.
     */
    public static final Duration PATIENCE = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    private final Kernel kernel;
    private final Journal journal;
    private final Faults faults;
    private final Alarm alarm;
    private final Timers timers;
    private final Map<Long, Outgoing> outgoing = new HashMap<>();
    private Alarm.@Nullable Pending ringing;

    /** A gateway remembers nothing that outlives its sockets. */
    public record State() {}

    /** A reply that was held back goes on its way. */
    record Resume(long exchange) implements Event {}

    /** A reply on its way: who waits, what is still to be done. */
    private static final class Outgoing {
        private final long id;
        private final Wire wire;
        private final Api api;
        private final List<WireStep> steps;
        private @Nullable Reply reply;
        private boolean heldBySystem;

        private Outgoing(long id, Wire wire, Api api, Course course) {
            this.id = id;
            this.wire = wire;
            this.api = api;
            this.steps = new ArrayList<>(course.wire());
            if (!course.delay().isZero()) {
                steps.add(0, new WireStep.Pause(course.delay()));
            }
        }
    }

    /**
     * The gateway of a world.
     *
     * @param alarm what wakes it when its clock follows real time and a reply is held
     */
    public Gateway(Kernel kernel, Journal journal, Faults faults, Alarm alarm) {
        this.kernel = kernel;
        this.journal = journal;
        this.faults = faults;
        this.alarm = alarm;
        this.timers = kernel.timers(this);
        kernel.clock().onModeChange(this::wakeInTime);
    }

    @Override
    public void accept(Site site, Request request, boolean oversized, Wire wire) {
        kernel.request(() -> {
            long id = take(site, request, oversized, wire);
            if (outgoing.containsKey(id) && kernel.clock().mode() instanceof ClockMode.PerRequest) {
                kernel.clock()
                        .runUntil(
                                () -> !outgoing.containsKey(id)
                                        || kernel.clock().pendingCount() == 0,
                                PATIENCE);
            }
            wakeInTime();
            return id;
        });
    }

    private long take(Site site, Request request, boolean oversized, Wire wire) {
        Api api = site.api();
        Route route = oversized
                ? new Route(
                        site.system() + ".unrouted",
                        Map.of(),
                        call -> Answer.now(api.traits().tooLarge()))
                : api.route(site.node(), request);
        Instant now = kernel.clock().now();
        long id = journal.begin();
        Course course = faults.course(site.system(), site.node(), route.operation(), request);
        List<String> fate = new ArrayList<>(course.fate());
        Answer answer = course.instead().map(Answer::now).orElse(null);
        for (int i = 0; i < course.executions(); i++) {
            answer = execute(route, new Call(id, site.node(), request, route.parameters()), fate);
        }
        Outgoing out = new Outgoing(id, wire, api, course);
        out.reply = answer instanceof Answer.Now it ? it.reply() : null;
        out.heldBySystem = answer instanceof Answer.Later;
        boolean isHeld = out.heldBySystem || (!out.steps.isEmpty() && out.steps.get(0) instanceof WireStep.Pause);
        Reply said = isHeld ? null : out.reply;
        journal.record(
                new Exchange(
                        id,
                        now,
                        site.system(),
                        site.node(),
                        route.operation(),
                        request,
                        said,
                        said == null ? null : now,
                        course.faults(),
                        fate,
                        journal.caused()),
                isHeld);
        if (out.heldBySystem) {
            outgoing.put(id, out);
        } else {
            proceed(out);
        }
        return id;
    }

    private static Answer execute(Route route, Call call, List<String> fate) {
        try {
            return route.handler().handle(call);
        } catch (RuntimeException e) {
            log.error(
                    "{} failed on {} {}",
                    route.operation(),
                    call.request().method(),
                    call.request().target(),
                    e);
            fate.add("defect in the simulator: " + e);
            return Answer.now(Reply.of(
                    500,
                    "text/plain; charset=utf-8",
                    Bytes.utf8("Understudy has a defect here, the emulated system does not answer so: " + e + "\n")));
        }
    }

    /** Carries out steps up to the next pause, or to the end. */
    private void proceed(Outgoing out) {
        List<WireStep> now = new ArrayList<>();
        while (!out.steps.isEmpty()) {
            WireStep step = out.steps.remove(0);
            if (step instanceof WireStep.Pause pause) {
                outgoing.put(out.id, out);
                carryOut(out, now, false);
                timers.after(pause.duration(), new Resume(out.id));
                return;
            }
            now.add(step);
        }
        outgoing.remove(out.id);
        carryOut(out, now, true);
    }

    private void carryOut(Outgoing out, List<WireStep> steps, boolean last) {
        Reply reply = out.reply;
        Instant at = kernel.clock().now();
        if (!steps.isEmpty()) {
            journal.complete(out.id, reply, null);
            kernel.afterStep(() -> out.wire.carryOut(reply, at, steps, last));
        }
    }

    @Override
    public void reply(long id, Reply reply) {
        Outgoing out = outgoing.get(id);
        if (out != null && out.heldBySystem) {
            out.heldBySystem = false;
            out.reply = reply;
            proceed(out);
        }
    }

    @Override
    public void abandoned(Wire wire) {
        kernel.step(() -> outgoing.values().stream()
                .filter(out -> out.wire == wire)
                .findFirst()
                .ifPresent(out -> {
                    outgoing.remove(out.id);
                    journal.complete(out.id, null, "the client went away");
                    if (out.heldBySystem) {
                        out.api.abandoned(out.id);
                    }
                }));
    }

    /** How many replies are held. */
    public int held() {
        return kernel.step(outgoing::size);
    }

    private void wakeInTime() {
        if (ringing != null) {
            ringing.cancel();
            ringing = null;
        }
        if (!outgoing.isEmpty()) {
            kernel.clock()
                    .realTimeUntilNextEvent()
                    .ifPresent(wait -> ringing = alarm.in(wait, () -> kernel.step(this::wakeInTime)));
        }
    }

    // ---- a part of the world ----

    @Override
    public String name() {
        return "http";
    }

    @Override
    public void reset() {
        outgoing.values().forEach(out -> kernel.afterStep(out.wire::drop));
        outgoing.clear();
    }

    @Override
    public State state() {
        return new State();
    }

    @Override
    public void restore(State state) {
        reset();
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(Resume.class);
    }

    @Override
    public void handle(Event event) {
        Outgoing out = event instanceof Resume resume ? outgoing.get(resume.exchange()) : null;
        if (out != null) {
            proceed(out);
        }
    }
}
