package io.understudy.journal;

import io.understudy.world.DomainEvent;
import io.understudy.world.Kernel;
import io.understudy.world.Part;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a world: requests, replies and domain events, in the order in which the world took them up.
 *
 * <p>It is bounded: when it holds {@link #MAX_ENTRIES} entries or {@link #MAX_BYTES} of bodies and heads, the oldest entries
 * are dropped. Reading it does not move time on (in real mode it first catches up). Safe to use from any thread.
 */
public final class Journal implements Part<Journal.State> {
    /** How many entries it keeps; enough for any test, small enough to look through. */
    public static final int MAX_ENTRIES = 10_000;

    /** How many bytes of requests and replies it keeps, so that dumps of large systems do not fill the heap. */
    public static final long MAX_BYTES = 32L << 20;

    /** How many near misses a failed verification shows; more would bury the nearest. */
    public static final int MAX_NEAR_MISSES = 3;

    /** What an entry weighs beside its texts, roughly: the records and lists around them. */
    private static final int OVERHEAD_BYTES = 400;

    /** What a domain event weighs, roughly. */
    private static final int EVENT_BYTES = 250;

    /** How many domain events an exchange keeps; what one request causes beyond that is a flood that nobody reads. */
    public static final int MAX_CAUSED = 1_000;

    private final Kernel kernel;
    private final Deque<Slot> slots = new ArrayDeque<>();
    private final Map<Long, Slot> open = new HashMap<>();
    private long nextSequence = 1;
    private long bytes;
    private long dropped;
    /** Bounded by the systems' operations times the statuses there are. */
    private final Map<Tally, Long> tallies = new TreeMap<>(Tally.ORDER);

    private @Nullable List<DomainEvent> causing;

    /** An entry in the ring; a held exchange's entry is replaced when the reply leaves. */
    private static final class Slot {
        private Entry entry;
        private long weight;

        private Slot(Entry entry) {
            this.entry = entry;
            this.weight = weigh(entry);
        }
    }

    /** The journal as a value. */
    public record State(long nextSequence, long dropped, List<Entry> entries) {}

    /** An empty journal, which from now on records the domain events of that world. */
    public Journal(Kernel kernel) {
        this.kernel = kernel;
        kernel.onDomainEvent(this::happened);
    }

    // ---- recording: the gateway's side ----

    /** Takes the next number for an exchange; until {@link #record} the domain events that happen are caused by it. */
    public long begin() {
        causing = new ArrayList<>();
        return nextSequence++;
    }

    /** What the exchange that was begun has caused so far; ends the causing. */
    public List<DomainEvent> caused() {
        List<DomainEvent> events = causing == null ? List.of() : List.copyOf(causing);
        causing = null;
        return events;
    }

    /** Records an exchange. An open one waits for what becomes of it: {@link #amend} adds that, {@link #close} ends it. */
    public void record(Exchange exchange, boolean isOpen) {
        Slot slot = append(exchange);
        if (isOpen) {
            open.put(exchange.sequence(), slot);
        } else {
            count(exchange);
        }
    }

    /**
     * Adds to an open exchange; nothing happens if it is not open or not in the journal any more.
     *
     * @param reply what the system answered, if that was not recorded
     * @param left whether anything of the reply leaves now
     * @param fate what else is to be said of it, if anything
     */
    public void amend(long sequence, @Nullable Reply reply, boolean left, @Nullable String fate) {
        Slot slot = open.get(sequence);
        if (slot == null || !(slot.entry instanceof Exchange was)) {
            return;
        }
        List<String> fates = new ArrayList<>(was.fate());
        if (fate != null) {
            fates.add(fate);
        }
        Instant now = kernel.clock().now();
        Exchange completed = new Exchange(
                was.sequence(),
                was.at(),
                was.system(),
                was.node(),
                was.operation(),
                was.request(),
                reply == null ? was.reply() : reply,
                left ? now : was.repliedAt(),
                was.faults(),
                fates,
                was.events());
        slot.entry = completed;
        long weight = weigh(slot.entry);
        bytes += weight - slot.weight;
        slot.weight = weight;
        trim();
    }

    /** Ends an open exchange: nothing will be added any more. */
    public void close(long sequence) {
        Slot slot = open.remove(sequence);
        if (slot != null && slot.entry instanceof Exchange exchange) {
            count(exchange);
        }
    }

    private void count(Exchange exchange) {
        tallies.merge(Tally.of(exchange), 1L, Long::sum);
    }

    private void happened(DomainEvent event) {
        if (causing != null) {
            if (causing.size() < MAX_CAUSED) {
                causing.add(event);
            }
        } else {
            append(new Happening(nextSequence++, event));
        }
    }

    private Slot append(Entry entry) {
        Slot slot = new Slot(entry);
        slots.addLast(slot);
        bytes += slot.weight;
        trim();
        return slot;
    }

    private void trim() {
        while (slots.size() > MAX_ENTRIES || (bytes > MAX_BYTES && slots.size() > 1)) {
            Slot oldest = slots.removeFirst();
            bytes -= oldest.weight;
            open.remove(oldest.entry.sequence(), oldest);
            dropped++;
        }
    }

    private static long weigh(Entry entry) {
        if (!(entry instanceof Exchange exchange)) {
            return EVENT_BYTES;
        }
        Request request = exchange.request();
        String query = request.query();
        long weight = OVERHEAD_BYTES
                + (long) EVENT_BYTES * exchange.events().size()
                + request.path().length()
                + (query == null ? 0 : query.length())
                + weigh(request.headers())
                + request.body().size();
        Reply reply = exchange.reply();
        return reply == null
                ? weight
                : weight + weigh(reply.headers()) + reply.body().size();
    }

    private static long weigh(Headers headers) {
        long weight = 0;
        for (Headers.Header field : headers.fields()) {
            weight += field.name().length() + field.value().length();
        }
        return weight;
    }

    // ---- reading ----

    /** All entries it still holds, oldest first. */
    public List<Entry> entries() {
        return entries(entry -> true, Integer.MAX_VALUE);
    }

    /** The last entries that fit, at most that many, oldest first. */
    public List<Entry> entries(Predicate<Entry> filter, int limit) {
        return kernel.step(() -> {
            Deque<Entry> found = new ArrayDeque<>();
            var newestFirst = slots.descendingIterator();
            while (newestFirst.hasNext() && found.size() < limit) {
                Entry entry = newestFirst.next().entry;
                if (filter.test(entry)) {
                    found.addFirst(entry);
                }
            }
            return List.copyOf(found);
        });
    }

    /** The exchanges that match, oldest first. */
    public List<Exchange> exchanges(Match match) {
        return kernel.step(() -> slots.stream()
                .map(slot -> slot.entry)
                .filter(Exchange.class::isInstance)
                .map(Exchange.class::cast)
                .filter(match::matches)
                .toList());
    }

    /** How many entries it holds. */
    public int size() {
        return kernel.step(slots::size);
    }

    /** What the entries it holds weigh, see {@link #MAX_BYTES}. */
    public long bytes() {
        return kernel.step(() -> bytes);
    }

    /** How many exchanges have ended since the world began or was restored, dropped ones included. */
    public Map<Tally, Long> tallies() {
        return kernel.step(() -> Collections.unmodifiableMap(new LinkedHashMap<>(tallies)));
    }

    /** How many entries were dropped because the journal was full, or cleared. */
    public long dropped() {
        return kernel.step(() -> dropped);
    }

    /** The last entries as lines for people, oldest first. */
    public List<String> tail(int limit) {
        return entries(entry -> true, limit).stream().map(Transcript::line).toList();
    }

    /** Forgets all entries; numbers go on. */
    public void clear() {
        kernel.step(() -> {
            dropped += slots.size();
            slots.clear();
            open.clear();
            bytes = 0;
        });
    }

    // ---- verification ----

    /**
     * Asserts that exchanges took place as expected: {@code verify(Match.operation("undermoon.expand").times(1))}.
     *
     * @throws AssertionError with the nearest misses, field by field, if they did not
     */
    public void verify(Expectation expectation) {
        Verification verification = check(expectation);
        if (!verification.met()) {
            throw new AssertionError(verification.describe(expectation.match()));
        }
    }

    /** Finds out whether exchanges took place as expected. */
    public Verification check(Expectation expectation) {
        return kernel.step(() -> {
            List<Exchange> matching = exchanges(expectation.match());
            boolean met = expectation.metBy(matching.size());
            List<Verification.NearMiss> misses = List.of();
            if (!met) {
                misses = matching.size() < expectation.atLeast() ? nearMisses(expectation.match()) : surplus(matching);
            }
            return new Verification(met, matching.size(), expectation.wanted(), misses, dropped);
        });
    }

    /** The last of too many. */
    private static List<Verification.NearMiss> surplus(List<Exchange> matching) {
        return matching.subList(Math.max(0, matching.size() - MAX_NEAR_MISSES), matching.size()).stream()
                .map(exchange -> new Verification.NearMiss(exchange.sequence(), Transcript.of(exchange), List.of()))
                .toList();
    }

    private record Miss(Exchange exchange, int distance) {}

    /** Those that missed the fewest fields; of several that missed as many, the last, because people look for what they just did. */
    private List<Verification.NearMiss> nearMisses(Match match) {
        List<Miss> misses = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.entry instanceof Exchange exchange) {
                int distance = match.distance(exchange);
                if (distance > 0) {
                    misses.add(new Miss(exchange, distance));
                }
            }
        }
        Collections.reverse(misses);
        return misses.stream()
                .sorted(Comparator.comparingInt(Miss::distance))
                .limit(MAX_NEAR_MISSES)
                .map(miss -> new Verification.NearMiss(
                        miss.exchange().sequence(), Transcript.of(miss.exchange()), match.misses(miss.exchange())))
                .toList();
    }

    // ---- a part of the world ----

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public void reset() {
        slots.clear();
        open.clear();
        bytes = 0;
        dropped = 0;
        nextSequence = 1;
        tallies.clear();
        causing = null;
    }

    @Override
    public State state() {
        return new State(
                nextSequence, dropped, slots.stream().map(slot -> slot.entry).toList());
    }

    @Override
    public void restore(State state) {
        reset();
        state.entries().forEach(this::append);
        nextSequence = state.nextSequence();
        dropped = state.dropped();
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }
}
