package io.understudy.reaper;

import static io.understudy.reaper.ReaperInWorld.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.json.SnapshotJson;
import io.understudy.reaper.ReaperSimulator.RunView;
import io.understudy.reaper.ReaperSimulator.SegmentView;
import io.understudy.system.Action;
import io.understudy.world.DomainEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Reaper as a process in a world: restarts, resets, snapshots, and the controls over it. */
class ReaperProcessTest {
    private static final String BUSY = "default+run(test,booya,RUNNING,16)+register(analytics)";

    @Test
    void afterARestartRunsGoOnAndTheSegmentUnderRepairHasFailedOnce() {
        ReaperInWorld reaper = new ReaperInWorld(BUSY);
        UUID run = reaper.simulator.runs().get(1).id();
        reaper.kernel.clock().runUntil(() -> underRepair(reaper, run), Duration.ofMinutes(2));

        reaper.simulator.restart();

        assertThat(reaper.simulator.segments(run)).noneMatch(it -> it.state() == SegmentState.RUNNING);
        assertThat(reaper.simulator.segments(run).stream()
                        .mapToInt(SegmentView::failCount)
                        .sum())
                .isOne();
        reaper.advance("2h");
        assertThat(reaper.simulator.run(run).orElseThrow().state()).isEqualTo(RunState.DONE);
    }

    private static boolean underRepair(ReaperInWorld reaper, UUID run) {
        return reaper.simulator.segments(run).stream().anyMatch(it -> it.state() == SegmentState.RUNNING);
    }

    @Test
    void aWorldInTheMidstOfEverythingGoesOnFromItsJson() {
        ReaperInWorld here = inTheMidstOfEverything();
        String json = SnapshotJson.write(here.snapshot());
        ReaperInWorld there = new ReaperInWorld(BUSY, "scheduleRetryOnError=on", "autoScheduling.enabled=on");

        there.kernel.restore(SnapshotJson.read(json, there.kernel));
        assertThat(SnapshotJson.write(there.snapshot())).isEqualTo(json);

        List<DomainEvent> events =
                here.kernel.clock().advance(Duration.ofDays(3)).events();
        assertThat(there.kernel.clock().advance(Duration.ofDays(3)).events())
                .isEqualTo(events)
                .extracting(DomainEvent::type)
                .contains("scheduleFired", "segmentState", "runState");
        assertThat(SnapshotJson.write(there.snapshot())).isEqualTo(SnapshotJson.write(here.snapshot()));
    }

    private static ReaperInWorld inTheMidstOfEverything() {
        ReaperInWorld reaper = new ReaperInWorld(BUSY, "scheduleRetryOnError=on", "autoScheduling.enabled=on");
        reaper.schedule(wish("shop")
                .tables("users")
                .incremental()
                .threshold(10)
                .days(1)
                .force()
                .build());
        reaper.schedule(wish("booya")
                .tables("booya1")
                .days(0)
                .segments(1)
                .force()
                .owner("eve")
                .build());
        reaper.accepted(() -> reaper.process.snapshots().takeClusterWide("test", null, null, null, null));
        DiagEventSubscription subscription = reaper.accepted(() -> reaper.process
                        .diagEvents()
                        .subscribe(new DiagEventService.Wish("test", "d", "127.0.0.1", "x", true, "log", "")))
                .value();
        reaper.accepted(
                () -> reaper.process.diagEvents().listen(1, subscription.id().toString()));
        reaper.simulator.segmentFails(5);
        reaper.simulator.nodeFlapping("10.0.0.1", Duration.ofMinutes(3));
        reaper.simulator.setPercentRepaired("127.0.0.1", "shop", "users", 50);
        reaper.simulator.setGossipStatus("127.0.0.3", "LEAVING");
        reaper.advance("47m");
        reaper.kernel.step(() -> reaper.process.diagEvents().gone(1)); // nobody would listen in a restored world
        return reaper;
    }

    @Test
    void theSameSeedIsTheSameWorld() {
        ReaperInWorld one = inTheMidstOfEverything();
        ReaperInWorld other = inTheMidstOfEverything();
        assertThat(SnapshotJson.write(one.snapshot())).isEqualTo(SnapshotJson.write(other.snapshot()));

        one.kernel.reset();
        assertThat(SnapshotJson.write(one.snapshot()))
                .isEqualTo(SnapshotJson.write(
                        new ReaperInWorld(BUSY, "scheduleRetryOnError=on", "autoScheduling.enabled=on").snapshot()));
    }

    @Test
    void everyActionIsDoneByItsName() {
        ReaperInWorld reaper = new ReaperInWorld(BUSY);
        ReaperActions actions = new ReaperActions(reaper.simulator);
        Map<String, String> arguments = new TreeMap<>(Map.ofEntries(
                Map.entry("host", "127.0.0.1"),
                Map.entry("up", "false"),
                Map.entry("pending", "3"),
                Map.entry(
                        "compactions",
                        "[{\"id\":\"i\",\"type\":\"t\",\"keyspace\":\"k\",\"table\":\"t\",\"progress\":1,\"total\":2,"
                                + "\"unit\":\"bytes\"}]"),
                Map.entry("statistics", "{\"threadPools\":[],\"droppedMessages\":[],\"clientRequestLatencies\":[]}"),
                Map.entry("status", "LEAVING"),
                Map.entry("percent", "50"),
                Map.entry("cluster", "test"),
                Map.entry("datacenter", "dc1"),
                Map.entry("rack", "rack1"),
                Map.entry("tokens", "1, 2"),
                Map.entry("from", "-9223372036854775808"),
                Map.entry("to", "17"),
                Map.entry("keyspace", "another"),
                Map.entry("table", "t9"),
                Map.entry("tables", "t1,t2"),
                Map.entry("replicationFactor", "2"),
                Map.entry("eventClass", "x"),
                Map.entry("eventType", "y"),
                Map.entry("payload", "{\"a\":1}"),
                Map.entry("run", reaper.simulator.runs().get(1).id().toString()),
                Map.entry("segment", "0")));
        List<String> before = List.of("addKeyspace", "addTable");
        List<String> after = List.of("dropTable", "dropKeyspace");
        before.forEach(name -> perform(actions, name, arguments));
        for (Action action : ReaperActions.ALL) {
            if (!before.contains(action.name())
                    && !after.contains(action.name())
                    && !action.name().equals("addNode")
                    && !action.name().equals("removeNode")) {
                perform(actions, action.name(), arguments);
            }
        }
        after.forEach(name -> perform(actions, name, arguments));
        arguments.put("host", "127.0.0.9");
        perform(actions, "addNode", arguments);
        assertThat(reaper.process.context().universe().byHost("127.0.0.9")).isPresent();
        perform(actions, "removeNode", arguments);
        assertThat(reaper.process.context().universe().byHost("127.0.0.9")).isEmpty();
        assertThat(reaper.happened("nodeDown")).hasSize(1);
    }

    private static void perform(ReaperActions actions, String name, Map<String, String> all) {
        Action action = ReaperActions.ALL.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
        Map<String, String> arguments = new TreeMap<>();
        action.parameters().forEach(it -> arguments.put(it.name(), all.get(it.name())));
        actions.perform(name, arguments);
    }

    @Test
    void wrongArgumentsOfActionsAreNamed() {
        ReaperActions actions = new ReaperActions(new ReaperInWorld("empty").simulator);
        assertThatThrownBy(() -> actions.perform("setNodeUp", Map.of("host", "nowhere", "up", "true")))
                .hasMessage("there is no node nowhere");
        assertThatThrownBy(() -> actions.perform("setNodeUp", Map.of("host", "127.0.0.1", "up", "yes")))
                .hasMessage("up is 'yes'; it must be true or false");
        assertThatThrownBy(() -> actions.perform("moveToken", Map.of("host", "127.0.0.1", "from", "x", "to", "1")))
                .hasMessage("from: 'x' is no token");
        assertThatThrownBy(() -> actions.perform("abortSegment", Map.of("run", "x", "segment", "0")))
                .hasMessage("run is 'x'; it must be a UUID");
    }

    @Test
    void aMonthOfFiftySchedulesTakesFewEvents() {
        ReaperInWorld reaper = new ReaperInWorld("register(test)", "segment.triggerLatency=0s");
        for (int i = 0; i < 50; i++) {
            String keyspace = "k" + i;
            reaper.simulator.addKeyspace("test", keyspace, 3, List.of("t"));
            reaper.schedule(wish(keyspace).segments(1).build());
        }

        reaper.advance("P30D");

        assertThat(reaper.simulator.runs())
                .hasSize(250)
                .extracting(RunView::state)
                .containsOnly(RunState.DONE);
        assertThat(reaper.kernel.clock().pending())
                .filteredOn(event -> event.event() instanceof SchedulingManager.SchedulerTick)
                .hasSize(1);
    }
}
