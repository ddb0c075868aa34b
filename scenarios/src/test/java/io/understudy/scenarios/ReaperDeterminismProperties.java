package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Simulation;
import io.understudy.World;
import io.understudy.fault.FaultRule;
import io.understudy.fault.LogNormalDelay;
import io.understudy.fault.UniformDelay;
import io.understudy.journal.Match;
import io.understudy.reaper.ReaperSimulator;
import io.understudy.scenarios.ReaperCommand.Kind;
import io.understudy.world.ClockMode;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The same seed and the same requests give the same Reaper, byte for byte, whatever goes wrong on the way. */
final class ReaperDeterminismProperties {
    private static final List<Match> MATCHES = List.of(
            Match.system("reaper"),
            Match.operation("reaper.createRepairRun"),
            Match.operation("reaper.updateRepairRunState"),
            Match.operation("re:reaper\\.(get|list).*"),
            Match.ANY.withMethod("POST"));

    /** A world, and what goes wrong on the wire. */
    record Beginning(RandomReaper random, ClockMode clock, List<FaultRule> rules) {
        Simulation start() {
            Simulation simulation = random.builder().clock(clock).start();
            rules.stream()
                    .filter(rule -> !clock.equals(ClockMode.manual()) || !waits(rule))
                    .forEach(simulation.world().faults()::add);
            return simulation;
        }

        /** Under a clock that nobody moves while a client waits, it would wait for ever. */
        private static boolean waits(FaultRule rule) {
            return rule.fault() instanceof UniformDelay || rule.fault() instanceof LogNormalDelay;
        }
    }

    @Property
    void theSameSeedAndTheSameRequestsGiveTheSameBytes(
            @ForAll("beginnings") Beginning beginning, @ForAll("histories") List<ReaperCommand> history) {
        try (Simulation once = beginning.start();
                Simulation again = beginning.start();
                Client first = client(once);
                Client second = client(again)) {
            assertThat(told(player(again, second, List.of()), again, history))
                    .isEqualTo(told(player(once, first, List.of()), once, history));
        }
    }

    @Property
    void aWorldThatWasPutBackGoesTheSameWayAsItsOriginal(
            @ForAll("beginnings") Beginning beginning,
            @ForAll("beginnings") Beginning elsewhere,
            @ForAll("histories") List<ReaperCommand> before,
            @ForAll("histories") List<ReaperCommand> after) {
        try (Simulation original = beginning.start();
                Simulation other = sameSettings(beginning, elsewhere);
                Client first = client(original);
                Client second = client(other)) {
            ReaperPlayer player = player(original, first, List.of());
            player.play(before);
            String json = original.world().snapshotJson();
            other.world().restoreJson(json);
            assertThat(other.world().snapshotJson()).isEqualTo(json);

            ReaperPlayer twin = player(other, second, player.subscriptions());
            player.reconnect();
            assertThat(told(twin, other, after)).isEqualTo(told(player, original, after));
        }
    }

    /** Settings are no part of a snapshot; seed, clock and all that has happened are. */
    private static Simulation sameSettings(Beginning beginning, Beginning elsewhere) {
        return beginning
                .random()
                .builder()
                .seed(elsewhere.random().seed())
                .clock(elsewhere.clock())
                .start();
    }

    @Property
    void aForkLivesOnByItselfAsTheOriginalDoes(
            @ForAll("beginnings") Beginning beginning,
            @ForAll("histories") List<ReaperCommand> before,
            @ForAll("histories") List<ReaperCommand> alone,
            @ForAll("histories") List<ReaperCommand> after) {
        try (Simulation simulation = beginning.start();
                Simulation onAir = beginning.start();
                Client first = client(simulation);
                Client second = client(onAir)) {
            ReaperPlayer player = player(simulation, first, List.of());
            player.play(before);
            World original = simulation.world();
            World fork = original.fork();
            String asItWas = original.snapshotJson();
            assertThat(fork.snapshotJson()).isEqualTo(asItWas);

            List<String> lived = happen(fork, alone);
            assertThat(original.snapshotJson()).as("a fork shares nothing").isEqualTo(asItWas);
            assertThat(happen(original, alone)).isEqualTo(lived);
            assertThat(fork.snapshotJson()).isEqualTo(original.snapshotJson());

            onAir.world().restore(fork.snapshot());
            ReaperPlayer twin = player(onAir, second, player.subscriptions());
            player.reconnect();
            assertThat(told(twin, onAir, after)).isEqualTo(told(player, simulation, after));
        }
    }

    /** All of it that needs nobody to ask. */
    private static List<String> happen(World world, List<ReaperCommand> history) {
        ReaperTrouble trouble = new ReaperTrouble(world);
        return history.stream()
                .filter(command -> !command.kind().isRequest() && command.kind() != Kind.OUTAGE)
                .map(trouble::play)
                .toList();
    }

    private static Client client(Simulation simulation) {
        return new Client(simulation.simulator(ReaperSimulator.class).baseUrl());
    }

    private static ReaperPlayer player(Simulation simulation, Client client, List<String> subscriptions) {
        return new ReaperPlayer(simulation.world(), client, subscriptions);
    }

    private static Told told(ReaperPlayer player, Simulation simulation, List<ReaperCommand> history) {
        return Told.of(simulation.world(), player.play(history));
    }

    @Provide
    Arbitrary<Beginning> beginnings() {
        return Combinators.combine(
                        RandomReaper.worlds(),
                        Arbitraries.of(ClockMode.manual(), ClockMode.perRequest(Duration.ofMillis(700))),
                        Chance.rules(MATCHES, "INTERNAL_SERVER_ERROR"))
                .as(Beginning::new);
    }

    @Provide
    Arbitrary<List<ReaperCommand>> histories() {
        return ReaperCommand.histories(20, 50);
    }
}
