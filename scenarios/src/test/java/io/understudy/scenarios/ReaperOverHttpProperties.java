package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.OpenApiDocument;
import io.understudy.Simulation;
import io.understudy.World;
import io.understudy.fault.FaultScope;
import io.understudy.reaper.ReaperSimulator;
import io.understudy.scenarios.ReaperCommand.Kind;
import io.understudy.world.ClockMode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Spec reaper 3.7 over random histories, asked and checked over HTTP; every answer is one that the document allows. */
final class ReaperOverHttpProperties {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.of("reaper");

    @Property
    void whateverHappensTheInvariantsHold(
            @ForAll("worlds") RandomReaper random, @ForAll("histories") List<ReaperCommand> history) {
        try (Simulation simulation = random.builder().clock(ClockMode.manual()).start();
                Client client =
                        new Client(simulation.simulator(ReaperSimulator.class).baseUrl())) {
            History played = new History(random, simulation, client);
            history.forEach(played::play);
            Statistics.label("segments done")
                    .collect(played.sawDone)
                    .coverage(seen -> seen.check(true).percentage(share -> share > 10));
            Statistics.label("segments failed")
                    .collect(played.sawFailed)
                    .coverage(seen -> seen.check(true).percentage(share -> share > 2));
        }
    }

    @Provide
    Arbitrary<RandomReaper> worlds() {
        return RandomReaper.worlds();
    }

    @Provide
    Arbitrary<List<ReaperCommand>> histories() {
        return ReaperCommand.histories(30, 60);
    }

    private static final class History {
        private final RandomReaper random;
        private final World world;
        private final ReaperSimulator reaper;
        private final Client client;
        private final ReaperTrouble trouble;
        private final ReaperInvariants invariants;
        private ReaperLook look;
        private boolean sawDone;
        private boolean sawFailed;

        History(RandomReaper random, Simulation simulation, Client client) {
            this.random = random;
            this.world = simulation.world();
            this.reaper = simulation.simulator(ReaperSimulator.class);
            this.client = client;
            this.trouble = new ReaperTrouble(world);
            this.invariants = new ReaperInvariants(random.storageFlavour().equals("memory"));
            client.send("POST /cluster?seedHost=127.0.0.1");
            client.send("POST /cluster?seedHost=10.0.0.1");
            this.look = ReaperLook.at(client);
        }

        void play(ReaperCommand command) {
            ReaperLook before = look;
            Instant began = world.clock().now();
            Ask ask = command.kind().isRequest() ? command.ask(before.targets()) : null;
            String told = "";
            try {
                Answer answer = ask == null ? null : ask(ask);
                told = answer == null ? happen(command) : answer.toString();
                look = ReaperLook.at(client);
                ReaperStep step = new ReaperStep(
                        random, command, before, look, began, world.clock().now());
                if (ask != null && answer != null) {
                    step.checkRequest(ask, answer);
                    checkWhatFollows(command, ask, answer);
                } else {
                    step.checkTime();
                }
                invariants.check(look);
                sawDone |= look.runs().keySet().stream()
                        .anyMatch(id ->
                                before.runs().containsKey(id) && look.count(id, "DONE") > before.count(id, "DONE"));
                sawFailed |= look.segments().values().stream()
                        .flatMap(segments -> segments.findValues("failCount").stream())
                        .anyMatch(count -> count.asInt() > 0);
                checkOneRun(command);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "after " + command + " " + ask + " -> " + told + "\nat " + began + " in " + random
                                + look.since(before),
                        e);
            }
        }

        private Answer ask(Ask ask) {
            world.journal().clear();
            Answer answer = client.send(ask);
            DOCUMENT.check(world.journal());
            return answer;
        }

        private String happen(ReaperCommand command) {
            return command.kind() == Kind.OUTAGE ? outage(command) : trouble.play(command);
        }

        /** While the storage is down there is nothing to be had; afterwards it is as if nobody had asked. */
        private String outage(ReaperCommand command) {
            try (FaultScope down = reaper.storageDown()) {
                world.clock().advance(command.duration());
                for (ReaperCommand.Kind kind : Set.of(Kind.PURGE, Kind.START, Kind.REGISTER, Kind.DELETE_CLUSTER)) {
                    Ask ask = new ReaperCommand(kind, command.a(), command.b()).ask(look.targets());
                    assertThat(ask(ask).status()).as("%s during %s", ask, down).isEqualTo(500);
                }
            }
            return "outage";
        }

        /** 3.7.8, 3.7.9, 3.7.13. */
        private void checkWhatFollows(ReaperCommand command, Ask ask, Answer answer) {
            if (answer.status() == 201) {
                String location = answer.field("location").orElseThrow().replaceFirst("^http://[^/]+", "");
                Answer there = client.send("GET " + location);
                if (command.kind() != Kind.REGISTER && command.kind() != Kind.MODIFY_CLUSTER) {
                    assertThat(there.isOk()).as("3.7.8: %s", there).isTrue();
                    assertThat(location).endsWith("/" + there.json().get("id").asText());
                } else {
                    assertThat(client.send(ask).status()).as("3.7.13").isEqualTo(204);
                    assertThat(look.clusters()).containsKey(location.substring("/cluster/".length()));
                }
            }
            if (answer.status() == 202 && command.kind() != Kind.CLEAR_SNAPSHOT && !isForgetful(command)) {
                assertThat(client.send(ask).status()).as("3.7.9").isEqualTo(404);
            }
        }

        /** Spec reaper 0.2: with the memory flavour clusters and subscriptions that are gone can be deleted again. */
        private boolean isForgetful(ReaperCommand command) {
            return random.storageFlavour().equals("memory")
                    && (command.kind() == Kind.DELETE_CLUSTER || command.kind() == Kind.UNSUBSCRIBE);
        }

        /** Alone it looks as it does among all. */
        private void checkOneRun(ReaperCommand command) {
            ReaperTargets.Run run = look.targets().run(command.b());
            Answer alone = client.send("GET /repair_run/" + run.id());
            if (look.runs().containsKey(run.id())) {
                assertThat(alone.json()).isEqualTo(look.runs().get(run.id()));
            } else {
                assertThat(alone.status()).isEqualTo(404);
            }
        }
    }
}
