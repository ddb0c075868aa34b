package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.scenarios.Command.Kind;
import io.understudy.undermoon.UndermoonSimulator;
import io.understudy.world.ClockMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Spec undermoon 5.11 and 6.4 over random histories, asked and checked over HTTP. */
final class BrokerOverHttpProperties {
    @Property
    void whateverIsAskedTheInvariantsHold(
            @ForAll("worlds") RandomWorld world, @ForAll("histories") List<Command> history) {
        try (Simulation simulation = world.start();
                Client client = new Client(
                        simulation.simulator(UndermoonSimulator.class).baseUrl())) {
            History played = new History(world, client);
            history.forEach(played::play);
            played.putBackWhatWasDumped();
            played.commitEverything();
            Statistics.label("migrations seen")
                    .collect(played.sawMigration)
                    .coverage(seen -> seen.check(true).percentage(share -> share > 10));
        }
    }

    @Provide
    Arbitrary<RandomWorld> worlds() {
        return Combinators.combine(
                        Arbitraries.of(2, 3, 4, 5, 6),
                        Arbitraries.of(1, 2, 3),
                        Arbitraries.of(0, 4, 4, 4, 8),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)),
                        Arbitraries.of("registration", "registration", "shuffle"),
                        Arbitraries.longs())
                .as((hosts, perHost, nodes, limit, ordered, ordering, seed) ->
                        new RandomWorld(new Proxies(hosts, perHost), nodes, limit, ordered, ordering, seed));
    }

    @Provide
    Arbitrary<List<Command>> histories() {
        return Command.histories(30, 60);
    }

    /**
     * @param firstNodes how many nodes the first cluster begins with, if there is room for it
     * @param limit how many migrations are shown
     */
    record RandomWorld(Proxies proxies, int firstNodes, int limit, boolean ordered, String ordering, long seed) {
        Simulation start() {
            return Understudy.world()
                    .system("undermoon")
                    .seed(seed)
                    // what is asked takes time, so that suspicions expire and proxies get to know epochs
                    .clock(ClockMode.perRequest(Duration.ofMillis(300)))
                    .set("undermoon.migrationLimit", Integer.toString(limit))
                    .set("undermoon.orderedProxy", Boolean.toString(ordered))
                    .set("undermoon.ordering", ordering)
                    .start();
        }
    }

    private static final class History {
        private final RandomWorld world;
        private final Client client;
        private final StoreInvariants invariants;
        private String metadata;
        private boolean sawMigration;

        History(RandomWorld world, Client client) {
            this.world = world;
            this.client = client;
            this.invariants =
                    new StoreInvariants(client, world.limit(), world.ordering().equals("shuffle"));
            for (int i = 0; i < world.proxies().count(); i++) {
                client.send(
                        Ask.json("POST", "/api/v3/proxies/meta", world.proxies().registration(i)));
            }
            client.send("POST /api/v3/clusters/meta/main {\"node_number\":" + world.firstNodes() + "}");
            this.metadata = dump();
        }

        private String dump() {
            return client.send(Ask.get("/metadata")).body();
        }

        void play(Command command) {
            JsonNode before = Answer.json(metadata);
            Ask ask = command.ask(before, world.proxies());
            Answer answer = client.send(ask);
            JsonNode after = now();
            try {
                new EpochTable(command, ask, answer, world.proxies(), before, after).check();
                if (!after.equals(before)) {
                    invariants.check(after);
                    assertThat(dump()).as("reading changes nothing").isEqualTo(metadata);
                }
                if (command.kind() == Kind.COMMIT && answer.isOk()) {
                    assertThat(client.send(ask).code())
                            .as("once is enough (P19)")
                            .isEqualTo("MIGRATION_TASK_NOT_FOUND");
                    assertThat(dump()).isEqualTo(metadata);
                }
            } catch (AssertionError e) {
                throw new AssertionError(
                        "after " + ask + " -> " + answer + "\nbefore " + before + "\nafter  " + after, e);
            }
        }

        private JsonNode now() {
            metadata = dump();
            JsonNode now = Answer.json(metadata);
            sawMigration |= metadata.contains("\"is_migrating\":true");
            return now;
        }

        /** 6.4.10. */
        void putBackWhatWasDumped() {
            assertThat(client.send(Ask.json("PUT", "/api/v3/metadata", metadata))
                            .isOk())
                    .isTrue();
            assertThat(dump()).isEqualTo(metadata);
        }

        /** 6.4.6: as a coordinator does, with what the cluster view shows. */
        void commitEverything() {
            int atMost = metadata.split("\"is_migrating\":true", -1).length;
            for (int round = 0; metadata.contains("\"is_migrating\":true"); round++) {
                assertThat(round).as("rounds of committing").isLessThan(atMost);
                List<String> tasks = new ArrayList<>();
                Answer.json(metadata).get("clusters").fieldNames().forEachRemaining(name -> tasks.addAll(shown(name)));
                assertThat(tasks)
                        .as("something is shown as long as something migrates")
                        .isNotEmpty();
                tasks.forEach(task -> assertThat(client.send(Ask.json("PUT", "/api/v3/clusters/migrations", task))
                                .isOk())
                        .as(task)
                        .isTrue());
                invariants.check(now());
            }
        }

        private List<String> shown(String name) {
            List<String> tasks = new ArrayList<>();
            client.send(Ask.get("/clusters/meta/" + name))
                    .json()
                    .at("/cluster/nodes")
                    .forEach(node -> node.get("slots").forEach(slots -> {
                        if (slots.get("tag").has("Migrating")) {
                            tasks.add("{\"cluster_name\":\"" + name + "\",\"slot_range\":" + slots + "}");
                        }
                    }));
            return tasks;
        }
    }
}
