package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.reaper.ReaperSimulator;
import io.understudy.scenarios.Listening.Event;
import io.understudy.scenarios.ReaperCommand.Kind;
import io.understudy.world.ClockMode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Spec reaper 1.10: who listens to a subscription hears all of it in order, whatever else goes on. */
final class ReaperEventProperties {
    /** Only ends a test that would otherwise hang. */
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final Duration PING_PERIOD = Duration.ofSeconds(5);

    /** What this client has not read yet is kept for it within bounds. */
    private static final Duration LEAP = Duration.ofMinutes(10);

    /** What would end the stream or the world's patience. */
    private static final List<Kind> NOT_HERE =
            List.of(Kind.RESTART, Kind.DELETE_CLUSTER, Kind.UNSUBSCRIBE, Kind.FAULT, Kind.CONTROL, Kind.OUTAGE);

    private static Simulation start(ClockMode clock) {
        return Understudy.world()
                .system("reaper")
                .preset("reaper", "default")
                .set("reaper.segmentCountPerNode", "1")
                .clock(clock)
                .start();
    }

    private static String subscribe(Client client, String node) {
        Answer answer = client.send("POST /diag_event/subscription?clusterName=test&nodes=" + node + "&events="
                + ReaperCommand.EVENT + "&exportSse=true&exportFileLogger=&exportHttpEndpoint=");
        String location = answer.field("location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static Listening listen(ReaperSimulator reaper, String subscription) throws IOException {
        Listening listening = new Listening(reaper.baseUrl(), "/diag_event/sse_listen/" + subscription);
        // as soon as that is there, it is listened to
        assertThat(listening.head()).startsWith("HTTP/1.0 200 OK\n").contains("text/event-stream");
        return listening;
    }

    @Property
    void everyListenerHearsAllInOrder(@ForAll("histories") List<ReaperCommand> history) throws IOException {
        try (Simulation simulation = start(ClockMode.manual());
                Client client =
                        new Client(simulation.simulator(ReaperSimulator.class).baseUrl())) {
            ReaperSimulator reaper = simulation.simulator(ReaperSimulator.class);
            String first = subscribe(client, "127.0.0.1");
            String second = subscribe(client, "127.0.0.2");
            try (Listening one = listen(reaper, first);
                    Listening another = listen(reaper, first);
                    Listening other = listen(reaper, second)) {
                Instant began = simulation.world().clock().now();
                ReaperPlayer player = new ReaperPlayer(simulation.world(), client, List.of());
                List<String> said = new ArrayList<>();
                for (int i = 0; i < history.size(); i++) {
                    player.play(List.of(history.get(i)));
                    if (history.get(i).a() % 2 == 0) {
                        said.add(say(reaper, "127.0.0.1", i));
                    }
                }
                simulation.world().clock().advance(PING_PERIOD);
                say(reaper, "127.0.0.1", 9_999);
                say(reaper, "127.0.0.2", 9_999);
                said.add(number(9_999));

                List<Event> heard = one.through(number(9_999));
                assertThat(another.through(number(9_999))).isEqualTo(heard);
                checkOrder(heard);
                assertThat(heard.stream()
                                .filter(event -> event.name().equals("message"))
                                .map(event -> event.data().replaceAll(".*(\"number\":\\d+).*", "$1")))
                        .isEqualTo(said);
                long rounds = rounds(simulation.world().clock().now()) - rounds(began);
                assertThat(heard.stream().filter(event -> event.name().equals("ping")))
                        .as("twice every 5 s, with the subscription")
                        .hasSize((int) (2 * rounds))
                        .allMatch(ping -> ping.data().contains(first));
                List<Event> elsewhere = other.through(number(9_999));
                checkOrder(elsewhere);
                assertThat(elsewhere.stream().filter(event -> event.name().equals("message")))
                        .hasSize(1);
                assertThat(elsewhere.stream()
                                .filter(event -> event.name().equals("ping"))
                                .map(Event::id))
                        .as("one counter for all")
                        .isEqualTo(heard.stream()
                                .filter(event -> event.name().equals("ping"))
                                .map(Event::id)
                                .toList());
            }
        }
    }

    private static long rounds(Instant instant) {
        return Duration.between(Instant.parse("2026-01-01T00:00:00Z"), instant).dividedBy(PING_PERIOD);
    }

    private static void checkOrder(List<Event> heard) {
        for (int i = 1; i < heard.size(); i++) {
            assertThat(heard.get(i).id()).isGreaterThan(heard.get(i - 1).id());
        }
    }

    private static String say(ReaperSimulator reaper, String node, int number) {
        reaper.emitDiagEvent("test", node, ReaperCommand.EVENT, "CONVICTED", Map.of("number", number));
        return number(number);
    }

    private static String number(int number) {
        return "\"number\":" + number;
    }

    @Example
    void whoLeavesIsForgotten() throws IOException {
        try (Simulation simulation = start(ClockMode.perRequest(Duration.ofMillis(100)));
                Client client =
                        new Client(simulation.simulator(ReaperSimulator.class).baseUrl())) {
            ReaperSimulator reaper = simulation.simulator(ReaperSimulator.class);
            String id = subscribe(client, "127.0.0.1");
            assertThat(client.send("GET /diag_event/subscription/adhoc").status())
                    .isEqualTo(404);
            for (int round = 0; round < 10; round++) {
                List<Listening> listeners = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    listeners.add(listen(reaper, id));
                }
                assertThat(client.send("GET /diag_event/subscription/adhoc").body())
                        .contains(id);
                assertThat(client.send("GET /diag_event/subscription/pollers").body())
                        .isEqualTo("1");
                for (Listening listener : listeners) {
                    listener.close();
                }
                await(() -> client.send("GET /diag_event/subscription/adhoc").status() == 404);
                assertThat(client.send("GET /diag_event/subscription/pollers").status())
                        .isEqualTo(404);
            }
        }
    }

    @Example
    void aRestartAndTheEndOfTheSubscriptionEndTheStream() throws IOException {
        try (Simulation simulation = start(ClockMode.manual());
                Client client =
                        new Client(simulation.simulator(ReaperSimulator.class).baseUrl())) {
            ReaperSimulator reaper = simulation.simulator(ReaperSimulator.class);
            String id = subscribe(client, "127.0.0.1");
            try (Listening restarted = listen(reaper, id)) {
                reaper.restart();
                assertThat(restarted.next()).isEmpty();
            }
            try (Listening unsubscribed = listen(reaper, id)) {
                say(reaper, "127.0.0.1", 1);
                assertThat(client.send("DELETE /diag_event/subscription/" + id).status())
                        .isEqualTo(202);
                assertThat(unsubscribed.next().orElseThrow().data()).contains(number(1));
                assertThat(unsubscribed.next()).isEmpty();
            }
            assertThat(client.send("GET /diag_event/subscription/adhoc").status())
                    .isEqualTo(404);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + GIVE_UP_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited long enough").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    @Provide
    Arbitrary<List<ReaperCommand>> histories() {
        return ReaperCommand.histories(5, 40)
                .map(all -> all.stream()
                        .filter(command -> !NOT_HERE.contains(command.kind()))
                        .filter(command -> command.kind() != Kind.SUBSCRIBE)
                        .filter(command -> command.duration().compareTo(LEAP) < 0)
                        .toList());
    }
}
