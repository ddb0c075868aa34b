package io.understudy.http;

import io.understudy.fault.Course;
import io.understudy.fault.Faults;
import io.understudy.fault.WireStep;
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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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

    /** Alarms are set again when they ring, so none needs to be set for longer; at low speeds the next event may be ages away. */
    private static final Duration LONGEST_SLEEP = Duration.ofDays(1);

    private static final WireStep HANG = new WireStep.Hang();

    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    private final Kernel kernel;
    private final Journal journal;
    private final Faults faults;
    private final Alarm alarm;
    private final Timers timers;
    /** Replies that time or their system will release. */
    private final Map<Long, Outgoing> outgoing = new HashMap<>();

    /** Exchanges that have ended with nothing, while the client still waits. */
    private final Map<Long, Outgoing> hung = new HashMap<>();

    private Alarm.@Nullable Pending ringing;

    /** The exchange whose handler is at work, and the reply if the system replies before the handler has returned. */
    private long taking;

    private @Nullable Reply early;

    /** A gateway remembers nothing that outlives its sockets. */
    public record State() {}

    /** A reply that was held back goes on its way. */
    record Resume(long exchange) implements Event {}

    /** The gateway of a world. */
    public Gateway(Kernel kernel, Journal journal, Faults faults, Alarm alarm) {
        this.kernel = kernel;
        this.journal = journal;
        this.faults = faults;
        this.alarm = alarm;
        this.timers = kernel.timers(this);
        // any step may plan what releases a reply, or move the clock towards it
        kernel.onStepEnd(this::wakeInTime);
    }

    @Override
    public void accept(Site site, Request request, boolean oversized, Wire wire) {
        AtomicReference<@Nullable Outgoing> taken = new AtomicReference<>();
        try {
            kernel.request(() -> {
                Outgoing out = take(site, request, oversized, wire);
                taken.set(out);
                if (outgoing.containsKey(out.id) && kernel.clock().mode() instanceof ClockMode.PerRequest) {
                    kernel.clock()
                            .runUntil(
                                    () -> !outgoing.containsKey(out.id)
                                            || kernel.clock().pendingCount() == 0,
                                    PATIENCE);
                }
                return out;
            });
        } catch (RuntimeException e) {
            log.error("an event failed before the reply to {} {}", request.method(), request.target(), e);
            answerInPlace(site, request, wire, taken.get(), Defect.of(e));
        }
    }

    private Outgoing take(Site site, Request request, boolean oversized, Wire wire) {
        Route route = route(site, request, oversized);
        Course course = faults.course(site.system(), site.node(), route.operation(), request);
        Instant now = kernel.clock().now();
        long id = journal.begin();
        List<String> fate = new ArrayList<>(course.fate());
        Answer answer = answer(route, new Call(id, site.node(), request, route.parameters()), course, fate);
        Outgoing out = new Outgoing(id, wire, site.api(), course, answer);
        Reply said = out.isHeld() ? null : out.reply;
        journal.record(
                new Exchange(
                        id,
                        now,
                        site.system(),
                        site.node(),
                        route.operation(),
                        request,
                        said,
                        said != null && out.sendsNow() ? now : null,
                        course.faults(),
                        fate,
                        journal.caused()),
                out.isHeld() || out.hangs());
        if (out.heldBySystem) {
            outgoing.put(id, out);
        } else {
            proceed(out);
        }
        return out;
    }

    private static Route route(Site site, Request request, boolean oversized) {
        String unrouted = site.system() + ".unrouted";
        if (oversized) {
            return new Route(
                    unrouted, Map.of(), call -> Answer.now(site.api().traits().tooLarge()));
        }
        try {
            return site.api().route(site.node(), request);
        } catch (RuntimeException e) {
            return new Route(unrouted, Map.of(), call -> {
                throw e;
            });
        }
    }

    /** What the system answers in the end; null if the request never reached it. */
    private @Nullable Answer answer(Route route, Call call, Course course, List<String> fate) {
        Answer answer = course.instead().map(Answer::now).orElse(null);
        taking = call.id();
        early = null;
        for (int i = 0; i < course.executions(); i++) {
            answer = execute(route, call, fate);
        }
        taking = 0;
        return answer instanceof Answer.Later && early != null ? Answer.now(early) : answer;
    }

    private static Answer execute(Route route, Call call, List<String> fate) {
        try {
            return Objects.requireNonNull(route.handler().handle(call), "the handler answered null");
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            log.error(
                    "{} failed on {} {}",
                    route.operation(),
                    call.request().method(),
                    call.request().target(),
                    e);
            Defect defect = Defect.of(e);
            fate.add(defect.fate());
            return Answer.now(defect.reply());
        }
    }

    /** Answers a request whose step has failed on its way through the clock, so that its client does not wait for ever. */
    private void answerInPlace(Site site, Request request, Wire wire, @Nullable Outgoing taken, Defect defect) {
        try {
            kernel.step(() -> {
                if (taken == null) {
                    Instant now = kernel.clock().now();
                    long id = journal.begin();
                    journal.record(
                            new Exchange(
                                    id,
                                    now,
                                    site.system(),
                                    site.node(),
                                    site.system() + ".unrouted",
                                    request,
                                    defect.reply(),
                                    now,
                                    List.of(),
                                    List.of(defect.fate()),
                                    journal.caused()),
                            false);
                    proceed(new Outgoing(id, wire, site.api(), new Course(), Answer.now(defect.reply())));
                } else if (outgoing.containsKey(taken.id)) {
                    forget(taken);
                    taken.replaceBy(defect.reply());
                    journal.amend(taken.id, null, false, defect.fate());
                    proceed(taken);
                }
            });
        } catch (RuntimeException again) {
            log.error("and another event after it", again);
            wire.drop();
        }
    }

    /** Carries out steps up to the next pause, or to the end. */
    private void proceed(Outgoing out) {
        boolean sends = out.sendsNow();
        List<WireStep> now = new ArrayList<>();
        while (!out.steps.isEmpty() && !(out.steps.get(0) instanceof WireStep.Pause)) {
            now.add(out.steps.remove(0));
        }
        boolean isLast = out.steps.isEmpty();
        if (isLast) {
            outgoing.remove(out.id);
        } else if (out.steps.remove(0) instanceof WireStep.Pause pause) {
            outgoing.put(out.id, out);
            out.timer = timers.after(pause.duration(), new Resume(out.id));
        }
        if (!now.isEmpty()) {
            journal.amend(out.id, out.reply, sends, null);
            out.deliveries.add(new Outgoing.Delivery(out.reply, kernel.clock().now(), now, isLast));
            kernel.afterStep(out::deliver);
        }
        if (isLast && now.contains(HANG)) {
            hung.put(out.id, out);
        } else if (isLast) {
            journal.close(out.id);
        }
    }

    @Override
    public void reply(long id, Reply reply) {
        Outgoing out = outgoing.get(id);
        if (id == taking) {
            early = reply;
        } else if (out != null && out.heldBySystem) {
            out.heldBySystem = false;
            out.reply = reply;
            proceed(out);
        }
    }

    @Override
    public void drop(long id) {
        Outgoing out = outgoing.get(id);
        if (out != null && out.heldBySystem) {
            forget(out);
            journal.amend(id, null, false, "the server went away");
            journal.close(id);
            kernel.afterStep(out::drop);
        }
    }

    @Override
    public void abandoned(Wire wire) {
        kernel.step(() -> Stream.concat(outgoing.values().stream(), hung.values().stream())
                .filter(out -> out.wire == wire)
                .findFirst()
                .ifPresent(out -> {
                    forget(out);
                    journal.amend(out.id, null, false, "the client went away");
                    journal.close(out.id);
                    if (out.heldBySystem) {
                        out.api.abandoned(out.id);
                    }
                }));
    }

    private void forget(Outgoing out) {
        outgoing.remove(out.id);
        hung.remove(out.id);
        timers.cancel(out.timer);
    }

    /** How many replies are held: by a delay or by their system. */
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
                    .ifPresent(wait ->
                            ringing = alarm.in(wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP, this::wake));
        }
    }

    /** Catches the world up, which releases what is due; the end of the step sets the next alarm. */
    private void wake() {
        try {
            kernel.step(() -> {});
        } catch (RuntimeException e) {
            log.error("an event failed while replies were held", e);
        }
    }

    // ---- a part of the world ----

    @Override
    public String name() {
        return "http";
    }

    /** Ends the connections of all who wait. Also for the end of the world, outside a step. */
    @Override
    public void reset() {
        kernel.step(() -> {
            Stream.concat(outgoing.values().stream(), hung.values().stream())
                    .forEach(out -> kernel.afterStep(out::drop));
            outgoing.clear();
            hung.clear();
        });
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
