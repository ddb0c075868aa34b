package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.WorldBuilder;
import io.understudy.fault.Duplicate;
import io.understudy.fault.ErrorReply;
import io.understudy.fault.FaultRule;
import io.understudy.fault.LoseReply;
import io.understudy.fault.UniformDelay;
import io.understudy.journal.Match;
import io.understudy.undermoon.UndermoonPreset;
import io.understudy.undermoon.UndermoonSimulator;
import io.understudy.world.ClockMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sixteen callers at once: nothing is lost, nobody is served twice, and the journal tells why each got what it got. */
final class ConcurrencyTest {
    private static final int EACH = 60;
    private static final int ROUNDS = 100;

    private static final List<String> TALK = List.of(
            "GET /api/v3/epoch",
            "GET /api/v3/metadata",
            "GET /api/v3/clusters/meta/mycluster",
            "GET /api/v3/failures",
            "POST /api/v3/clusters/meta/other {\"node_number\":4}",
            "DELETE /api/v3/clusters/meta/other",
            "DELETE /api/v3/clusters/free_nodes/mycluster",
            "POST /api/v3/clusters/migrations/auto/mycluster/8",
            "POST /api/v3/clusters/migrations/shrink/mycluster/4",
            "PUT /api/v3/clusters/balance/mycluster",
            "POST /api/v3/proxies/failover/server_proxy1:6001",
            "POST /api/v3/proxies/meta {\"proxy_address\":\"server_proxy1:6001\",\"nodes\":[\"a\",\"b\"]}",
            "POST /api/v3/failures/server_proxy3:6003/me");

    private static WorldBuilder sixProxies() {
        return Understudy.world()
                .system("undermoon")
                .clock(ClockMode.manual())
                .preset(UndermoonPreset.worldSixProxies().cluster("mycluster", 4));
    }

    private static UndermoonSimulator undermoon(Simulation simulation) {
        return simulation.simulator(UndermoonSimulator.class);
    }

    private static Crowd crowd(Simulation simulation) {
        return new Crowd(undermoon(simulation).baseUrl());
    }

    @Test
    void everyAcceptedBumpOfTheEpochCounts() {
        try (Simulation simulation = sixProxies().start();
                Crowd crowd = crowd(simulation)) {
            long before = undermoon(simulation).globalEpoch();

            List<List<Integer>> statuses = crowd.all((number, client) -> {
                List<Integer> mine = new ArrayList<>();
                for (int i = 0; i < EACH; i++) {
                    mine.add(client.send("POST /api/v3/proxies/meta {\"proxy_address\":\"h" + number + ":" + i
                                    + "\",\"nodes\":[\"a\",\"b\"]}")
                            .status());
                    mine.add(client.send("POST /api/v3/failures/ghost" + i + ":1/reporter" + number)
                            .status());
                }
                return mine;
            });

            assertThat(statuses).allSatisfy(mine -> assertThat(mine).containsOnly(200));
            assertThat(undermoon(simulation).globalEpoch()).isEqualTo(before + 2L * Crowd.SIZE * EACH);
            assertThat(undermoon(simulation).proxyAddresses()).hasSize(6 + Crowd.SIZE * EACH);
        }
    }

    @Test
    void theOrderOfTheJournalExplainsEveryReply() {
        try (Simulation simulation = eventful();
                Crowd crowd = crowd(simulation)) {
            Chat chat = new Chat(EACH, (random, heard) -> Ask.parse(TALK.get(random.nextInt(TALK.size()))));

            chat.all(crowd);

            chat.check(simulation.world());
            chat.checkOrder(simulation.world(), ConcurrencyTest::eventful);
        }
    }

    /** Faults by chance, a coordinator, and time that every request moves on: all of it must follow from the order alone. */
    private static Simulation eventful() {
        Simulation simulation = sixProxies()
                .seed(16)
                .clock(ClockMode.perRequest(Duration.ofMillis(50)))
                .set("undermoon.coordinatorSim", "true")
                .start();
        for (var fault :
                List.of(new Duplicate(), new LoseReply(), new UniformDelay(Duration.ZERO, Duration.ofSeconds(1)))) {
            simulation
                    .world()
                    .faults()
                    .add(FaultRule.on(Match.ANY).withProbability(0.1).inject(fault));
        }
        return simulation;
    }

    @Test
    void ofManyWhoCreateTheSameClusterExactlyOneDoes() {
        try (Simulation simulation = sixProxies().start();
                Crowd crowd = crowd(simulation)) {
            for (int round = 0; round < ROUNDS; round++) {
                List<String> answers =
                        crowd.all((number, client) -> client.send("POST /api/v3/clusters/meta/one {\"node_number\":4}")
                                .toString());

                assertThat(Collections.frequency(answers, "200"))
                        .as("round %d", round)
                        .isOne();
                assertThat(Collections.frequency(answers, "409 {\"error\":\"ALREADY_EXISTED\"}"))
                        .isEqualTo(Crowd.SIZE - 1);
                try (Client client = new Client(undermoon(simulation).baseUrl())) {
                    assertThat(client.send("DELETE /api/v3/clusters/meta/one").isOk())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void aFaultForTheFirstRequestHitsExactlyOneOfMany() {
        try (Simulation simulation = sixProxies().start();
                Crowd crowd = crowd(simulation)) {
            for (int round = 0; round < ROUNDS; round++) {
                try (var fault = simulation
                        .world()
                        .faults()
                        .add(FaultRule.on(Match.operation("undermoon.getEpoch"))
                                .first(1)
                                .inject(new ErrorReply(503, Map.of(), "")))) {
                    List<Integer> statuses = crowd.all(
                            (number, client) -> client.send(Ask.get("/epoch")).status());

                    assertThat(Collections.frequency(statuses, 503))
                            .as("round %d with %s", round, fault.id())
                            .isOne();
                    assertThat(Collections.frequency(statuses, 200)).isEqualTo(Crowd.SIZE - 1);
                }
            }
        }
    }
}
