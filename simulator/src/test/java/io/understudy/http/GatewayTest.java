package io.understudy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.fault.Duplicate;
import io.understudy.fault.EmptyReply;
import io.understudy.fault.ErrorReply;
import io.understudy.fault.FixedDelay;
import io.understudy.fault.Hang;
import io.understudy.fault.LoseReply;
import io.understudy.fault.LoseRequest;
import io.understudy.fault.ResetBeforeReply;
import io.understudy.fault.ResetMidReply;
import io.understudy.journal.Entry;
import io.understudy.journal.Exchange;
import io.understudy.journal.Happening;
import io.understudy.world.ClockMode;
import io.understudy.world.DomainEvent;
import io.understudy.world.Kernel;
import io.understudy.world.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private static final Instant START = Kernel.DEFAULT_START;
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final CounterWorld world = new CounterWorld(ClockMode.manual());

    @Test
    void anOrdinaryReplyLeavesAtOnceAndIsInTheJournal() {
        FakeWire wire = world.post("/add");

        assertThat(wire.text()).isEqualTo("200 1");
        assertThat(wire.instants).containsExactly(START);
        assertThat(wire.isOver).isTrue();
        Exchange exchange = world.lastExchange();
        assertThat(exchange.sequence()).isEqualTo(1);
        assertThat(exchange.operation()).isEqualTo("counter.add");
        assertThat(exchange.reply()).isEqualTo(wire.replies.get(0));
        assertThat(exchange.at()).isEqualTo(START);
        assertThat(exchange.repliedAt()).isEqualTo(START);
        assertThat(exchange.fate()).isEmpty();
        assertThat(exchange.faults()).isEmpty();
        assertThat(exchange.events()).extracting(DomainEvent::details).containsExactly(Map.of("number", 1L));
        assertThat(world.gateway.held()).isZero();
    }

    @Test
    void whatIsUnknownOrTooLargeIsTheSystemsToAnswer() {
        assertThat(world.post("/nowhere").text()).isEqualTo("404 not here");
        assertThat(world.lastExchange().operation()).isEqualTo("counter.unrouted");
        assertThat(world.postTooMuch().text()).isEqualTo("413 too large");
        assertThat(world.lastExchange().operation()).isEqualTo("counter.unrouted");
        assertThat(world.counter.number()).isZero();
    }

    // ---- ambiguous faults ----

    @Test
    void aLostRequestChangesNothing() {
        world.inject(new LoseRequest());

        assertThat(world.post("/add").stepNames()).containsExactly("Reset");
        assertThat(world.counter.number()).isZero();
        assertThat(world.lastExchange().reply()).isNull();
        assertThat(world.lastExchange().repliedAt()).isNull();
        assertThat(world.lastExchange().fate()).containsExactly("not executed", "request lost");
        assertThat(world.lastExchange().faults()).containsExactly("fault-1");
    }

    @Test
    void aLostReplyChangesTheStateOnce() {
        world.inject(new LoseReply());

        assertThat(world.post("/add").stepNames()).containsExactly("Reset");
        assertThat(world.counter.number()).isEqualTo(1);
        assertThat(world.lastExchange().reply()).isEqualTo(Counter.text(200, "1"));
        assertThat(world.lastExchange().repliedAt()).isNull();
        assertThat(world.lastExchange().fate()).containsExactly("reply lost");
    }

    @Test
    void aDuplicateChangesTheStateTwiceAndGivesTheSecondReply() {
        world.inject(new Duplicate());

        assertThat(world.post("/add").text()).isEqualTo("200 2");
        assertThat(world.counter.number()).isEqualTo(2);
        assertThat(world.lastExchange().events()).hasSize(2);
        assertThat(world.lastExchange().fate()).containsExactly("executed twice");
    }

    @Test
    void anErrorInsteadChangesNothing() {
        world.inject(new ErrorReply(503, Map.of("retry-after", "1"), "busy"));

        FakeWire wire = world.post("/add");

        assertThat(wire.text()).isEqualTo("503 busy");
        assertThat(wire.replies.get(0).headers().first("Retry-After")).contains("1");
        assertThat(world.counter.number()).isZero();
        assertThat(world.lastExchange().fate()).containsExactly("replied 503 without executing");
    }

    // ---- faults of the wire ----

    @Test
    void wireFaultsEndTheConnectionTheirWay() {
        world.inject(new ResetBeforeReply());
        assertThat(world.post("/add").stepNames()).containsExactly("Reset");
        world.faults.clear();
        world.inject(new EmptyReply());
        assertThat(world.post("/add").stepNames()).containsExactly("Close");
        assertThat(world.lastExchange().repliedAt()).isNull();
        world.faults.clear();
        world.inject(new ResetMidReply(0.5));
        FakeWire torn = world.post("/add");
        assertThat(torn.stepNames()).containsExactly("SendHead", "SendBody", "Reset");
        assertThat(torn.replies).containsExactly(Counter.text(200, "3"));
        assertThat(world.lastExchange().repliedAt()).isEqualTo(START);
        assertThat(world.counter.number()).isEqualTo(3);
    }

    @Test
    void aHungClientIsRememberedUntilItGoesOrTheWorldBeginsAnew() {
        world.inject(new Hang());
        FakeWire patient = world.post("/add");
        FakeWire impatient = world.post("/add");
        assertThat(patient.stepNames()).containsExactly("Hang");
        assertThat(world.lastExchange().repliedAt()).isNull();
        assertThat(world.gateway.held()).isZero();

        world.gateway.abandoned(impatient);
        assertThat(world.lastExchange().fate()).containsExactly("never replied", "the client went away");
        assertThat(world.lastExchange().reply()).isEqualTo(Counter.text(200, "2"));

        world.kernel.reset();
        assertThat(patient.isDropped).isTrue();
        assertThat(impatient.isDropped).isFalse();
    }

    @Test
    void aHangAfterADelayIsAHang() {
        world.inject(new FixedDelay(TWO_SECONDS));
        world.inject(new Hang());
        FakeWire wire = world.post("/add");
        world.advance(TWO_SECONDS);
        assertThat(wire.stepNames()).containsExactly("Hang");

        world.gateway.abandoned(wire);
        assertThat(world.lastExchange().fate())
                .containsExactly("delayed by PT2S", "never replied", "the client went away");
    }

    @Test
    void aWireThatFailsIsDroppedAndHarmsNobodyElse() {
        world.inject(new FixedDelay(TWO_SECONDS));
        FakeWire bad = world.post("/add");
        FakeWire good = world.post("/add");
        bad.fails = true;

        world.advance(TWO_SECONDS);

        assertThat(bad.isDropped).isTrue();
        assertThat(good.text()).isEqualTo("200 2");
    }

    // ---- held replies, manual time ----

    @Test
    void aDelayedReplyIsExecutedAtOnceAndReleasedByTime() {
        world.inject(new FixedDelay(TWO_SECONDS));
        FakeWire wire = world.post("/add");

        assertThat(world.counter.number()).isEqualTo(1);
        assertThat(wire.steps).isEmpty();
        assertThat(world.gateway.held()).isEqualTo(1);
        assertThat(world.lastExchange().reply()).isNull();
        world.advance(Duration.ofMillis(1999));
        assertThat(wire.steps).isEmpty();
        world.advance(Duration.ofSeconds(10));

        assertThat(wire.text()).isEqualTo("200 1");
        assertThat(wire.instants).containsExactly(START.plusSeconds(2));
        assertThat(world.lastExchange().repliedAt()).isEqualTo(START.plusSeconds(2));
        assertThat(world.lastExchange().fate()).containsExactly("delayed by PT2S");
        assertThat(world.gateway.held()).isZero();
    }

    @Test
    void aReplyThatTheSystemHoldsIsReleasedByTheSystem() {
        FakeWire wire = world.post("/wait");
        world.post("/add");
        assertThat(wire.steps).isEmpty();

        world.counter.release();
        world.counter.release();

        assertThat(wire.text()).isEqualTo("200 released 1");
        assertThat(world.journal.entries()).extracting(Entry::sequence).containsExactly(1L, 2L);
        assertThat(((Exchange) world.journal.entries().get(0)).reply()).isEqualTo(Counter.text(200, "released 1"));
    }

    @Test
    void aSystemMayReplyBeforeItsHandlerReturns() {
        assertThat(world.post("/echo").text()).isEqualTo("200 echo");
        assertThat(world.lastExchange().reply()).isEqualTo(Counter.text(200, "echo"));
    }

    @Test
    void aDelayComesOnTopOfTheSystemsOwnWaiting() {
        world.inject(new FixedDelay(TWO_SECONDS));
        FakeWire wire = world.post("/wait/3");
        world.advance(Duration.ofSeconds(4));
        assertThat(wire.steps).isEmpty();
        world.advance(Duration.ofSeconds(1));

        assertThat(wire.text()).isEqualTo("200 ready 0");
        assertThat(wire.instants).containsExactly(START.plusSeconds(5));
    }

    @Test
    void whoGoesAwayIsForgotten() {
        FakeWire heldBySystem = world.post("/wait");
        world.gateway.abandoned(heldBySystem);
        assertThat(world.counter.abandoned).containsExactly(1L);
        assertThat(world.lastExchange().fate()).containsExactly("the client went away");
        assertThat(world.lastExchange().reply()).isNull();

        world.inject(new FixedDelay(TWO_SECONDS));
        FakeWire delayed = world.post("/add");
        world.gateway.abandoned(delayed);
        world.gateway.abandoned(delayed);
        assertThat(world.counter.abandoned).hasSize(1);
        assertThat(world.kernel.clock().pendingCount())
                .as("nothing is left to be done")
                .isZero();
        world.counter.release();
        world.advance(TWO_SECONDS);

        assertThat(heldBySystem.steps).isEmpty();
        assertThat(delayed.steps).isEmpty();
        assertThat(world.gateway.held()).isZero();
    }

    @Test
    void aResetDropsThoseWhoWait() {
        world.inject(new FixedDelay(TWO_SECONDS));
        FakeWire delayed = world.post("/add");
        FakeWire held = world.post("/wait");

        world.kernel.reset();
        world.advance(TWO_SECONDS);

        assertThat(delayed.isDropped).isTrue();
        assertThat(held.isDropped).isTrue();
        assertThat(delayed.steps).isEmpty();
        assertThat(world.post("/add").text()).isEqualTo("200 1");
    }

    @Test
    void theGatewayCanBeClosedFromOutsideAStep() {
        FakeWire held = world.post("/wait");
        world.gateway.reset();

        assertThat(held.isDropped).isTrue();
    }

    @Test
    void aRestoredWorldDropsThoseWhoWaitAndRepliesToNobody() {
        world.inject(new FixedDelay(TWO_SECONDS));
        FakeWire delayed = world.post("/add");
        Snapshot snapshot = world.kernel.snapshot();

        world.kernel.restore(snapshot);
        world.advance(TWO_SECONDS);

        assertThat(delayed.isDropped).isTrue();
        assertThat(delayed.steps).isEmpty();
        assertThat(world.counter.number()).isEqualTo(1);
    }

    // ---- per-request time ----

    @Test
    void perRequestTimeMovesOnUntilTheReplyCanLeave() {
        CounterWorld polled = new CounterWorld(ClockMode.perRequest(Duration.ofSeconds(1)));
        polled.inject(new FixedDelay(TWO_SECONDS));

        assertThat(polled.post("/add").instants).containsExactly(START.plusSeconds(3));
        polled.faults.clear();
        assertThat(polled.post("/wait/10").instants).containsExactly(START.plusSeconds(14));
        assertThat(polled.kernel.clock().now()).isEqualTo(START.plusSeconds(14));
    }

    @Test
    void perRequestTimeDoesNotMoveForWhatNothingWillBring() {
        CounterWorld polled = new CounterWorld(ClockMode.perRequest(Duration.ofSeconds(1)));
        FakeWire held = polled.post("/wait");
        assertThat(polled.kernel.clock().now()).isEqualTo(START.plusSeconds(1));
        polled.inject(new Hang());
        polled.post("/add");
        assertThat(polled.kernel.clock().now()).isEqualTo(START.plusSeconds(2));

        polled.counter.release();
        assertThat(held.text()).isEqualTo("200 released 1");
    }

    @Test
    void perRequestPatienceEnds() {
        CounterWorld polled = new CounterWorld(ClockMode.perRequest(Duration.ofSeconds(1)));
        FakeWire slow = polled.post("/wait/3601");
        assertThat(slow.steps).isEmpty();
        assertThat(polled.kernel.clock().now()).isEqualTo(START.plusSeconds(1).plus(Gateway.PATIENCE));
        assertThat(polled.gateway.held()).isEqualTo(1);

        polled.post("/add");
        assertThat(slow.text()).isEqualTo("200 ready 0");
    }

    // ---- real time ----

    @Test
    void inRealTimeAnAlarmReleasesWhatIsHeld() {
        CounterWorld real = new CounterWorld(ClockMode.real(10));
        real.inject(new FixedDelay(TWO_SECONDS));
        FakeWire wire = real.post("/add");

        assertThat(real.pendingRings()).extracting(ring -> ring.after).containsExactly(Duration.ofMillis(200));
        real.sleepUntilItRings();

        assertThat(wire.text()).isEqualTo("200 1");
        assertThat(wire.instants).containsExactly(START.plusSeconds(2));
        assertThat(real.pendingRings()).isEmpty();
    }

    @Test
    void theAlarmIsSetAgainWhenTimeOrThePlanChanges() {
        CounterWorld real = new CounterWorld(ClockMode.real(1));
        FakeWire late = real.post("/wait/3600");
        assertThat(real.pendingRings()).extracting(ring -> ring.after).containsExactly(Duration.ofHours(1));

        real.advance(Duration.ofMinutes(30));
        assertThat(real.pendingRings()).extracting(ring -> ring.after).containsExactly(Duration.ofMinutes(30));

        FakeWire early = real.post("/wait/60");
        assertThat(real.pendingRings()).extracting(ring -> ring.after).containsExactly(Duration.ofMinutes(1));

        real.kernel.clock().setMode(ClockMode.real(60));
        assertThat(real.pendingRings()).extracting(ring -> ring.after).containsExactly(Duration.ofSeconds(1));
        real.sleepUntilItRings();
        assertThat(early.text()).isEqualTo("200 ready 0");
        assertThat(real.pendingRings()).hasSize(1);
        real.kernel.clock().setMode(ClockMode.manual());
        assertThat(real.pendingRings()).isEmpty();
        real.kernel.clock().setMode(ClockMode.real(60));
        real.sleepUntilItRings();
        assertThat(late.text()).isEqualTo("200 ready 0");
        assertThat(real.pendingRings()).isEmpty();
    }

    @Test
    void anAlarmIsSetForWhatAnotherStepPlans() {
        CounterWorld real = new CounterWorld(ClockMode.real(1));
        FakeWire held = real.post("/wait");
        assertThat(real.pendingRings()).as("nothing is planned").isEmpty();

        real.counter.plan(Duration.ofSeconds(5), new Counter.Ready(1));
        real.sleepUntilItRings();

        assertThat(held.text()).isEqualTo("200 ready 0");
    }

    @Test
    void theAlarmIsTakenBackWhenNobodyWaitsAnyMore() {
        CounterWorld real = new CounterWorld(ClockMode.real(1));
        FakeWire gone = real.post("/wait/60");
        real.gateway.abandoned(gone);
        assertThat(real.pendingRings()).isEmpty();

        real.post("/wait/60");
        real.kernel.reset();
        assertThat(real.pendingRings()).isEmpty();
    }

    @Test
    void nobodySleepsLongerThanADay() {
        CounterWorld real = new CounterWorld(ClockMode.real(1e-300));
        real.post("/wait/60");

        assertThat(real.pendingRings()).extracting(ring -> ring.after).containsExactly(Duration.ofDays(1));
    }

    @Test
    void anEventThatFailsDoesNotKeepTheAlarmFromBeingSetAgain() {
        CounterWorld real = new CounterWorld(ClockMode.real(1));
        real.counter.plan(Duration.ofSeconds(1), new Counter.Ill());
        FakeWire wire = real.post("/wait/2");
        real.sleepUntilItRings();
        real.sleepUntilItRings();

        assertThat(wire.text()).isEqualTo("200 ready 0");
    }

    // ---- defects ----

    @Test
    void aHandlerThatFailsIsToldAndTheWorldGoesOn() {
        FakeWire wire = world.post("/fail");

        assertThat(wire.text())
                .isEqualTo("500 Understudy has a defect here, the emulated system does not answer so:"
                        + " java.lang.IllegalStateException: broken\n");
        assertThat(world.lastExchange().fate())
                .containsExactly("defect in the simulator: java.lang.IllegalStateException: broken");
        assertThat(world.lastExchange().events()).hasSize(1);
        assertThat(world.post("/assert").text()).startsWith("500 ");
        assertThat(world.post("/lost").text()).startsWith("500 ");
        assertThat(world.lastExchange().operation()).isEqualTo("counter.unrouted");
        assertThat(world.post("/add").text()).isEqualTo("200 1");
        world.counter.plan(Duration.ZERO, new Counter.Ready(99));
        world.kernel.step(() -> world.kernel.emit("counter", "alone", Map.of()));
        assertThat(world.journal.entries()).last().isInstanceOf(Happening.class);
    }

    @Test
    void anEventThatFailsBeforeARequestIsToldToItsClient() {
        CounterWorld polled = new CounterWorld(ClockMode.perRequest(Duration.ofSeconds(1)));
        polled.counter.plan(Duration.ofSeconds(1), new Counter.Ill());

        assertThat(polled.post("/add").text()).startsWith("500 ").contains("ill");
        assertThat(polled.lastExchange().fate())
                .containsExactly("defect in the simulator: java.lang.IllegalStateException: ill");
        assertThat(polled.counter.number()).isZero();
        assertThat(polled.post("/add").text()).isEqualTo("200 1");
    }

    @Test
    void anEventThatFailsWhileAReplyIsHeldIsToldToItsClient() {
        CounterWorld polled = new CounterWorld(ClockMode.perRequest(Duration.ofSeconds(1)));
        polled.counter.plan(Duration.ofSeconds(2), new Counter.Ill());

        FakeWire wire = polled.post("/wait/5");

        assertThat(wire.text()).startsWith("500 ").contains("ill");
        assertThat(polled.gateway.held()).isZero();
        polled.advance(Duration.ofSeconds(10));
        assertThat(wire.steps).hasSize(1);
    }
}
