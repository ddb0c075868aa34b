package io.understudy.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClockTest {
    private static final Instant START = Tally.START;

    private final AtomicLong outside = new AtomicLong(-5_000_000_000L);
    private final Kernel kernel = Tally.manualKernel();
    private final Clock clock = kernel.clock();
    private final Tally tally = Tally.in(kernel);

    @Test
    void eventsRunInTheOrderOfTheirInstantsAndThenOfTheirPlanning() {
        tally.plan(seconds(2), new Tally.Add(1));
        tally.plan(seconds(1), new Tally.Add(2));
        tally.plan(seconds(2), new Tally.Add(3));
        tally.plan(seconds(1), new Tally.Add(4));

        Advance advance = clock.advance(seconds(2));

        assertThat(tally.lines())
                .extracting(line -> line.substring(START.toString().length() + 1))
                .containsExactly("+2", "+4", "+1", "+3");
        assertThat(advance.now()).isEqualTo(START.plusSeconds(2));
        assertThat(advance.events())
                .extracting(event -> event.details().get("amount"))
                .containsExactly(2L, 4L, 1L, 3L);
        assertThat(advance.events()).extracting(DomainEvent::at).isSorted();
        assertThat(advance.eventsInAll()).isEqualTo(4);
        assertThat(advance.conditionMet()).isTrue();
    }

    @Property
    void pendingTellsTheOrderInWhichItWillHappen(@ForAll @Size(max = 40) List<@IntRange(max = 9) Integer> delays) {
        Kernel world = Tally.manualKernel();
        Tally counted = Tally.in(world);
        delays.forEach(delay -> counted.plan(seconds(delay), new Tally.Add(delay)));
        List<String> foretold = world.clock().pending().stream()
                .map(planned -> planned.at() + " +" + ((Tally.Add) planned.event()).amount())
                .toList();

        world.clock().advance(seconds(9));

        assertThat(counted.lines()).isEqualTo(foretold);
        assertThat(world.clock().pendingCount()).isZero();
    }

    @Test
    void aZeroAdvanceRunsWhatIsDueNow() {
        tally.plan(Duration.ZERO, new Tally.Add(1));
        tally.plan(Duration.ofNanos(1), new Tally.Add(2));

        clock.advance(Duration.ZERO);

        assertThat(tally.total()).isEqualTo(1);
    }

    @Test
    void whatIsPlannedForThePastHappensNow() {
        kernel.step(() -> tally.timers().at(START.minusSeconds(1), new Tally.Add(1)));

        assertThat(clock.nextEventAt()).contains(START);
    }

    @Test
    void aCancelledEventDoesNotHappen() {
        long first = tally.plan(seconds(1), new Tally.Add(1));
        tally.plan(seconds(1), new Tally.Add(2));
        tally.plan(seconds(1), new Tally.Boom());
        kernel.step(() -> {
            tally.timers().cancel(first);
            tally.timers().cancel(first);
            tally.timers().cancel(99);
            tally.timers().cancelIf(Tally.Boom.class::isInstance);
        });

        clock.advance(seconds(1));

        assertThat(tally.total()).isEqualTo(2);
    }

    @Test
    void timeStandsStillWithinAStep() {
        Kernel real = real(1);
        real.step(() -> {
            Instant before = real.clock().now();
            outside.addAndGet(7_000_000_000L);
            assertThat(real.clock().now()).isEqualTo(before);
        });
        assertThat(real.clock().now()).isEqualTo(START.plusSeconds(7));
    }

    @Test
    void timeCannotGoBack() {
        clock.advance(seconds(5));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advance(seconds(-1)))
                .withMessage("time cannot go back: asked to advance by PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advanceTo(START))
                .withMessage("time cannot go back: it is 2026-01-01T00:00:05Z, asked for 2026-01-01T00:00:00Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.runUntil(() -> true, seconds(-1)))
                .withMessage("time cannot go back: the limit is PT-1S");
    }

    @Test
    void timeHasAnEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advance(Duration.ofSeconds(Long.MAX_VALUE)))
                .withMessageContaining("virtual time ends at 9999-12-31T23:59:59Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advanceTo(Instant.MAX))
                .withMessageContaining("virtual time ends at 9999-12-31T23:59:59Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Kernel(1, Instant.MIN, ClockMode.manual(), () -> 0))
                .withMessage("a world's start is -1000000000-01-01T00:00:00Z; it must be from 1970-01-01T00:00:00Z to"
                        + " 9999-12-31T23:59:59Z");

        assertThat(clock.now()).isEqualTo(START);
        clock.advanceTo(Clock.END);
        assertThat(clock.runUntil(() -> false, Duration.ofDays(1)).now()).isEqualTo(Clock.END);
    }

    @Test
    void anEventAfterTheEndOfTimeIsPlannedAndNeverHappens() {
        tally.plan(Duration.ofSeconds(Long.MAX_VALUE), new Tally.Boom());

        clock.advanceTo(Clock.END);

        assertThat(clock.pendingCount()).isEqualTo(1);
        assertThat(clock.nextEventAt()).contains(Instant.MAX);
    }

    @Test
    void runUntilStopsAtTheEventThatMeetsTheCondition() {
        tally.plan(seconds(1), new Tally.Add(1));
        tally.plan(seconds(2), new Tally.Add(2));
        tally.plan(seconds(3), new Tally.Add(4));

        Advance advance = clock.runUntil(() -> tally.total() >= 3, seconds(10));

        assertThat(advance.conditionMet()).isTrue();
        assertThat(advance.now()).isEqualTo(START.plusSeconds(2));
        assertThat(advance.events()).hasSize(2);
        assertThat(clock.pendingCount()).isEqualTo(1);
    }

    @Test
    void runUntilGivesUpAtTheLimit() {
        tally.plan(seconds(11), new Tally.Add(1));

        Advance advance = clock.runUntil(() -> tally.total() > 0, seconds(10));

        assertThat(advance.conditionMet()).isFalse();
        assertThat(advance.now()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void runUntilDoesNotMoveWhenTheConditionHoldsAlready() {
        assertThat(clock.runUntil(() -> true, seconds(10)).now()).isEqualTo(START);
    }

    @Test
    void aConditionThatDependsOnTimeAloneIsAskedAtTheLimit() {
        Advance advance = clock.runUntil(() -> clock.now().equals(START.plusSeconds(10)), seconds(10));

        assertThat(advance.conditionMet()).isTrue();
    }

    @Test
    void aConditionMustNotMoveTheClock() {
        assertThatIllegalStateException()
                .isThrownBy(() -> clock.runUntil(() -> clock.advance(seconds(1)).conditionMet(), seconds(1)))
                .withMessage("an event or a condition must not move the clock");
        assertThatIllegalStateException()
                .isThrownBy(() -> clock.runUntil(
                        () -> {
                            kernel.reset();
                            return true;
                        },
                        seconds(1)))
                .withMessage("an event or a condition must not reset or restore the world");

        assertThat(clock.advance(seconds(1)).now()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void anEventThatFailsIsToldAndTheClockGoesOn() {
        tally.plan(seconds(1), new Tally.Boom());
        tally.plan(seconds(2), new Tally.Add(1));

        assertThatThrownBy(() -> clock.advance(seconds(5))).hasMessage("boom");
        assertThat(clock.now()).isEqualTo(START.plusSeconds(1));

        clock.advance(seconds(4));
        assertThat(tally.total()).isEqualTo(1);
    }

    @Test
    void afterAFailedAdvanceRealTimeGoesOnFromWhereItStands() {
        Kernel real = real(1);
        Tally.in(real).plan(Duration.ofHours(1), new Tally.Boom());

        assertThatThrownBy(() -> real.clock().advance(Duration.ofHours(2))).hasMessage("boom");
        outside.addAndGet(1_000_000_000L);

        assertThat(real.clock().now()).isEqualTo(START.plusSeconds(3601));
    }

    @Test
    void eventsThatBegetEachOtherWithoutEndAreStopped() {
        tally.plan(Duration.ZERO, new Tally.Again(Integer.MAX_VALUE, Duration.ZERO));

        assertThatIllegalStateException()
                .isThrownBy(() -> clock.advance(seconds(1)))
                .withMessageContaining("more than 1000000 events at 2026-01-01T00:00:00Z")
                .withMessageContaining("of tally");

        assertThat(clock.advance(seconds(1)).now()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void perRequestTimeMovesByTheStepWithRequestsOnly() {
        clock.setMode(ClockMode.perRequest(Duration.ofMillis(1500)));
        tally.plan(Duration.ofMillis(1500), new Tally.Add(1));

        assertThat(clock.now()).isEqualTo(START);
        assertThat(kernel.<Long>request(tally::total)).isEqualTo(1);
        assertThat(clock.now()).isEqualTo(START.plusMillis(1500));
    }

    @Test
    void perRequestTimeStopsAtTheEnd() {
        clock.setMode(ClockMode.perRequest(ClockMode.MAX_STEP));
        clock.advanceTo(Clock.END.minusSeconds(1));

        assertThat(kernel.<Instant>request(clock::now)).isEqualTo(Clock.END);
        assertThat(kernel.<Instant>request(clock::now)).isEqualTo(Clock.END);
    }

    @Test
    void realTimeIsCaughtUpWhenSomebodyLooks() {
        Kernel real = real(60);
        Tally counted = Tally.in(real);
        counted.plan(Duration.ofMinutes(1), new Tally.Add(1));
        counted.plan(Duration.ofMinutes(3), new Tally.Add(2));

        outside.addAndGet(2_000_000_000L);

        assertThat(counted.total()).isEqualTo(1);
        assertThat(counted.lines()).containsExactly("2026-01-01T00:01:00Z +1");
        assertThat(real.clock().now()).isEqualTo(START.plusSeconds(120));
        assertThat(real.clock().realTimeUntilNextEvent()).contains(Duration.ofSeconds(1));
    }

    @Test
    void realTimeDoesNotDrift() {
        Kernel real = real(1);
        for (int i = 0; i < 1000; i++) {
            outside.addAndGet(333);
            real.clock().now();
        }
        assertThat(real.clock().now()).isEqualTo(START.plusNanos(333_000));
    }

    @Test
    void tinyAndHugeSpeedsStayWithinTime() {
        Kernel slow = real(Double.MIN_VALUE);
        Tally.in(slow).plan(seconds(1), new Tally.Add(1));
        outside.addAndGet(Duration.ofDays(365).toNanos());
        assertThat(slow.clock().now()).isEqualTo(START);
        assertThat(slow.clock().realTimeUntilNextEvent()).contains(Duration.ofSeconds(Long.MAX_VALUE));

        Kernel fast = real(ClockMode.MAX_SPEED);
        outside.addAndGet(1);
        assertThat(fast.clock().now()).isEqualTo(START.plusSeconds(1));
        outside.addAndGet(Duration.ofDays(365).toNanos());
        assertThat(fast.clock().now()).isEqualTo(Clock.END);
        assertThat(fast.clock().now()).isEqualTo(Clock.END);
    }

    @Test
    void whoSleepsUntilTheNextEventFindsItDue() {
        Kernel real = real(3);
        Tally counted = Tally.in(real);
        counted.plan(Duration.ofNanos(1_000_000_001), new Tally.Add(1));

        outside.addAndGet(real.clock().realTimeUntilNextEvent().orElseThrow().toNanos());

        assertThat(counted.total()).isEqualTo(1);
    }

    @Test
    void aChangeOfModeTakesTimeFromWhereItStands() {
        Kernel real = real(1);
        List<ClockMode> seen = new ArrayList<>();
        real.clock().onModeChange(() -> seen.add(real.clock().mode()));
        outside.addAndGet(1_000_000_000L);
        real.clock().setMode(ClockMode.manual());
        outside.addAndGet(1_000_000_000L);
        assertThat(real.clock().now()).isEqualTo(START.plusSeconds(1));
        assertThat(real.clock().realTimeUntilNextEvent()).isEmpty();

        real.clock().setMode(ClockMode.real(2));
        outside.addAndGet(1_000_000_000L);
        assertThat(real.clock().now()).isEqualTo(START.plusSeconds(3));
        assertThat(seen).containsExactly(ClockMode.manual(), ClockMode.real(2));
    }

    @Test
    void anAdvanceInRealModeComesOnTop() {
        Kernel real = real(1);
        outside.addAndGet(1_000_000_000L);
        real.clock().advance(seconds(10));
        outside.addAndGet(1_000_000_000L);

        assertThat(real.clock().now()).isEqualTo(START.plusSeconds(12));
    }

    @Test
    void aFailingEventInRealTimeDoesNotKeepTheWorldFromBeingReset() {
        Kernel real = real(1);
        Tally.in(real).plan(seconds(1), new Tally.Boom());
        outside.addAndGet(2_000_000_000L);

        real.reset();

        assertThat(real.clock().now()).isEqualTo(START);
    }

    private Kernel real(double speed) {
        return new Kernel(42, START, ClockMode.real(speed), outside::get);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
