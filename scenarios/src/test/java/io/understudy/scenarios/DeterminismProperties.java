package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.World;
import io.understudy.fault.FaultRule;
import io.understudy.fault.LoseReply;
import io.understudy.journal.Match;
import io.understudy.json.Json;
import io.understudy.json.SnapshotJson;
import io.understudy.undermoon.UndermoonPreset;
import io.understudy.undermoon.UndermoonSimulator;
import io.understudy.world.ClockMode;
import io.understudy.world.Snapshot;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The same seed and the same requests give the same replies, byte for byte, whatever goes wrong on the way. */
final class DeterminismProperties {
    private static final UndermoonPreset MID_MIGRATION =
            UndermoonPreset.worldSixProxies().midMigration(4, 8, 0);

    /** What can be told of a world after a history. */
    private record Told(List<String> answers, String journal, String snapshot) {
        static Told of(Simulation simulation, List<Deed> deeds) {
            UndermoonSimulator undermoon = simulation.simulator(UndermoonSimulator.class);
            try (Client client = new Client(undermoon.baseUrl())) {
                List<String> answers = Deed.all(deeds, undermoon, client);
                return new Told(answers, journalOf(simulation.world()), snapshotOf(simulation.world()));
            }
        }
    }

    private static String journalOf(World world) {
        return Json.write(world.journal().entries());
    }

    private static String snapshotOf(World world) {
        return SnapshotJson.write(world.snapshot());
    }

    private static Simulation start(long seed, ClockMode clock, List<FaultRule> rules) {
        Simulation simulation = Understudy.world()
                .system("undermoon")
                .seed(seed)
                .clock(clock)
                .preset(MID_MIGRATION)
                .set("undermoon.coordinatorSim", "true")
                .set("undermoon.ordering", "shuffle")
                .start();
        rules.forEach(simulation.world().faults()::add);
        return simulation;
    }

    @Property
    void theSameSeedAndTheSameRequestsGiveTheSameBytes(
            @ForAll long seed, @ForAll("rules") List<FaultRule> rules, @ForAll("deeds") List<Deed> deeds) {
        ClockMode clock = ClockMode.perRequest(Duration.ofMillis(700));
        try (Simulation once = start(seed, clock, rules);
                Simulation again = start(seed, clock, rules)) {
            Told first = Told.of(once, deeds);
            Told second = Told.of(again, deeds);

            assertThat(second.answers()).isEqualTo(first.answers());
            assertThat(second.journal()).isEqualTo(first.journal());
            assertThat(second.snapshot()).isEqualTo(first.snapshot());
        }
    }

    @Property
    void aWorldThatWasPutBackGoesTheSameWayAsItsOriginal(
            @ForAll long seed,
            @ForAll("rules") List<FaultRule> rules,
            @ForAll("deeds") List<Deed> before,
            @ForAll("deeds") List<Deed> after) {
        ClockMode clock = ClockMode.perRequest(Duration.ofMillis(700));
        try (Simulation original = start(seed, clock, rules);
                Simulation other = start(seed + 1, clock, List.of())) {
            Told.of(original, before);
            Snapshot snapshot = original.world().snapshot();
            other.world().restore(snapshot);
            assertThat(snapshotOf(other.world())).isEqualTo(snapshotOf(original.world()));

            Told first = Told.of(original, after);
            Told second = Told.of(other, after);

            assertThat(second.answers()).isEqualTo(first.answers());
            assertThat(second.journal()).isEqualTo(first.journal());
            assertThat(second.snapshot()).isEqualTo(first.snapshot());
        }
    }

    @Property
    void aForkLivesOnByItselfAsTheOriginalDoes(
            @ForAll long seed, @ForAll("rules") List<FaultRule> rules, @ForAll("deeds") List<Deed> deeds) {
        try (Simulation simulation = start(seed, ClockMode.perRequest(Duration.ofMillis(700)), rules)) {
            Told.of(simulation, deeds);
            World original = simulation.world();
            World fork = original.fork();
            String asItWas = snapshotOf(original);

            for (int second = 1; second <= 20; second++) {
                fork.clock().advance(Duration.ofMillis(500L * second));
            }
            assertThat(snapshotOf(original)).as("a fork shares nothing").isEqualTo(asItWas);

            for (int second = 1; second <= 20; second++) {
                original.clock().advance(Duration.ofMillis(500L * second));
            }
            assertThat(fork.state("undermoon")).isEqualTo(original.state("undermoon"));
            assertThat(snapshotOf(fork)).isEqualTo(snapshotOf(original));
            assertThat(journalOf(fork)).isEqualTo(journalOf(original));
        }
    }

    @Example
    void anotherSeedGoesAnotherWayWhereChanceIsInvolved() {
        List<FaultRule> rules =
                List.of(FaultRule.on(Match.ANY).withProbability(0.5).inject(new LoseReply()));
        List<Deed> deeds = java.util.Collections.nCopies(40, new Deed(0, 6, 1));

        assertThat(List.of(1L, 2L, 3L).stream().map(seed -> lossesUnder(seed, rules, deeds)))
                .doesNotHaveDuplicates();
        assertThat(List.of(1L, 2L, 3L).stream().map(seed -> lossesUnder(seed, List.of(), deeds)))
                .as("and only there")
                .containsOnly(lossesUnder(1, List.of(), deeds));
    }

    private static List<String> lossesUnder(long seed, List<FaultRule> rules, List<Deed> deeds) {
        try (Simulation simulation = start(seed, ClockMode.perRequest(Duration.ofMillis(700)), rules)) {
            return Told.of(simulation, deeds).answers();
        }
    }

    @Provide
    Arbitrary<List<FaultRule>> rules() {
        return Chance.rules();
    }

    @Provide
    Arbitrary<List<Deed>> deeds() {
        return Deed.histories();
    }
}
