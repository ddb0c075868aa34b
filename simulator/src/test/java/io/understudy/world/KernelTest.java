package io.understudy.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class KernelTest {
    private final Kernel kernel = Tally.manualKernel();
    private final Tally tally = Tally.in(kernel);
    private final List<String> done = new ArrayList<>();

    @Test
    void anInnerStepIsPartOfTheOuterOne() {
        kernel.step(() -> {
            kernel.step(() -> kernel.afterStep(() -> done.add("effect")));
            done.add("action");
        });

        assertThat(done).containsExactly("action", "effect");
    }

    @Test
    void effectsHappenOutsideTheLock() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            kernel.step(() -> kernel.afterStep(() -> {
                Future<Instant> seen = other.submit(() -> kernel.clock().now());
                try {
                    done.add(seen.get().toString());
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }));
        } finally {
            other.shutdown();
        }
        assertThat(done).containsExactly("2026-01-01T00:00:00Z");
    }

    @Test
    void effectsHappenInOrderAndAlsoWhenTheActionOrAnEffectFails() {
        assertThatThrownBy(() -> kernel.step(() -> {
                    kernel.afterStep(() -> {
                        done.add("first");
                        throw new IllegalStateException("the effect");
                    });
                    kernel.afterStep(() -> done.add("second"));
                    throw new IllegalArgumentException("the action");
                }))
                .hasMessage("the action")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("the effect"));
        assertThat(done).containsExactly("first", "second");

        assertThatIllegalStateException()
                .isThrownBy(() -> kernel.step(() -> {
                    kernel.afterStep(() -> {
                        throw new IllegalStateException("alone");
                    });
                    kernel.afterStep(() -> done.add("third"));
                }))
                .withMessage("alone");
        assertThat(done).endsWith("third");
    }

    @Test
    void anEffectMayBeginAStepOfItsOwn() {
        kernel.step(() -> kernel.afterStep(() -> kernel.step(() -> kernel.afterStep(() -> done.add("inner")))));

        assertThat(done).containsExactly("inner");
    }

    @Test
    void theEndOfEveryOutermostStepIsTold() {
        kernel.onStepEnd(() -> done.add("end"));
        done.clear();
        kernel.step(() -> kernel.step(() -> {}));
        assertThatThrownBy(() -> kernel.step(() -> {
            throw new IllegalStateException();
        }));

        assertThat(done).containsExactly("end", "end");
    }

    @Test
    void whatChangesTheWorldIsRefusedOutsideAStep() {
        assertThatIllegalStateException().isThrownBy(() -> kernel.afterStep(() -> {}));
        assertThatIllegalStateException().isThrownBy(() -> kernel.emit("a", "b", Map.of()));
        assertThatIllegalStateException().isThrownBy(() -> tally.timers().cancel(1));
    }

    @Test
    void anEventThatNoSnapshotCouldBringBackIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> tally.plan(Duration.ZERO, new Tally.Stray()))
                .withMessageStartingWith("tally schedules Stray[] but its event types are ");
    }

    @Test
    void theDetailsOfAnEventAreFrozenPlainData() {
        List<Object> nested = new ArrayList<>(List.of(1));
        DomainEvent event = new DomainEvent(Tally.START, "a", "b", Map.of("list", nested));
        nested.add(2);

        assertThat(event.details()).isEqualTo(Map.of("list", List.of(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DomainEvent(Tally.START, "a", "moved", Map.of("at", Tally.START)))
                .withMessage("the details of moved may be strings, numbers, booleans, lists and maps of these, not"
                        + " 2026-01-01T00:00:00Z");
    }

    @Test
    void twoPartsOfOneNameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tally.in(kernel))
                .withMessage("the world already has a part named tally");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.part("talley"))
                .withMessage("the world has no part named talley; it has [tally]");
    }

    @Test
    void aResetGoesBackToTheBeginning() {
        Snapshot beginning = kernel.snapshot();
        mess();
        kernel.clock().setMode(ClockMode.perRequest(Duration.ofHours(1)));

        kernel.reset();

        assertThat(kernel.snapshot()).isEqualTo(beginning);
    }

    @Test
    void aResetUnderAnotherSeedStaysThereForLaterResets() {
        kernel.reset(7);
        tally.draw("a");
        List<String> under7 = tally.lines();
        kernel.reset();
        tally.draw("a");

        assertThat(tally.lines()).isEqualTo(under7);
        assertThat(kernel.seed()).isEqualTo(7);
        kernel.reset(42);
        tally.draw("a");
        assertThat(tally.lines()).isNotEqualTo(under7);
    }

    @Test
    void onlyTheFirstEventsOfALongAdvanceAreKeptButAllAreCounted() {
        for (int i = 0; i < Kernel.MAX_HAPPENED + 5; i++) {
            tally.plan(Duration.ofSeconds(i), new Tally.Add(i));
        }

        Advance advance = kernel.clock().advance(Duration.ofDays(1));

        assertThat(advance.events()).hasSize(Kernel.MAX_HAPPENED);
        assertThat(advance.eventsInAll()).isEqualTo(Kernel.MAX_HAPPENED + 5);
        assertThat(kernel.clock().advance(Duration.ofDays(1)).events()).isEmpty();
    }

    @Test
    void whatCannotBeRestoredChangesNothing() {
        mess();
        Snapshot good = kernel.snapshot();
        tally.add(100);
        Snapshot before = kernel.snapshot();

        refused(with(good, s -> new Snapshot(2, 1, s.now(), s.mode(), 9, s.pending(), s.streams(), s.parts())))
                .hasMessage("the snapshot is of version 2; this release reads version 1");
        refused(with(good, s -> parts(s, Map.of("other", 1))))
                .hasMessage("the snapshot is of a world with the parts [other]; this world has [tally]");
        refused(with(good, s -> parts(s, Map.of("tally", "text"))))
                .hasMessage("the snapshot's state of tally is no state of it: text");
        refused(with(good, s -> parts(s, Map.of("tally", new Tally.State(-1, List.of())))))
                .hasMessage("the snapshot cannot be restored: a total of -1");
        refused(with(good, s -> mode(s, "sundial"))).hasMessageStartingWith("no clock mode 'sundial'");
        refused(with(good, s -> now(s, Instant.MAX))).hasMessageStartingWith("the snapshot's now is +1000000000-12-31");
        refused(with(good, s -> pending(s, new PendingEvent(Tally.START, 1, "tally", new Tally.Add(1)))))
                .hasMessage("the snapshot's pending event 1 is due at 2026-01-01T00:00:00Z, before the snapshot's now,"
                        + " 2026-01-01T00:00:01Z");
        refused(with(good, s -> pending(s, new PendingEvent(s.now(), 1, "nobody", new Tally.Add(1)))))
                .hasMessage("the snapshot's pending event 1 is a Add of nobody, which this world does not know");
        refused(with(good, s -> pending(s, new PendingEvent(s.now(), 1, "tally", new Tally.Stray()))))
                .hasMessage("the snapshot's pending event 1 is a Stray of tally, which this world does not know");
        refused(with(good, s -> pending(s, new PendingEvent(s.now(), 99, "tally", new Tally.Add(1)))))
                .hasMessage(
                        "the snapshot's pending event 99 must have a number of its own below nextSequence, which is 2");

        assertThat(kernel.snapshot()).isEqualTo(before);
        kernel.restore(good);
        assertThat(kernel.snapshot()).isEqualTo(good);
    }

    /** Leaves time, chance, state and a pending event behind. */
    private void mess() {
        tally.plan(Duration.ofSeconds(1), new Tally.Add(5));
        tally.plan(Duration.ofHours(1), new Tally.Add(6));
        tally.draw("a");
        kernel.clock().advance(Duration.ofSeconds(1));
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(Snapshot snapshot) {
        return assertThatThrownBy(() -> kernel.restore(snapshot)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Snapshot with(Snapshot snapshot, UnaryOperator<Snapshot> change) {
        return change.apply(snapshot);
    }

    private static Snapshot parts(Snapshot s, Map<String, Object> parts) {
        return new Snapshot(
                s.version(),
                s.seed(),
                s.now(),
                s.mode(),
                s.nextSequence(),
                s.pending(),
                s.streams(),
                new TreeMap<>(parts));
    }

    private static Snapshot mode(Snapshot s, String mode) {
        return new Snapshot(
                s.version(), s.seed(), s.now(), mode, s.nextSequence(), s.pending(), s.streams(), s.parts());
    }

    private static Snapshot now(Snapshot s, Instant now) {
        return new Snapshot(
                s.version(), s.seed(), now, s.mode(), s.nextSequence(), s.pending(), s.streams(), s.parts());
    }

    private static Snapshot pending(Snapshot s, PendingEvent planned) {
        return new Snapshot(
                s.version(), s.seed(), s.now(), s.mode(), s.nextSequence(), List.of(planned), s.streams(), s.parts());
    }
}
