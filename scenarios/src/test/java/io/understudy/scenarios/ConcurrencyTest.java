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
import io.understudy.journal.Exchange;
import io.understudy.journal.Match;
import io.understudy.journal.Reply;
import io.understudy.undermoon.UndermoonPreset;
import io.understudy.undermoon.UndermoonSimulator;
import io.understudy.world.ClockMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
            List<Map<String, Answer>> answers = crowd.all((number, client) -> chat(new Random(number), number, client));

            List<Exchange> exchanges = simulation.world().journal().exchanges(Match.ANY);
            assertThat(exchanges).hasSize(Crowd.SIZE * EACH);
            exchanges.forEach(exchange -> {
                String caller = exchange.request().headers().first("x-caller").orElseThrow();
                int number = Integer.parseInt(caller.substring(0, caller.indexOf('/')));
                assertThat(told(exchange))
                        .as(caller)
                        .isEqualTo(told(answers.get(number).get(caller)));
            });
            assertThat(oneAfterTheOther(exchanges)).isEqualTo(exchanges);
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

    private static Map<String, Answer> chat(Random random, int number, Client client) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (int i = 0; i < EACH; i++) {
            String caller = number + "/" + i;
            Ask ask = Ask.parse(TALK.get(random.nextInt(TALK.size())));
            answers.put(caller, client.send(ask.with("X-Caller: " + caller)));
        }
        return answers;
    }

    private static String told(Exchange exchange) {
        Reply reply = exchange.reply();
        return reply == null || exchange.repliedAt() == null
                ? "lost"
                : new Answer(reply.status(), "", reply.body().text()).toString();
    }

    private static String told(Answer answer) {
        return answer.toString();
    }

    private static List<Exchange> oneAfterTheOther(List<Exchange> exchanges) {
        try (Simulation fresh = eventful();
                Client client = new Client(undermoon(fresh).baseUrl())) {
            exchanges.forEach(exchange -> client.send(ask(exchange)));
            return fresh.world().journal().exchanges(Match.ANY);
        }
    }

    private static Ask ask(Exchange exchange) {
        List<String> fields = exchange.request().headers().fields().stream()
                .filter(field -> !List.of("Host", "Content-Length").contains(field.name()))
                .map(field -> field.name() + ": " + field.value())
                .toList();
        return new Ask(
                exchange.request().method(),
                exchange.request().target(),
                fields,
                exchange.request().body().text());
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
