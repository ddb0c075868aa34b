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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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
 *            │                      │                        or by the system (it replies later)
 *            │                      └────────────────▶ streamed: the head now, parts as the system sends them
 *            ▼
 *  Wire ── carryOut    outside the lock
 * </pre>
 *
 * <p>What is held or streamed is a socket and no part of the world's state: a snapshot knows nothing of it, and in a restored world the
 * replies of the old one find nobody waiting.
 */
public final class Gateway implements Part<Gateway.State>, Replies, Intake {
    /**
     * How much virtual time a request may take in per-request mode, where its own waiting moves the clock. A reply that has
     * not come by then (a system that waits for something that never happens) stays held.
     */
    public static final Duration PATIENCE = Duration.ofHours(1);

    /**
     * How much of one streamed reply may wait for its client; beyond it the connection is cut. A part counts with its bytes and
     * 200 more for what it costs beside them. Who reads at all is never far behind; what piles up is what a jump of the clock
     * sends at once, and a day of an event every five seconds with 250 bytes each still fits.
     */
    public static final long MAX_BACKLOG_BYTES = 8L << 20;

    private static final WireStep HANG = new WireStep.Hang();

    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    private final Kernel kernel;
    private final Journal journal;
    private final Faults faults;
    private final Timers timers;
    /** Replies that time or their system will release, and those that their system streams. */
    private final Map<Long, Outgoing> outgoing = new HashMap<>();

    /** Exchanges that have ended with nothing, while the client still waits. */
    private final Map<Long, Outgoing> hung = new HashMap<>();

    /** Calls whose system is to be told, at the end of the step, that nobody listens to its stream any more. */
    private final Queue<Outgoing> unheard = new ArrayDeque<>();

    /** The exchange whose handler is at work; its system may already reply. */
    private @Nullable Outgoing taking;

    /** A gateway remembers nothing that outlives its sockets. */
    public record State() {}

    /** A reply that was held back goes on its way. */
    record Resume(long exchange) implements Event {}

    /** The gateway of a world. */
    public Gateway(Kernel kernel, Journal journal, Faults faults, Alarm alarm) {
        this.kernel = kernel;
        this.journal = journal;
        this.faults = faults;
        this.timers = kernel.timers(this);
        AlarmClock alarmClock = new AlarmClock(kernel, alarm, () -> !outgoing.isEmpty());
        kernel.onStepEnd(() -> {
            tellUnheard();
            alarmClock.setAgain();
        });
    }

    @Override
    public void accept(Site site, Request request, boolean oversized, Wire wire) {
        AtomicReference<@Nullable Outgoing> taken = new AtomicReference<>();
        try {
            kernel.request(() -> {
                Outgoing out = take(site, request, oversized, wire);
                taken.set(out);
                if (isHeld(out) && kernel.clock().mode() instanceof ClockMode.PerRequest) {
                    kernel.clock().runUntil(() -> !isHeld(out) || kernel.clock().pendingCount() == 0, PATIENCE);
                }
                return out;
            });
        } catch (RuntimeException e) {
            log.error("an event failed before the reply to {} {}", request.method(), request.target(), e);
            answerInPlace(site, request, wire, taken.get(), Defect.of(e));
        }
    }

    private Outgoing take(Site site, Request request, boolean oversized, Wire wire) {
        Route route = Execution.route(site, request, oversized);
        Course course = faults.course(site.system(), site.node(), route.operation(), request);
        Instant now = kernel.clock().now();
        long id = journal.begin();
        List<String> fate = new ArrayList<>(course.fate());
        Outgoing out = new Outgoing(id, wire, site.api(), course);
        taking = out;
        out.answered(
                Execution.answer(out, route, new Call(id, site.node(), request, route.parameters()), course, fate));
        taking = null;
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
                out.isHeld() || out.hangs() || out.opens());
        if (out.heldBySystem) {
            outgoing.put(id, out);
        } else {
            proceed(out);
        }
        return out;
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
                    proceed(new Outgoing(id, wire, site.api(), new Course()).answered(Answer.now(defect.reply())));
                } else if (isHeld(taken)) {
                    forget(taken);
                    if (taken.isStream && taken.isExpected()) {
                        unheard.add(taken);
                    }
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

    /** Carries out steps up to the next pause, to the head of a stream, or to the end. */
    private void proceed(Outgoing out) {
        boolean sends = out.sendsNow();
        boolean opens = out.opens();
        List<WireStep> now = out.takeSteps();
        boolean isLast = out.steps.isEmpty() && !opens;
        if (isLast) {
            outgoing.remove(out.id);
        } else {
            outgoing.put(out.id, out);
        }
        if (!isLast && !opens && out.steps.remove(0) instanceof WireStep.Pause pause) {
            out.timer = timers.after(pause.duration(), new Resume(out.id));
        }
        if (!now.isEmpty()) {
            journal.amend(out.id, out.reply, sends, null);
            handOver(out, now, isLast);
        }
        if (opens) {
            open(out);
        } else if (isLast && now.contains(HANG)) {
            hung.put(out.id, out);
        } else if (isLast) {
            over(out, null);
        }
    }

    private void handOver(Outgoing out, List<WireStep> steps, boolean isLast) {
        out.deliveries.add(new Outgoing.Delivery(out.reply, kernel.clock().now(), steps, isLast));
        kernel.afterStep(out::deliver);
    }

    /** The last word on an exchange. */
    private void over(Outgoing out, @Nullable String fate) {
        if (out.isOpen) {
            journal.amend(out.id, null, false, out.stream.fate());
        }
        if (fate != null) {
            journal.amend(out.id, null, false, fate);
        }
        journal.close(out.id);
        forget(out);
        if (out.isStream && out.isExpected()) {
            unheard.add(out);
        }
    }

    // ---- what systems say after their handlers have returned ----

    @Override
    public void reply(long id, Reply reply) {
        Outgoing out = waiting(id);
        if (out != null && out == taking) {
            out.reply = reply;
        } else if (out != null && out.heldBySystem) {
            out.heldBySystem = false;
            out.reply = reply;
            proceed(out);
        }
    }

    @Override
    public void send(long id, Bytes part) {
        Outgoing out = waiting(id);
        if (out == null || !takesParts(out) || hung.containsKey(id) || part.size() == 0) {
            return;
        }
        if (!out.stream.admits(part, out.wire)) {
            cutIfOverrun(out);
        } else if (out.isOpen) {
            pass(out, part);
        } else {
            out.stream.keep(part);
        }
    }

    @Override
    public void end(long id) {
        Outgoing out = waiting(id);
        if (out != null && takesParts(out)) {
            out.stream.end();
            endIfOpen(out);
        }
    }

    @Override
    public void drop(long id) {
        Outgoing out = waiting(id);
        if (out != null && out.isExpected()) {
            out.stream.end();
            if (out.isOpen) {
                handOver(out, List.of(new WireStep.Close()), true);
            } else {
                kernel.afterStep(out::drop);
            }
            over(out, "the server went away");
        }
    }

    private @Nullable Outgoing waiting(long id) {
        if (taking != null && taking.id == id) {
            return taking;
        }
        Outgoing out = outgoing.get(id);
        return out != null ? out : hung.get(id);
    }

    private boolean takesParts(Outgoing out) {
        return (out.isStream || out == taking) && !out.stream.isEnded();
    }

    /** The head has gone; after it goes what was sent meanwhile. */
    private void open(Outgoing out) {
        out.isOpen = true;
        for (Bytes part : out.stream.kept()) {
            if (out.isOpen) {
                pass(out, part);
            }
        }
        cutIfOverrun(out);
        endIfOpen(out);
    }

    private void pass(Outgoing out, Bytes part) {
        if (out.isToBeTorn()) {
            handOver(out, out.takeTear(part), true);
            over(out, null);
        } else {
            out.stream.count(part);
            handOver(out, List.of(new WireStep.SendPart(part, 1)), false);
        }
    }

    private void endIfOpen(Outgoing out) {
        if (out.isOpen && out.stream.isEnded()) {
            handOver(out, out.isToBeTorn() ? out.takeTear(null) : List.of(new WireStep.SendEnd()), true);
            over(out, null);
        }
    }

    private void cutIfOverrun(Outgoing out) {
        if (out.stream.isOverrun() && outgoing.containsKey(out.id)) {
            kernel.afterStep(out::drop);
            over(out, "cut off: more than " + MAX_BACKLOG_BYTES + " bytes waited for the client");
        }
    }

    // ---- clients that go ----

    @Override
    public void abandoned(Wire wire) {
        kernel.step(() -> Stream.concat(outgoing.values().stream(), hung.values().stream())
                .filter(out -> out.wire == wire)
                .findFirst()
                .ifPresent(out -> {
                    over(out, "the client went away");
                    if (out.heldBySystem) {
                        out.tell();
                    }
                }));
    }

    private void tellUnheard() {
        for (Outgoing out = unheard.poll(); out != null; out = unheard.poll()) {
            out.tell();
        }
    }

    private void forget(Outgoing out) {
        out.isOpen = false;
        outgoing.remove(out.id);
        hung.remove(out.id);
        timers.cancel(out.timer);
    }

    private boolean isHeld(Outgoing out) {
        return !out.isOpen && outgoing.containsKey(out.id);
    }

    /** How many replies are held: by a delay or by their system. */
    public int held() {
        return kernel.step(() -> outgoing.size() - streaming());
    }

    /** How many replies are being streamed. */
    public int streaming() {
        return kernel.step(
                () -> (int) outgoing.values().stream().filter(out -> out.isOpen).count());
    }

    // ---- a part of the world ----

    @Override
    public String name() {
        return "http";
    }

    /** Ends the connections of all who wait or listen. Also for the end of the world, outside a step. */
    @Override
    public void reset() {
        kernel.step(() -> {
            Stream.concat(outgoing.values().stream(), hung.values().stream())
                    .forEach(out -> kernel.afterStep(out::drop));
            outgoing.clear();
            hung.clear();
            unheard.clear();
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
