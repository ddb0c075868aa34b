package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.World;
import io.understudy.fault.FaultRule;
import io.understudy.fault.LoseReply;
import io.understudy.journal.Match;
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

    private static final List<Match> MATCHES = List.of(
            Match.system("undermoon"),
            Match.operation("undermoon.commitMigration"),
            Match.operation("undermoon.autoScale"),
            Match.operation("re:undermoon\\.(get|list).*"),
            Match.ANY.withMethod("POST"));

    private static Told told(Simulation simulation, List<Deed> deeds) {
        UndermoonSimulator undermoon = simulation.simulator(UndermoonSimulator.class);
        try (Client client = new Client(undermoon.baseUrl())) {
            return Told.of(simulation.world(), Deed.all(deeds, undermoon, client));
        }
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
            Told first = told(once, deeds);
            Told second = told(again, deeds);

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
            told(original, before);
            Snapshot snapshot = original.world().snapshot();
            other.world().restore(snapshot);
            assertThat(other.world().snapshotJson()).isEqualTo(original.world().snapshotJson());

            Told first = told(original, after);
            Told second = told(other, after);

            assertThat(second.answers()).isEqualTo(first.answers());
            assertThat(second.journal()).isEqualTo(first.journal());
            assertThat(second.snapshot()).isEqualTo(first.snapshot());
        }
    }

    @Property
    void aForkLivesOnByItselfAsTheOriginalDoes(
            @ForAll long seed, @ForAll("rules") List<FaultRule> rules, @ForAll("deeds") List<Deed> deeds) {
        try (Simulation simulation = start(seed, ClockMode.perRequest(Duration.ofMillis(700)), rules)) {
            told(simulation, deeds);
            World original = simulation.world();
            World fork = original.fork();
            String asItWas = original.snapshotJson();

            for (int second = 1; second <= 20; second++) {
                fork.clock().advance(Duration.ofMillis(500L * second));
            }
            assertThat(original.snapshotJson()).as("a fork shares nothing").isEqualTo(asItWas);

            for (int second = 1; second <= 20; second++) {
                original.clock().advance(Duration.ofMillis(500L * second));
            }
            assertThat(fork.state("undermoon")).isEqualTo(original.state("undermoon"));
            assertThat(fork.snapshotJson()).isEqualTo(original.snapshotJson());
            assertThat(Told.journalOf(fork)).isEqualTo(Told.journalOf(original));
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
            return told(simulation, deeds).answers();
        }
    }

    @Provide
    Arbitrary<List<FaultRule>> rules() {
        return Chance.rules(MATCHES, "RETRY");
    }

    @Provide
    Arbitrary<List<Deed>> deeds() {
        return Deed.histories();
    }
}
