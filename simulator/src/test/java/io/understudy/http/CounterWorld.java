package io.understudy.http;

import io.understudy.fault.Fault;
import io.understudy.fault.FaultRule;
import io.understudy.fault.Faults;
import io.understudy.journal.Bytes;
import io.understudy.journal.Exchange;
import io.understudy.journal.Headers;
import io.understudy.journal.Journal;
import io.understudy.journal.Match;
import io.understudy.journal.Request;
import io.understudy.json.Json;
import io.understudy.world.ClockMode;
import io.understudy.world.Kernel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A world with a {@link Counter} and a {@link Radio} behind a gateway, real time and alarms in the test's hand. */
final class CounterWorld {
    /** An alarm that was set. */
    static final class Ring implements Alarm.Pending {
        final Duration after;
        private final Runnable action;
        boolean isCancelled;

        private Ring(Duration after, Runnable action) {
            this.after = after;
            this.action = action;
        }

        @Override
        public void cancel() {
            isCancelled = true;
        }
    }

    final AtomicLong outside = new AtomicLong();
    final List<Ring> rings = new ArrayList<>();
    final Kernel kernel;
    final Journal journal;
    final Faults faults;
    final Gateway gateway;
    final Counter counter;
    final Radio radio;
    final Site radioSite;
    private final Site site;

    CounterWorld(ClockMode mode) {
        this(42, mode);
    }

    CounterWorld(long seed, ClockMode mode) {
        kernel = new Kernel(seed, Kernel.DEFAULT_START, mode, outside::get);
        journal = new Journal(kernel);
        faults = new Faults(kernel);
        gateway = new Gateway(kernel, journal, faults, (after, action) -> {
            Ring ring = new Ring(after, action);
            rings.add(ring);
            return ring;
        });
        counter = new Counter(kernel, gateway);
        site = new Site("counter", "main", counter);
        kernel.add(journal);
        kernel.add(faults);
        kernel.add(gateway);
        kernel.add(counter);
        radio = new Radio(kernel, gateway);
        radioSite = new Site("radio", "main", radio);
        kernel.add(radio);
    }

    FakeWire post(String path) {
        FakeWire wire = new FakeWire();
        post(path, wire);
        return wire;
    }

    void post(String path, Wire wire) {
        gateway.accept(site, request(path), false, wire);
    }

    FakeWire postTooMuch() {
        FakeWire wire = new FakeWire();
        gateway.accept(site, request("/add"), true, wire);
        return wire;
    }

    FakeWire listen(String path) {
        return listen("GET", path);
    }

    FakeWire listen(String method, String path) {
        FakeWire wire = new FakeWire();
        gateway.accept(radioSite, request(method, path), false, wire);
        return wire;
    }

    private static Request request(String path) {
        return request("POST", path);
    }

    private static Request request(String method, String path) {
        return new Request(method, path, null, Headers.NONE, Bytes.EMPTY, "127.0.0.1");
    }

    void inject(Fault fault) {
        faults.add(FaultRule.on(Match.operation("re:(counter|radio)\\..*")).inject(fault));
    }

    void advance(Duration by) {
        kernel.clock().advance(by);
    }

    /** The alarms that were set and not taken back. */
    List<Ring> pendingRings() {
        return rings.stream().filter(ring -> !ring.isCancelled).toList();
    }

    /** Lets real time pass until the one alarm rings. */
    void sleepUntilItRings() {
        List<Ring> pending = pendingRings();
        if (pending.size() != 1) {
            throw new AssertionError(pending.size() + " alarms");
        }
        outside.addAndGet(pending.get(0).after.toNanos());
        pending.get(0).isCancelled = true;
        pending.get(0).action.run();
    }

    Exchange lastExchange() {
        List<Exchange> exchanges = journal.exchanges(Match.ANY);
        return exchanges.get(exchanges.size() - 1);
    }

    String journalJson() {
        return Json.write(journal.entries());
    }
}
