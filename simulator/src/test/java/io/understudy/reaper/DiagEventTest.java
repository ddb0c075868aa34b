package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import io.understudy.fault.FaultScope;
import io.understudy.reaper.DiagEventService.Wish;
import io.understudy.reaper.Refusal.NotFound;
import io.understudy.reaper.Refusal.Unexpected;
import io.understudy.reaper.Written.Change;
import io.understudy.world.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Subscriptions of diagnostic events, and the streams of those who listen (spec reaper 1.9, 1.10). */
class DiagEventTest {
    private static final String GOSSIPER = "org.apache.cassandra.gms.GossiperEvent";
    private static final String SCHEMA = "org.apache.cassandra.schema.SchemaEvent";
    private static final UUID NOBODY = UUID.fromString("00000000-0000-4000-8000-000000000000");

    private final ReaperInWorld reaper = new ReaperInWorld("register(test)");
    private final DiagEventService service = reaper.process.diagEvents();

    // ---- subscriptions ----

    @Test
    void aSubscriptionHasARandomIdAndNoExportsWhereNothingWasGiven() {
        DiagEventSubscription created = subscribe("127.0.0.1,127.0.0.2", GOSSIPER);

        assertThat(created.id().version()).isEqualTo(4);
        assertThat(created.nodes()).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2");
        assertThat(created.exportFileLogger()).isNull();
        assertThat(created.exportHttpEndpoint()).isNull();
        assertThat(reaper.accepted(() -> service.subscription(created.id()))).contains(created);
    }

    @Test
    void theSameNodesAndEventsAreTheSameSubscription() {
        DiagEventSubscription created = subscribe("127.0.0.1,127.0.0.2", GOSSIPER + "," + SCHEMA);

        Written<DiagEventSubscription> again = reaper.accepted(() -> service.subscribe(
                new Wish("test", "other", "127.0.0.2,127.0.0.1", SCHEMA + "," + GOSSIPER, false, null, null)));

        assertThat(again).isEqualTo(new Written<>(Change.UNCHANGED, created));
        assertThat(subscribe("127.0.0.1", GOSSIPER)).isNotEqualTo(created);
        assertThat(service.subscriptions("test")).hasSize(2);
        assertThat(service.subscriptions("Test")).isEmpty();
        assertThat(service.subscriptions(null)).hasSize(2);
    }

    @Test
    @Covers("reaper P39")
    void theExportsMustBeThereAlthoughTheyMayBeEmpty() {
        assertThat(reaper.refused(() -> service.subscribe(new Wish("test", null, "n", "e", true, null, ""))))
                .isEqualTo(new Unexpected());
        assertThat(reaper.refused(() -> service.subscribe(new Wish("test", null, "n", "e", true, "", null))))
                .isEqualTo(new Unexpected());
        ReaperInWorld lenient = new ReaperInWorld("empty", "lenientDiagParams=on");
        assertThat(lenient.accepted(() ->
                                lenient.process.diagEvents().subscribe(new Wish("x", null, "n", "e", true, null, null)))
                        .change())
                .isEqualTo(Change.CREATED);
    }

    @Test
    void clusterNodesAndEventsMustBeThereAndAnEmptyListIsOneEmptyElement() {
        assertThat(reaper.refused(() -> service.subscribe(new Wish(null, null, "n", "e", true, "", ""))))
                .isEqualTo(new Unexpected());
        assertThat(reaper.refused(() -> service.subscribe(new Wish("test", null, null, "e", true, "", ""))))
                .isEqualTo(new Unexpected());
        assertThat(reaper.refused(() -> service.subscribe(new Wish("test", null, "n", null, true, "", ""))))
                .isEqualTo(new Unexpected());
        assertThat(reaper.accepted(() -> service.subscribe(new Wish("test", null, "", " e", true, "", "")))
                        .value())
                .satisfies(created -> {
                    assertThat(created.nodes()).containsExactly("");
                    assertThat(created.events()).containsExactly(" e");
                });
    }

    @Test
    void whatIsNotThereIsToldApartWithCassandraAndNotInMemory() {
        assertThat(reaper.refused(() -> service.subscription(NOBODY))).isEqualTo(new NotFound(""));
        assertThat(reaper.refused(() -> service.unsubscribe(NOBODY))).isEqualTo(new NotFound(""));
        ReaperInWorld memory = new ReaperInWorld("empty", "storageFlavour=memory");
        assertThat(memory.accepted(() -> memory.process.diagEvents().subscription(NOBODY)))
                .isEmpty();
        assertThat(memory.accepted(() -> memory.process.diagEvents().unsubscribe(NOBODY)))
                .isEqualTo(NOBODY);
    }

    @Test
    @Covers("reaper P48")
    void pollersAreTheNodesOfRegisteredClustersWhoseEventsSomebodyGets() {
        DiagEventSubscription one = subscribe("127.0.0.1,127.0.0.2", GOSSIPER);
        assertThat(reaper.refused(service::pollers)).isEqualTo(new NotFound(""));
        assertThat(reaper.refused(service::adhoc)).isEqualTo(new NotFound(""));

        reaper.accepted(() -> service.listen(1, one.id().toString()));
        assertThat(reaper.accepted(service::pollers)).isEqualTo(2);
        assertThat(reaper.accepted(service::adhoc)).containsExactly(one);

        reaper.accepted(
                () -> service.subscribe(new Wish("test", null, "127.0.0.2,127.0.0.3", SCHEMA, false, "logger", "")));
        reaper.accepted(() -> service.subscribe(new Wish("nope", null, "1", SCHEMA, false, "logger", "")));
        assertThat(reaper.accepted(service::pollers)).isEqualTo(3);

        reaper.kernel.step(() -> service.gone(1));
        assertThat(reaper.accepted(service::pollers)).isEqualTo(2);
        assertThat(reaper.refused(service::adhoc)).isEqualTo(new NotFound(""));
    }

    // ---- streams ----

    @Test
    void whoListensToNothingGetsAnException() {
        assertThat(reaper.refused(() -> service.listen(1, "no-id"))).isEqualTo(new Unexpected());
        assertThat(reaper.refused(() -> service.listen(1, NOBODY.toString()))).isEqualTo(new Unexpected());
    }

    @Test
    @Covers("reaper P56")
    void pingsComeTwiceEveryFiveSecondsWithTheSubscriptionAndTheNextIds() {
        DiagEventSubscription subscription = subscribe("127.0.0.1", GOSSIPER);
        reaper.accepted(() -> service.listen(7, subscription.id().toString()));

        reaper.advance("4s");
        assertThat(reaper.pushed).isEmpty();
        reaper.advance("6s");

        String data = "data: {\"id\":\"" + subscription.id()
                + "\",\"cluster\":\"test\",\"description\":null,\"nodes\":[\"127.0.0.1\"],\"events\":[\"" + GOSSIPER
                + "\"],\"export_sse\":true,\"export_file_logger\":null,\"export_http_endpoint\":null}\n\n";
        assertThat(reaper.pushed)
                .containsExactly(
                        "7: event: ping\nid: 0\n" + data,
                        "7: event: ping\nid: 1\n" + data,
                        "7: event: ping\nid: 2\n" + data,
                        "7: event: ping\nid: 3\n" + data);
    }

    @Test
    @Covers("reaper P56")
    void theCounterAdvancesAlsoWhileNobodyListens() {
        DiagEventSubscription subscription = subscribe("127.0.0.1", GOSSIPER);
        reaper.advance("1m1s");
        reaper.accepted(() -> service.listen(7, subscription.id().toString()));
        assertThat(emit("127.0.0.1", GOSSIPER)).isOne();
        reaper.advance("5s");

        assertThat(ids()).containsExactly("24", "25", "26");
        reaper.kernel.step(() -> service.gone(7));
        reaper.advance("1h");
        assertThat(reaper.kernel.clock().pending()).noneMatch(event -> event.event() instanceof SseBroadcaster.SsePing);
        reaper.accepted(() -> service.listen(8, subscription.id().toString()));
        reaper.advance("5s");
        assertThat(ids().get(3)).isEqualTo(Integer.toString(2 * (61 + 3605) / 5 - 1 + 2));
    }

    @Test
    @Covers("reaper P56")
    void aDiagnosticEventHasNoNameAndGoesToEveryListenerOfEverySubscriptionOfIt() {
        DiagEventSubscription one = subscribe("127.0.0.1,127.0.0.2", GOSSIPER);
        DiagEventSubscription other = subscribe("127.0.0.1", GOSSIPER + "," + SCHEMA);
        subscribe("127.0.0.3", GOSSIPER);
        reaper.accepted(() -> service.listen(1, one.id().toString()));
        reaper.accepted(() -> service.listen(2, one.id().toString()));
        reaper.accepted(() -> service.listen(3, other.id().toString()));

        assertThat(reaper.simulator.emitDiagEvent("test", "127.0.0.1", GOSSIPER, "CONVICTED", Map.of("k", 1)))
                .isEqualTo(2);
        assertThat(reaper.simulator.emitDiagEvent("test", "127.0.0.2", SCHEMA, "X", Map.of()))
                .isZero();
        assertThat(reaper.simulator.emitDiagEvent("other", "127.0.0.1", GOSSIPER, "X", Map.of()))
                .isZero();

        String event = "data: {\"cluster\":\"test\",\"node\":\"127.0.0.1\",\"eventClass\":\"" + GOSSIPER
                + "\",\"eventType\":\"CONVICTED\",\"timestamp\":1767234600000,\"event\":{\"class\":\"" + GOSSIPER
                + "\",\"type\":\"CONVICTED\",\"ts\":1767234600000,\"k\":1}}\n\n";
        assertThat(reaper.pushed).containsExactly("1: id: 0\n" + event, "2: id: 0\n" + event, "3: id: 1\n" + event);
    }

    @Test
    void exportsWorkWithoutAListener() {
        reaper.accepted(() -> service.subscribe(
                new Wish("test", null, "127.0.0.1", GOSSIPER, false, "my.logger", "http://hook.example/events")));

        assertThat(emit("127.0.0.1", GOSSIPER)).isOne();

        assertThat(reaper.sent)
                .singleElement()
                .asString()
                .startsWith("POST http://hook.example/events {\"cluster\":\"test\",\"node\":\"127.0.0.1\",");
        assertThat(reaper.happened("diagEventLogged"))
                .singleElement()
                .asString()
                .contains("logger=my.logger");
    }

    @Test
    void aNodeThatGoesDownAndComesBackIsToldByTheOthers() {
        DiagEventSubscription all = subscribe("127.0.0.1,127.0.0.2,127.0.0.3", GOSSIPER);
        reaper.accepted(() -> service.listen(1, all.id().toString()));

        FaultScope down = reaper.simulator.nodeDown("127.0.0.2");
        assertThat(reaper.pushed)
                .hasSize(2)
                .allMatch(text ->
                        text.contains("\"eventType\":\"CONVICTED\"") && text.contains("\"endpoint\":\"127.0.0.2\""))
                .noneMatch(text -> text.contains("\"node\":\"127.0.0.2\""));
        reaper.pushed.clear();
        down.close();
        assertThat(reaper.pushed).hasSize(3).allMatch(text -> text.contains("\"eventType\":\"REAL_MARKED_ALIVE\""));
        assertThat(reaper.happened("nodeDown")).hasSize(1);
        assertThat(reaper.happened("nodeUp")).hasSize(1);
    }

    @Test
    void aFlappingNodeIsToldAtEveryTurn() {
        DiagEventSubscription all = subscribe("127.0.0.1", GOSSIPER);
        reaper.accepted(() -> service.listen(1, all.id().toString()));
        reaper.simulator.nodeFlapping("127.0.0.2", Duration.ofMinutes(1));

        reaper.advance("100s");

        assertThat(reaper.pushed.stream().filter(text -> !text.contains("ping")).toList())
                .extracting(text -> text.contains("CONVICTED"))
                .containsExactly(true, false, true, false);
    }

    @Test
    void withARestartConnectionsEndAndTheCounterBeginsAnew() {
        DiagEventSubscription subscription = subscribe("127.0.0.1", GOSSIPER);
        reaper.accepted(() -> service.listen(1, subscription.id().toString()));
        reaper.advance("13s");
        reaper.pushed.clear();

        reaper.simulator.restart();
        assertThat(reaper.pushed).containsExactly("1: END");
        reaper.accepted(() -> service.listen(2, subscription.id().toString()));
        reaper.advance("4s");
        assertThat(reaper.pushed).hasSize(1);
        reaper.advance("1s");

        assertThat(ids()).containsExactly("0", "1");
    }

    @Test
    void whoeverListensToADeletedSubscriptionIsLetGo() {
        DiagEventSubscription subscription = subscribe("127.0.0.1", GOSSIPER);
        reaper.accepted(() -> service.listen(1, subscription.id().toString()));

        reaper.accepted(() -> service.unsubscribe(subscription.id()));
        reaper.advance("1m");

        assertThat(reaper.pushed).containsExactly("1: END");
    }

    @Test
    void afterARestoreNobodyListensAndIdsGoOn() {
        DiagEventSubscription subscription = subscribe("127.0.0.1", GOSSIPER);
        reaper.accepted(() -> service.listen(1, subscription.id().toString()));
        emit("127.0.0.1", GOSSIPER);
        reaper.advance("7s");
        Snapshot snapshot = reaper.snapshot();
        reaper.pushed.clear();

        reaper.kernel.restore(snapshot);
        reaper.advance("5s");
        assertThat(reaper.pushed).isEmpty();
        reaper.accepted(() -> service.listen(2, subscription.id().toString()));
        emit("127.0.0.1", GOSSIPER);

        assertThat(ids()).containsExactly("5"); // one event and two rounds before
    }

    // ---- how ----

    private DiagEventSubscription subscribe(String nodes, String events) {
        return reaper.accepted(() -> service.subscribe(new Wish("test", null, nodes, events, true, "", "")))
                .value();
    }

    private int emit(String node, String eventClass) {
        return reaper.simulator.emitDiagEvent("test", node, eventClass, "X", Map.of());
    }

    private List<String> ids() {
        return reaper.pushed.stream()
                .flatMap(text -> text.lines())
                .filter(line -> line.contains("id: "))
                .map(line -> line.substring(line.indexOf("id: ") + 4))
                .toList();
    }
}
