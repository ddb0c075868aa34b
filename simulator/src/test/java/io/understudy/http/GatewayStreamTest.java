package io.understudy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.fault.Duplicate;
import io.understudy.fault.EmptyReply;
import io.understudy.fault.ErrorReply;
import io.understudy.fault.Fault;
import io.understudy.fault.FixedDelay;
import io.understudy.fault.Hang;
import io.understudy.fault.LoseReply;
import io.understudy.fault.LoseRequest;
import io.understudy.fault.ResetBeforeReply;
import io.understudy.fault.ResetMidReply;
import io.understudy.journal.Bytes;
import io.understudy.journal.Exchange;
import io.understudy.journal.Journal;
import io.understudy.journal.Reply;
import io.understudy.journal.Reply.Framing;
import io.understudy.world.ClockMode;
import io.understudy.world.Kernel;
import io.understudy.world.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayStreamTest {
    private static final Instant START = Kernel.DEFAULT_START;
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    private static final String MEGABYTE = "x".repeat(1 << 20);

    private final CounterWorld world = new CounterWorld(ClockMode.manual());

    @Test
    void theHeadGoesAtOnceAndThePartsAsTheyAreSent() {
        FakeWire wire = world.listen("/listen");
        assertThat(wire.story()).containsExactly("SendHead");

        world.radio.say("one");
        world.advance(TWO_SECONDS);
        world.radio.say("two");
        assertThat(wire.story()).containsExactly("SendHead", "one", "two");
        assertThat(wire.instants).containsExactly(START, START, START.plusSeconds(2));
        assertThat(wire.isOver).isFalse();
        world.radio.end();

        assertThat(wire.story()).containsExactly("SendHead", "one", "two", "SendEnd");
        assertThat(wire.isOver).isTrue();
        assertThat(world.radio.abandoned).as("the system ended it").isEmpty();
        assertThat(world.gateway.streaming()).isZero();
    }

    @Test
    void theHeadIsOneOfAStreamHoweverTheSystemMadeIt() {
        Reply head = world.listen("/listen").replies.get(0);

        assertThat(head.framing()).isEqualTo(Framing.CHUNKED);
        assertThat(head.gzip()).isFalse();
        assertThat(head.headers()).isEqualTo(Radio.HEAD.headers());
        assertThat(new Answer.Stream(Radio.HEAD.framed(Framing.CLOSE)).head().framing())
                .isEqualTo(Framing.CLOSE);
        assertThat(new Answer.Stream(Radio.HEAD.framed(Framing.NONE)).head().framing())
                .isEqualTo(Framing.CHUNKED);
        assertThatThrownBy(() -> Answer.stream(Counter.text(200, "body"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.stream(Radio.HEAD.with("Content-Length", "3")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyListenerHearsTheSame() {
        FakeWire first = world.listen("/listen");
        world.radio.say("one");
        FakeWire second = world.listen("/listen");
        world.radio.say("two");

        assertThat(first.story()).containsExactly("SendHead", "one", "two");
        assertThat(second.story()).containsExactly("SendHead", "two");
        assertThat(world.gateway.streaming()).isEqualTo(2);
        assertThat(world.gateway.held()).as("streams are not held").isZero();
    }

    @Test
    void partsMayBeSentBeforeTheHandlerReturns() {
        assertThat(world.listen("/hello").story()).containsExactly("SendHead", "hello");
        FakeWire whole = world.listen("/short");

        assertThat(whole.story()).containsExactly("SendHead", "hello", "SendEnd");
        assertThat(world.lastExchange().fate()).containsExactly("streamed 1 part, 5 bytes");
        assertThat(whole.isOver).isTrue();
        assertThat(world.gateway.streaming()).isEqualTo(1);
    }

    @Test
    void aHandlerThatFailsAfterItsFirstPartAnswersThatAlone() {
        assertThat(world.listen("/broken").text()).startsWith("500 ").contains("no power");
        assertThat(world.gateway.streaming()).isZero();
    }

    @Test
    void anEmptyPartIsNothingBecauseItWouldEndTheStream() {
        FakeWire wire = world.listen("/listen");
        world.radio.say("");
        world.radio.end();

        assertThat(wire.story()).containsExactly("SendHead", "SendEnd");
        assertThat(world.lastExchange().fate()).containsExactly("streamed 0 parts, 0 bytes");
    }

    @Test
    void nothingFollowsTheEnd() {
        FakeWire wire = world.listen("/listen");
        world.radio.end();

        world.kernel.step(() -> {
            world.gateway.send(1, Bytes.utf8("late"));
            world.gateway.end(1);
            world.gateway.drop(1);
            world.gateway.reply(1, Counter.text(200, "late"));
        });

        assertThat(wire.story()).containsExactly("SendHead", "SendEnd");
        assertThat(wire.isDropped).isFalse();
    }

    @Test
    void partsAreForStreamsAndRepliesForTheRest() {
        FakeWire held = world.post("/wait");
        FakeWire open = world.listen("/listen");

        world.kernel.step(() -> {
            world.gateway.send(1, Bytes.utf8("part"));
            world.gateway.end(1);
            world.gateway.reply(2, Counter.text(200, "reply"));
        });

        assertThat(held.steps).isEmpty();
        assertThat(world.gateway.held()).isEqualTo(1);
        assertThat(open.story()).containsExactly("SendHead");
    }

    @Test
    void aHeadRequestGetsTheHeadAndItsSystemIsToldThatNobodyListens() {
        FakeWire wire = world.listen("HEAD", "/hello");
        world.radio.say("one");

        assertThat(wire.stepNames()).containsExactly("SendReply");
        assertThat(wire.replies.get(0).body().size()).isZero();
        assertThat(wire.replies.get(0).framing()).isEqualTo(Framing.CHUNKED);
        assertThat(wire.isOver).isTrue();
        assertThat(world.radio.abandoned).containsExactly(1L);
        assertThat(world.lastExchange().fate()).isEmpty();
    }

    // ---- ends ----

    @Test
    void whoGoesAwayIsToldToTheSystemOnce() {
        FakeWire wire = world.listen("/listen");
        FakeWire other = world.listen("/listen");
        world.radio.say("one");

        world.gateway.abandoned(wire);
        world.gateway.abandoned(wire);
        world.radio.say("two");

        assertThat(world.radio.abandoned).containsExactly(1L);
        assertThat(wire.story()).containsExactly("SendHead", "one");
        assertThat(other.story()).containsExactly("SendHead", "one", "two");
        assertThat(exchange(1).fate()).containsExactly("streamed 1 part, 3 bytes", "the client went away");
    }

    @Test
    void aServerThatGoesAwayEndsTheConnectionAfterWhatItSent() {
        FakeWire wire = world.listen("/listen");
        world.kernel.step(() -> {
            world.radio.say("one");
            world.radio.drop();
        });

        assertThat(wire.story()).containsExactly("SendHead", "one", "Close");
        assertThat(wire.isOver).isTrue();
        assertThat(world.radio.abandoned).isEmpty();
        assertThat(world.lastExchange().fate()).containsExactly("streamed 1 part, 3 bytes", "the server went away");
    }

    @Test
    void aResetOrARestoreEndsAllStreams() {
        FakeWire reset = world.listen("/listen");
        world.kernel.reset();
        FakeWire restored = world.listen("/listen");
        Snapshot snapshot = world.kernel.snapshot();
        world.kernel.restore(snapshot);
        world.radio.say("to nobody");

        assertThat(reset.isDropped).isTrue();
        assertThat(restored.isDropped).isTrue();
        assertThat(restored.story()).containsExactly("SendHead");
        assertThat(world.gateway.streaming()).isZero();
        assertThat(world.radio.abandoned)
                .as("connections are no part of the world")
                .isEmpty();
    }

    @Test
    void aWorldThatBeginsAnewIsNotToldOfTheListenersOfTheOldOne() {
        world.inject(new ResetMidReply(0.5));
        world.listen("/listen");
        world.kernel.step(() -> {
            world.radio.say("torn");
            world.kernel.reset();
        });

        assertThat(world.radio.abandoned).isEmpty();
    }

    @Test
    void aSystemThatFailsWhenItIsToldHarmsNobody() {
        world.radio.isFailing = true;
        FakeWire wire = world.listen("/listen");
        FakeWire other = world.listen("/listen");
        world.gateway.abandoned(wire);
        world.radio.say("one");

        assertThat(other.story()).containsExactly("SendHead", "one");
    }

    // ---- slow readers ----

    @Test
    void whoeverDoesNotReadIsCutOffAndTheOthersGoOn() {
        FakeWire slow = world.listen("/listen");
        FakeWire quick = world.listen("/listen");
        slow.backlog = Gateway.MAX_BACKLOG_BYTES - Wire.PART_OVERHEAD_BYTES - 3;
        world.radio.say("one");
        assertThat(slow.story()).as("exactly full").containsExactly("SendHead", "one");
        slow.backlog++;

        world.radio.say("two");
        assertThat(world.radio.abandoned).containsExactly(1L);
        world.radio.say("six");

        assertThat(slow.isDropped).isTrue();
        assertThat(slow.story()).containsExactly("SendHead", "one");
        assertThat(quick.story()).containsExactly("SendHead", "one", "two", "six");
        assertThat(world.radio.listeners()).containsExactly(2L);
        assertThat(exchange(1).fate())
                .containsExactly(
                        "streamed 1 part, 3 bytes",
                        "cut off: more than " + Gateway.MAX_BACKLOG_BYTES + " bytes waited for the client");
    }

    @Test
    void whatOneStepSendsIsBoundedAsWell() {
        FakeWire wire = world.listen("/listen");
        world.kernel.step(() -> {
            for (int i = 0; i < 8; i++) {
                world.radio.say(MEGABYTE);
            }
        });
        assertThat(wire.isDropped).isTrue();
        assertThat(world.radio.listeners()).isEmpty();
        assertThat(world.lastExchange().fate()).first().isEqualTo("streamed 7 parts, 7340032 bytes");
    }

    @Test
    void whatAHandlerSendsBeforeItReturnsIsBoundedAsWell() {
        FakeWire wire = world.listen("/flood");

        assertThat(wire.isDropped).isTrue();
        assertThat(wire.steps).hasSize(1 + 1 + 7);
        assertThat(world.radio.abandoned).containsExactly(1L);
        assertThat(world.lastExchange().fate()).hasSize(2).first().isEqualTo("streamed 8 parts, 7340037 bytes");
        assertThat(world.gateway.streaming()).isZero();
    }

    @Test
    void whoeverReadsMayBeSentAnyAmount() {
        FakeWire wire = world.listen("/listen");
        for (int i = 0; i < 20; i++) {
            world.radio.say(MEGABYTE);
        }

        assertThat(wire.isDropped).isFalse();
        assertThat(wire.steps).hasSize(21);
    }

    @Test
    void aJumpOfADayIsNoReasonToCut() {
        FakeWire wire = world.listen("/listen");
        world.radio.tickEvery(Duration.ofSeconds(5));
        world.advance(Duration.ofDays(1));

        assertThat(wire.steps).hasSize(1 + 17_280);
        assertThat(wire.isDropped).isFalse();
    }

    // ---- time ----

    @Test
    void inManualTimePartsGoOutWhenTheTestAdvances() {
        FakeWire wire = world.listen("/listen");
        world.radio.tickEvery(TWO_SECONDS);
        world.advance(Duration.ofSeconds(5));

        assertThat(wire.instants).containsExactly(START, START.plusSeconds(2), START.plusSeconds(4));
        assertThat(world.rings).as("nobody needs real time").isEmpty();
    }

    @Test
    void perRequestTimeDoesNotRunForAStream() {
        CounterWorld polled = new CounterWorld(ClockMode.perRequest(Duration.ofSeconds(1)));
        polled.radio.tickEvery(TWO_SECONDS);
        FakeWire wire = polled.listen("/listen");
        assertThat(polled.kernel.clock().now()).isEqualTo(START.plusSeconds(1));
        polled.post("/add");
        assertThat(polled.kernel.clock().now()).isEqualTo(START.plusSeconds(2));
        assertThat(wire.story()).containsExactly("SendHead", "tick at 2026-01-01T00:00:02Z");
        polled.radio.end();

        polled.inject(new FixedDelay(TWO_SECONDS));
        FakeWire late = polled.listen("/listen");
        assertThat(late.story()).startsWith("SendHead");
        assertThat(polled.kernel.clock().now()).as("up to the head").isEqualTo(START.plusSeconds(5));
    }

    @Test
    void inRealTimeAnAlarmWakesTheWorldForEveryPart() {
        CounterWorld real = new CounterWorld(ClockMode.real(10));
        real.radio.tickEvery(TWO_SECONDS);
        assertThat(real.pendingRings()).as("nobody listens").isEmpty();
        FakeWire wire = real.listen("/listen");

        assertThat(real.pendingRings()).extracting(ring -> ring.after).containsExactly(Duration.ofMillis(200));
        real.sleepUntilItRings();
        assertThat(wire.story()).containsExactly("SendHead", "tick at 2026-01-01T00:00:02Z");
        assertThat(real.pendingRings()).extracting(ring -> ring.after).containsExactly(Duration.ofMillis(200));
        real.sleepUntilItRings();
        assertThat(wire.story()).hasSize(3);

        real.gateway.abandoned(wire);
        assertThat(real.pendingRings()).isEmpty();
    }

    // ---- the journal ----

    @Test
    void theExchangeIsRecordedWithItsHeadAndClosedWithItsFate() {
        world.listen("/listen");
        Exchange open = world.lastExchange();
        assertThat(open.reply()).isEqualTo(new Answer.Stream(Radio.HEAD).head());
        assertThat(open.repliedAt()).isEqualTo(START);
        assertThat(open.fate()).isEmpty();
        assertThat(world.journal.tallies()).isEmpty();

        world.radio.say("one");
        world.advance(TWO_SECONDS);
        world.radio.say("three");
        assertThat(world.lastExchange()).as("parts are not journalled").isEqualTo(open);
        world.radio.end();

        assertThat(world.lastExchange().fate()).containsExactly("streamed 2 parts, 8 bytes");
        assertThat(world.lastExchange().repliedAt()).isEqualTo(START);
        assertThat(world.lastExchange().reply()).isEqualTo(open.reply());
        assertThat(world.journal.tallies()).hasSize(1);
    }

    @Test
    void anOpenStreamDoesNotKeepTheJournalFromForgettingIt() {
        FakeWire wire = world.listen("/listen");
        for (int i = 0; i < Journal.MAX_ENTRIES; i++) {
            world.post("/add");
        }
        assertThat(world.journal.dropped()).isEqualTo(1);
        assertThat(world.journal.size()).isEqualTo(Journal.MAX_ENTRIES);
        world.radio.say("one");
        world.radio.end();

        assertThat(wire.story()).containsExactly("SendHead", "one", "SendEnd");
        assertThat(world.lastExchange().fate()).isEmpty();
    }

    // ---- faults ----

    @Test
    void aDelayHoldsTheHeadBackAndThePartsBehindIt() {
        world.inject(new FixedDelay(TWO_SECONDS));
        FakeWire wire = world.listen("/hello");
        world.radio.say("one");
        assertThat(wire.steps).isEmpty();
        assertThat(world.gateway.held()).isEqualTo(1);
        assertThat(world.lastExchange().reply()).isNull();
        world.advance(TWO_SECONDS);
        world.radio.say("two");

        assertThat(wire.story()).containsExactly("SendHead", "hello", "one", "two");
        assertThat(wire.instants).startsWith(START.plusSeconds(2));
        assertThat(world.lastExchange().repliedAt()).isEqualTo(START.plusSeconds(2));
        assertThat(world.gateway.held()).isZero();
        world.radio.end();
        assertThat(world.lastExchange().fate()).containsExactly("delayed by PT2S", "streamed 3 parts, 11 bytes");
    }

    @Test
    void aStreamMayEndBeforeItsDelayedHeadHasGone() {
        world.inject(new FixedDelay(TWO_SECONDS));
        FakeWire ended = world.listen("/short");
        FakeWire dropped = world.listen("/listen");
        world.radio.drop();
        assertThat(dropped.isDropped).isTrue();
        world.advance(TWO_SECONDS);

        assertThat(ended.story()).containsExactly("SendHead", "hello", "SendEnd");
        assertThat(dropped.steps).isEmpty();
        assertThat(world.lastExchange().fate()).containsExactly("delayed by PT2S", "the server went away");
        assertThat(world.radio.abandoned).isEmpty();
    }

    @Test
    void whatWaitsBehindADelayedHeadIsBounded() {
        world.inject(new FixedDelay(TWO_SECONDS));
        FakeWire wire = world.listen("/listen");
        for (int i = 0; i < 8; i++) {
            world.radio.say(MEGABYTE);
        }

        assertThat(wire.isDropped).isTrue();
        assertThat(world.radio.abandoned).containsExactly(1L);
        assertThat(world.gateway.held()).isZero();
        world.advance(TWO_SECONDS);
        assertThat(wire.steps).isEmpty();
    }

    @Test
    void whoLeavesWhileTheHeadIsDelayedIsTold() {
        world.inject(new FixedDelay(TWO_SECONDS));
        FakeWire wire = world.listen("/listen");
        world.gateway.abandoned(wire);
        world.advance(TWO_SECONDS);

        assertThat(world.radio.abandoned).containsExactly(1L);
        assertThat(wire.steps).isEmpty();
        assertThat(world.lastExchange().fate()).containsExactly("delayed by PT2S", "the client went away");
    }

    @Test
    void aReplyThatNeverLeavesLeavesNoListener() {
        Map<Fault, String> faults =
                Map.of(new EmptyReply(), "Close", new ResetBeforeReply(), "Reset", new LoseReply(), "Reset");
        faults.forEach((fault, step) -> {
            world.inject(fault);
            FakeWire wire = world.listen("/hello");
            world.radio.say("one");

            assertThat(wire.stepNames()).containsExactly(step);
            assertThat(wire.isOver).isTrue();
            assertThat(world.radio.abandoned)
                    .containsExactly(world.lastExchange().sequence());
            assertThat(world.radio.listeners()).isEmpty();
            assertThat(world.lastExchange().fate()).hasSize(1);
            assertThat(world.lastExchange().repliedAt()).isNull();
            world.faults.clear();
            world.radio.abandoned.clear();
        });
    }

    @Test
    void aDelayedResetComesAfterTheDelayAndIsToldThen() {
        world.inject(new FixedDelay(TWO_SECONDS));
        world.inject(new ResetBeforeReply());
        FakeWire wire = world.listen("/listen");
        assertThat(world.radio.listeners()).hasSize(1);
        world.advance(TWO_SECONDS);

        assertThat(wire.stepNames()).containsExactly("Reset");
        assertThat(world.radio.abandoned).containsExactly(1L);
    }

    @Test
    void whatNeverReachesTheSystemOpensNoStream() {
        world.inject(new LoseRequest());
        assertThat(world.listen("/listen").stepNames()).containsExactly("Reset");
        world.faults.clear();
        world.inject(new ErrorReply(503, Map.of(), "busy"));
        assertThat(world.listen("/listen").text()).isEqualTo("503 busy");

        assertThat(world.radio.listeners()).isEmpty();
        assertThat(world.radio.abandoned).isEmpty();
        assertThat(world.gateway.streaming()).isZero();
    }

    @Test
    void aHungStreamSwallowsWhatIsSentUntilItsClientGivesUp() {
        world.inject(new Hang());
        FakeWire wire = world.listen("/hello");
        for (int i = 0; i < 20; i++) {
            world.radio.say(MEGABYTE);
        }
        assertThat(wire.stepNames()).containsExactly("Hang");
        assertThat(world.radio.listeners()).as("the system knows nothing of it").containsExactly(1L);
        assertThat(wire.isDropped).isFalse();

        world.gateway.abandoned(wire);
        assertThat(world.radio.abandoned).containsExactly(1L);
        assertThat(world.lastExchange().fate()).containsExactly("never replied", "the client went away");
    }

    @Test
    void aHungStreamThatItsSystemEndsOrDropsIsNotToldAgain() {
        world.inject(new Hang());
        FakeWire ended = world.listen("/listen");
        world.radio.end();
        assertThat(ended.stepNames()).containsExactly("Hang");
        assertThat(ended.isDropped).isFalse();
        world.gateway.abandoned(ended);
        FakeWire dropped = world.listen("/listen");
        world.radio.drop();

        assertThat(dropped.isDropped).isTrue();
        assertThat(world.lastExchange().fate()).containsExactly("never replied", "the server went away");
        assertThat(world.radio.abandoned).isEmpty();
    }

    @Test
    void aResetInTheMiddleTearsTheFirstPart() {
        world.inject(new ResetMidReply(0.5));
        FakeWire wire = world.listen("/listen");
        assertThat(wire.story()).containsExactly("SendHead");
        assertThat(world.lastExchange().fate()).containsExactly("reset in the middle of the reply");
        world.kernel.step(() -> {
            world.radio.say("one");
            world.radio.say("two");
        });

        assertThat(wire.story()).containsExactly("SendHead", "0.5 of one", "Reset");
        assertThat(wire.isOver).isTrue();
        assertThat(world.radio.abandoned).containsExactly(1L);
        assertThat(world.lastExchange().fate())
                .containsExactly("reset in the middle of the reply", "streamed 0 parts, 0 bytes");
        assertThat(world.gateway.streaming()).isZero();
    }

    @Test
    void aTearComesInThePartThatWaitedOrInPlaceOfTheEnd() {
        world.inject(new ResetMidReply(0.25));
        assertThat(world.listen("/short").story()).containsExactly("SendHead", "0.25 of hello", "Reset");
        world.faults.clear();
        world.inject(new ResetMidReply(0.25));
        FakeWire silent = world.listen("/listen");
        world.radio.end();
        assertThat(silent.story()).containsExactly("SendHead", "Reset");

        world.inject(new FixedDelay(TWO_SECONDS));
        FakeWire late = world.listen("/hello");
        world.radio.say("one");
        world.advance(TWO_SECONDS);
        assertThat(late.story()).containsExactly("SendHead", "0.25 of hello", "Reset");
        assertThat(late.isDropped).as("told to do more").isFalse();
    }

    @Test
    void ofTwoExecutionsTheFirstIsAbandonedBeforeTheSecondBegins() {
        world.inject(new Duplicate());
        FakeWire wire = world.listen("/hello");
        assertThat(world.radio.listeners()).as("the second took over the id").containsExactly(1L);
        assertThat(world.radio.abandoned).containsExactly(1L);
        world.radio.say("one");
        assertThat(wire.story()).containsExactly("SendHead", "hello", "one");

        world.gateway.abandoned(wire);
        assertThat(world.radio.listeners()).isEmpty();
        assertThat(world.lastExchange().fate())
                .containsExactly("executed twice", "streamed 2 parts, 8 bytes", "the client went away");
    }

    @Test
    void aDefectWhileTheHeadWaitsReplacesTheStream() {
        CounterWorld polled = new CounterWorld(ClockMode.perRequest(Duration.ofSeconds(1)));
        polled.counter.plan(TWO_SECONDS, new Counter.Ill());
        polled.inject(new FixedDelay(Duration.ofSeconds(5)));

        FakeWire wire = polled.listen("/hello");

        assertThat(wire.text()).startsWith("500 ").contains("ill");
        assertThat(polled.radio.abandoned).containsExactly(1L);
        assertThat(polled.gateway.held() + polled.gateway.streaming()).isZero();
    }

    private Exchange exchange(long sequence) {
        return world.journal.entries().stream()
                .filter(entry -> entry.sequence() == sequence)
                .map(Exchange.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
