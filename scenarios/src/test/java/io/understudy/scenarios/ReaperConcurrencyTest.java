package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.WorldBuilder;
import io.understudy.fault.Duplicate;
import io.understudy.fault.FaultRule;
import io.understudy.fault.LoseReply;
import io.understudy.fault.UniformDelay;
import io.understudy.journal.Match;
import io.understudy.reaper.ReaperSimulator;
import io.understudy.world.ClockMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sixteen callers of one Reaper at once: what they get follows from the order in the journal alone. */
final class ReaperConcurrencyTest {
    private static final int EACH = 40;
    private static final int ROUNDS = 40;

    private static WorldBuilder world() {
        return Understudy.world()
                .system("reaper")
                .seed(16)
                .preset("reaper", "default+run(test,system_auth,RUNNING)")
                .set("reaper.segmentCountPerNode", "1")
                .set("reaper.repairManagerSchedulingIntervalSeconds", "1");
    }

    private static Crowd crowd(Simulation simulation) {
        return new Crowd(simulation.simulator(ReaperSimulator.class).baseUrl());
    }

    @Test
    void theOrderOfTheJournalExplainsEveryReply() {
        try (Simulation simulation = eventful();
                Crowd crowd = crowd(simulation)) {
            Chat chat = new Chat(EACH, ReaperConcurrencyTest::next);

            chat.all(crowd);

            chat.check(simulation.world());
            chat.checkOrder(simulation.world(), ReaperConcurrencyTest::eventful);
            assertThat(Told.journalOf(simulation.world()))
                    .as("segments are repaired, and fail")
                    .contains("\"state\":\"DONE\"", "\"state\":\"NOT_STARTED\"");
        }
    }

    /** Faults by chance, segments that fail, and time that every request moves on. */
    private static Simulation eventful() {
        Simulation simulation =
                world().clock(ClockMode.perRequest(Duration.ofMillis(300))).start();
        for (var fault :
                List.of(new Duplicate(), new LoseReply(), new UniformDelay(Duration.ZERO, Duration.ofSeconds(1)))) {
            simulation
                    .world()
                    .faults()
                    .add(FaultRule.on(Match.ANY).withProbability(0.1).inject(fault));
        }
        simulation.simulator(ReaperSimulator.class).segmentFails(2);
        return simulation;
    }

    /** Creates, or does something to a run of which it has heard. */
    private static Ask next(Random random, List<Answer> heard) {
        List<String> runs = heardOf(heard);
        String run = runs.isEmpty() ? "1-1-1-1-1" : runs.get(random.nextInt(runs.size()));
        return Ask.parse(
                switch (random.nextInt(12)) {
                    case 0, 1 ->
                        "POST /repair_run?clusterName=test&keyspace=booya&owner=alice&timeout="
                                + (1 + random.nextInt(4));
                    case 2, 3 -> "PUT /repair_run/" + run + "/state/RUNNING";
                    case 4 -> "PUT /repair_run/" + run + "/state/PAUSED";
                    case 5 -> "PUT /repair_run/" + run + "/state/ABORTED";
                    case 6 -> "DELETE /repair_run/" + run + "?owner=alice";
                    case 7 -> "GET /repair_run/" + run + "/segments";
                    case 8 -> "POST /cluster?seedHost=127.0.0." + (1 + random.nextInt(3));
                    case 9 ->
                        "POST /repair_schedule?clusterName=test&keyspace=booya&owner=bob&scheduleDaysBetween="
                                + random.nextInt(3);
                    default -> "GET /repair_run?limit=20";
                });
    }

    private static List<String> heardOf(List<Answer> heard) {
        List<String> runs = new ArrayList<>();
        for (Answer answer : heard) {
            if (answer.isOk() && answer.body().startsWith("[{\"cause\"")
                    || answer.status() == 201 && !answer.body().isEmpty()) {
                for (JsonNode id : answer.json().findValues("id")) {
                    runs.add(id.asText());
                }
            }
        }
        return runs;
    }

    @Test
    void ofManyRunsOfAUnitExactlyOneIsStarted() {
        try (Simulation simulation = world().clock(ClockMode.manual()).start();
                Crowd crowd = crowd(simulation)) {
            for (int round = 0; round < ROUNDS; round++) {
                List<String> told = crowd.all((number, client) -> {
                    Answer created = client.send("POST /repair_run?clusterName=test&keyspace=booya&owner=alice");
                    String path = "/repair_run/" + created.json().get("id").asText();
                    int status = client.send("PUT " + path + "/state/RUNNING").status();
                    return status + " " + path;
                });

                assertThat(told.stream().filter(one -> one.startsWith("200")))
                        .as("round %d", round)
                        .hasSize(1);
                assertThat(told.stream().filter(one -> one.startsWith("409"))).hasSize(Crowd.SIZE - 1);
                assertThat(told).as("each has a run of its own").doesNotHaveDuplicates();
                try (Client client =
                        new Client(simulation.simulator(ReaperSimulator.class).baseUrl())) {
                    told.forEach(one -> client.send("PUT " + one.substring(4) + "/state/ABORTED"));
                }
            }
        }
    }

    @Test
    void ofManyWhoScheduleTheSameExactlyOneDoes() {
        try (Simulation simulation = world().clock(ClockMode.manual()).start();
                Crowd crowd = crowd(simulation)) {
            for (int round = 0; round < ROUNDS; round++) {
                String days = Integer.toString(round);
                List<Integer> statuses = crowd.all((number, client) -> client.send(
                                "POST /repair_schedule?clusterName=test&keyspace=booya&owner=bob&scheduleDaysBetween="
                                        + days)
                        .status());

                assertThat(Collections.frequency(statuses, 201))
                        .as("round %d", round)
                        .isEqualTo(round == 0 ? 1 : 0);
                assertThat(Collections.frequency(statuses, 204)).isEqualTo(round == 0 ? Crowd.SIZE - 1 : Crowd.SIZE);
            }
        }
    }

    @Test
    void ofManyWhoDeleteTheSameRunExactlyOneDoes() {
        try (Simulation simulation = world().clock(ClockMode.manual()).start();
                Crowd crowd = crowd(simulation);
                Client client =
                        new Client(simulation.simulator(ReaperSimulator.class).baseUrl())) {
            for (int round = 0; round < ROUNDS; round++) {
                String id = client.send("POST /repair_run?clusterName=test&keyspace=booya&owner=alice")
                        .json()
                        .get("id")
                        .asText();
                List<Integer> statuses = crowd.all((number, one) ->
                        one.send("DELETE /repair_run/" + id + "?owner=alice").status());

                assertThat(Collections.frequency(statuses, 202))
                        .as("round %d", round)
                        .isOne();
                assertThat(Collections.frequency(statuses, 404)).isEqualTo(Crowd.SIZE - 1);
            }
        }
    }
}
