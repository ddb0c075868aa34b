package io.understudy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.fault.Duplicate;
import io.understudy.fault.Fault;
import io.understudy.fault.FaultRule;
import io.understudy.fault.FixedDelay;
import io.understudy.fault.LogNormalDelay;
import io.understudy.fault.LoseReply;
import io.understudy.fault.LoseRequest;
import io.understudy.fault.UniformDelay;
import io.understudy.journal.Exchange;
import io.understudy.journal.Match;
import io.understudy.world.ClockMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GatewayConcurrencyTest {
    private static final int THREADS = 16;
    private static final int EACH = 300;

    @Test
    void noUpdateIsLostAndTheJournalExplainsEveryReply() throws Exception {
        CounterWorld world = new CounterWorld(ClockMode.perRequest(Duration.ofMillis(1)));
        List<FakeWire> wires = hammer(world, "/add");

        List<String> inOrder = IntStream.rangeClosed(1, THREADS * EACH)
                .mapToObj(number -> "200 " + number)
                .toList();
        assertThat(world.counter.number()).isEqualTo(THREADS * EACH);
        assertThat(wires).extracting(FakeWire::text).containsExactlyInAnyOrderElementsOf(inOrder);
        assertThat(world.journal.exchanges(Match.ANY))
                .extracting(exchange -> "200 " + exchange.reply().body().text())
                .isEqualTo(inOrder);
        assertThat(world.journal.exchanges(Match.ANY)).extracting(Exchange::at).isSorted();
    }

    @Test
    void whoeverMovesTheClockEveryHeldReplyLeavesOnce() throws Exception {
        CounterWorld world = new CounterWorld(ClockMode.manual());
        world.inject(new FixedDelay(Duration.ofMillis(5)));
        ExecutorService clock = Executors.newSingleThreadExecutor();
        try {
            Future<?> ticking = clock.submit(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    world.advance(Duration.ofMillis(1));
                }
            });
            List<FakeWire> wires = hammer(world, "/add");
            ticking.cancel(true);
            clock.shutdown();
            assertThat(clock.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES))
                    .isTrue();
            world.advance(Duration.ofMillis(5));

            assertThat(wires).extracting(FakeWire::text).doesNotHaveDuplicates();
            assertThat(wires).allMatch(wire -> wire.isOver);
            assertThat(world.gateway.held()).isZero();
        } finally {
            clock.shutdownNow();
        }
    }

    @Test
    void partsLeaveInTheOrderInWhichTheWorldSentThem() throws Exception {
        CounterWorld world = new CounterWorld(ClockMode.manual());
        FakeWire wire = world.listen("/listen");
        int[] next = {0}; // changed inside steps only
        ExecutorService speakers = Executors.newFixedThreadPool(THREADS);
        try {
            Callable<Integer> speaker = () -> {
                for (int i = 0; i < EACH; i++) {
                    world.kernel.step(() -> world.radio.say("" + next[0]++));
                }
                return EACH;
            };
            for (Future<Integer> one : speakers.invokeAll(
                    IntStream.range(0, THREADS).mapToObj(i -> speaker).toList())) {
                one.get();
            }

            assertThat(wire.story().subList(1, wire.steps.size()))
                    .isEqualTo(IntStream.range(0, THREADS * EACH)
                            .mapToObj(Integer::toString)
                            .toList());
        } finally {
            speakers.shutdownNow();
        }
    }

    private static List<FakeWire> hammer(CounterWorld world, String path) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(THREADS);
        try {
            Callable<List<FakeWire>> client = () -> {
                List<FakeWire> mine = new ArrayList<>();
                for (int i = 0; i < EACH; i++) {
                    mine.add(world.post(path));
                }
                return mine;
            };
            List<FakeWire> wires = new ArrayList<>();
            for (Future<List<FakeWire>> mine : clients.invokeAll(
                    IntStream.range(0, THREADS).mapToObj(i -> client).toList())) {
                wires.addAll(mine.get());
            }
            return wires;
        } finally {
            clients.shutdownNow();
        }
    }

    @Property
    void theSameRequestsUnderTheSameSeedWriteTheSameJournal(
            @ForAll long seed, @ForAll("modes") ClockMode mode, @ForAll("paths") List<String> paths) {
        assertThat(journal(seed, mode, paths)).isEqualTo(journal(seed, mode, paths));
    }

    private static String journal(long seed, ClockMode mode, List<String> paths) {
        CounterWorld world = new CounterWorld(seed, mode);
        for (Fault fault : List.of(
                new LoseRequest(),
                new LoseReply(),
                new Duplicate(),
                new UniformDelay(Duration.ZERO, Duration.ofSeconds(2)),
                new LogNormalDelay(Duration.ofSeconds(1), 1, Duration.ofMinutes(1)))) {
            world.faults.add(FaultRule.on(Match.ANY.withOperation("re:counter\\.(add|wait)"))
                    .withProbability(0.2)
                    .inject(fault));
        }
        paths.forEach(world::post);
        world.advance(Duration.ofMinutes(5));
        return world.journalJson();
    }

    @Provide
    Arbitrary<ClockMode> modes() {
        return Arbitraries.of(ClockMode.manual(), ClockMode.perRequest(Duration.ofSeconds(1)), ClockMode.real(1));
    }

    @Provide
    Arbitrary<List<String>> paths() {
        return Arbitraries.of("/add", "/wait", "/wait/1", "/wait/30", "/nowhere", "/echo")
                .list()
                .ofMaxSize(20);
    }
}
