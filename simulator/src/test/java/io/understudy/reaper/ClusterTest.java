package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.understudy.Covers;
import io.understudy.fault.FaultScope;
import io.understudy.reaper.Refusal.BadRequest;
import io.understudy.reaper.Refusal.Conflict;
import io.understudy.reaper.Refusal.Failed;
import io.understudy.reaper.Refusal.NotFound;
import io.understudy.reaper.Refusal.Thrown;
import io.understudy.reaper.Refusal.Unexpected;
import io.understudy.reaper.Written.Change;
import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.reaper.cassandra.EndpointState;
import io.understudy.reaper.cassandra.Partitioner;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Registering, updating, reading and deleting clusters (spec reaper 0.2, 1.3, 2.2, 2.3). */
class ClusterTest {
    private static final String[] LIVE = {"127.0.0.1", "127.0.0.2", "127.0.0.3"};
    private static final String UNREACHABLE = "no host could be reached through JMX";

    private final ReaperInWorld reaper = new ReaperInWorld("empty");

    // ---- registration, row by row of 1.3.4 ----

    @Test
    void row1NoSeedHost() {
        assertThat(refusal(reaper.post(null))).isEqualTo(new BadRequest("query parameter \"seedHost\" required"));
    }

    @Test
    void row2CredentialsNeedEncryption() {
        ClusterRegistration.Wish wish = new ClusterRegistration.Wish(null, "127.0.0.1", null, "jmx", "secret");
        assertThat(reaper.refused(() -> reaper.process.registration().addOrUpdate(wish)))
                .isEqualTo(
                        new BadRequest(
                                "Unable to store JMX Credentials without first enabling encryption in the reaper configuration"));

        ReaperInWorld encrypting = new ReaperInWorld("empty", "cryptograph=symmetric");
        Cluster cluster = encrypting
                .accepted(() -> encrypting.process.registration().addOrUpdate(wish))
                .value();
        assertThat(cluster.credentials().username()).isEqualTo("jmx");
        assertThat(cluster.credentials().password()).startsWith("{cipher}").doesNotContain("secret");
    }

    @Test
    void credentialsOfWhichOneIsBlankAreNone() {
        ClusterRegistration.Wish wish = new ClusterRegistration.Wish(null, "127.0.0.1", 7100, "jmx", " ");

        Cluster cluster = reaper.accepted(() -> reaper.process.registration().addOrUpdate(wish))
                .value();

        assertThat(cluster.credentials()).isNull();
        assertThat(cluster.jmxPort()).isEqualTo(7100);
    }

    @Test
    @Covers("reaper P13")
    void row3NoNodeCanBeReached() {
        assertThat(refusal(reaper.post("192.168.0.1")))
                .isEqualTo(new BadRequest("no cluster  with seed host 192.168.0.1"));
        assertThat(refusal(reaper.put("test", "a,b"))).isEqualTo(new BadRequest("no cluster test with seed host a,b"));
        FaultScope unreachable = reaper.simulator.clusterUnreachable("127.0.0.1");
        assertThat(refusal(reaper.post("127.0.0.1"))).isEqualTo(new BadRequest("no cluster  with seed host 127.0.0.1"));
        assertThat(change(reaper.post("127.0.0.2"))).isEqualTo(Change.CREATED);
        unreachable.close();
        assertThat(change(reaper.post("127.0.0.1"))).isEqualTo(Change.UNCHANGED);
    }

    @Test
    void oneReachableSeedIsEnough() {
        reaper.simulator.nodeDown("127.0.0.1");
        assertThat(refusal(reaper.post("127.0.0.1"))).isInstanceOf(BadRequest.class);
        assertThat(change(reaper.post("nowhere, 127.0.0.1,127.0.0.2 "))).isEqualTo(Change.CREATED);
    }

    @Test
    @Covers("reaper P42")
    void row4TheNameInThePathMustBeTheSymbolicOne() {
        assertThat(refusal(reaper.put("other", "127.0.0.1")))
                .isEqualTo(
                        new BadRequest("POST/PUT on cluster resource other called with seedHost 127.0.0.1 belonging to"
                                + " different cluster test"));
        addCassandra("Test Cluster", "10.1.0.1");
        assertThat(refusal(reaper.put("Test Cluster", "10.1.0.1")))
                .isEqualTo(new BadRequest("POST/PUT on cluster resource Test Cluster called with seedHost 10.1.0.1"
                        + " belonging to different cluster testcluster"));
        assertThat(value(reaper.put("testcluster", "10.1.0.1")).name()).isEqualTo("testcluster");
    }

    @Test
    @Covers("reaper P45")
    void row5TheSeedsAreAllLiveNodes() {
        reaper.simulator.nodeDown("127.0.0.3");

        Outcome<Written<Cluster>> outcome = reaper.put("test", "127.0.0.1@somewhere");

        assertThat(change(outcome)).isEqualTo(Change.CREATED);
        assertThat(value(outcome).seedHosts()).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2");
        assertThat(value(outcome).jmxPort()).isEqualTo(7199);
        assertThat(value(outcome).partitioner()).isEqualTo("org.apache.cassandra.dht.Murmur3Partitioner");
    }

    @Test
    void row5WithoutADynamicListTheSeedsAreThoseGiven() {
        ReaperInWorld fixed = new ReaperInWorld("empty", "enableDynamicSeedList=off");

        assertThat(value(fixed.post("127.0.0.2@test, 127.0.0.1")).seedHosts())
                .containsExactlyInAnyOrder("127.0.0.2", "127.0.0.1");
        assertThat(change(fixed.post("127.0.0.3"))).isEqualTo(Change.UNCHANGED); // row 10
        assertThat(fixed.cluster("test").seedHosts()).hasSize(2);
    }

    @Test
    void rows6And7SeedsAreReplacedWhenOthersLive() {
        reaper.post("127.0.0.1");
        assertThat(change(reaper.post("127.0.0.1"))).isEqualTo(Change.UNCHANGED);
        assertThat(reaper.cluster("test").seedHosts()).containsExactlyInAnyOrder(LIVE);

        reaper.simulator.setNodeUp("127.0.0.2", false);
        assertThat(change(reaper.put("test", "127.0.0.1"))).isEqualTo(Change.UPDATED);
        assertThat(reaper.cluster("test").seedHosts()).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.3");
    }

    @Test
    void row8AnotherClusterOfThatNameIsAnException() {
        reaper.post("127.0.0.1");
        addCassandra("TEST", "10.1.0.1");

        assertThat(refusal(reaper.post("10.1.0.1"))).isEqualTo(new Unexpected());
        assertThat(reaper.cluster("test").seedHosts()).containsExactlyInAnyOrder(LIVE);
    }

    @Test
    void row9TheOldSeedsCannotBeReached() {
        reaper.post("127.0.0.1");
        reaper.simulator.addNode("test", "127.0.0.4", "dc1", "rack1", List.of(BigInteger.TEN));
        for (String host : LIVE) {
            reaper.simulator.jmxUnreachable(host);
        }

        assertThat(refusal(reaper.post("127.0.0.4")))
                .isEqualTo(new Failed("failed to update cluster test from new seed hosts 127.0.0.4"));
    }

    @Test
    void autoSchedulingFindsEveryKeyspaceAtRegistration() {
        ReaperInWorld auto =
                new ReaperInWorld("empty", "autoScheduling.enabled=on", "autoScheduling.excludedKeyspaces=shop");
        auto.simulator.addKeyspace("test", "another", 3, List.of("a"));
        auto.simulator.addKeyspace("test", "hollow", 3, List.of());
        auto.post("127.0.0.1");

        assertThat(auto.simulator.schedules())
                .extracting(
                        ReaperSimulator.ScheduleView::keyspace,
                        view -> view.nextActivation().toString())
                .containsExactly(tuple("another", "2026-01-01T02:35:00Z"), tuple("booya", "2026-01-01T08:35:00Z"));
        assertThat(auto.simulator.schedules()).allMatch(view -> view.owner().equals("auto-scheduling"));
    }

    @Test
    void autoSchedulingFollowsTheKeyspacesAtItsPolls() {
        ReaperInWorld auto = new ReaperInWorld("empty", "autoScheduling.enabled=on");
        auto.post("127.0.0.1");
        assertThat(auto.simulator.schedules()).hasSize(2);
        auto.simulator.addKeyspace("test", "another", 3, List.of("a"));
        auto.simulator.dropKeyspace("test", "shop");

        auto.kernel.clock().advanceTo(ReaperInWorld.START.plusSeconds(14));
        assertThat(auto.simulator.schedules()).hasSize(2);
        auto.advance("1s");

        assertThat(auto.simulator.schedules())
                .extracting(ReaperSimulator.ScheduleView::keyspace)
                .containsExactly("booya", "another");
        auto.simulator.dropKeyspace("test", "booya");
        auto.advance("PT9M59S");
        assertThat(auto.simulator.schedules()).hasSize(2);
        auto.advance("1s");
        assertThat(auto.simulator.schedules()).hasSize(1);
    }

    @Test
    void aClusterOfAPresetIsScheduledAtTheFirstPoll() {
        ReaperInWorld auto = new ReaperInWorld("default", "autoScheduling.enabled=on");
        assertThat(auto.simulator.schedules()).hasSize(1);
        auto.advance("15s");
        assertThat(auto.simulator.schedules())
                .extracting(ReaperSimulator.ScheduleView::keyspace, ReaperSimulator.ScheduleView::owner)
                .containsExactly(tuple("shop", "auto"), tuple("booya", "auto-scheduling"));
    }

    // ---- reading ----

    @Test
    void clustersAreSortedByStateAndName() {
        reaper.post("127.0.0.1");
        reaper.post("10.0.0.1");
        assertThat(names(null)).containsExactly("analytics", "test");
        assertThat(names("127.0.0.2")).containsExactly("test");
        assertThat(names("127.0.0")).isEmpty();
        for (int i = 1; i <= 4; i++) {
            reaper.simulator.nodeDown("10.0.0." + i);
        }

        reaper.advance("P7D");
        status("analytics");
        assertThat(names(null)).containsExactly("analytics", "test");
        reaper.advance("1s");
        status("analytics");
        assertThat(names(null)).containsExactly("test", "analytics");
        assertThat(reaper.simulator.clusters())
                .extracting(ReaperSimulator.ClusterView::isReachable)
                .containsExactly(false, true);
    }

    @Test
    void anUnreachableClusterIsActiveAgainOnContact() {
        reaper.post("127.0.0.1");
        reaper.post("10.0.0.1");
        FaultScope down = reaper.simulator.nodeDown("10.0.0.1");
        reaper.simulator.nodeDown("10.0.0.2");
        reaper.simulator.nodeDown("10.0.0.3");
        reaper.simulator.nodeDown("10.0.0.4");
        reaper.advance("P8D");
        status("analytics");
        assertThat(names(null)).containsExactly("test", "analytics");

        down.close();
        status("analytics");

        assertThat(names(null)).containsExactly("analytics", "test");
    }

    @Test
    void withACacheANewClusterIsMissingFromTheListForAWhile() {
        ReaperInWorld caching = new ReaperInWorld("register(test)", "clusterListCacheSeconds=10");
        assertThat(caching.step(() -> caching.process.clusters().names(null))).containsExactly("test");
        caching.post("10.0.0.1");

        caching.advance("9s");
        assertThat(caching.step(() -> caching.process.clusters().names(null))).containsExactly("test");
        caching.advance("1s");
        assertThat(caching.step(() -> caching.process.clusters().names(null))).containsExactly("analytics", "test");
    }

    @Test
    void tablesOfAllKeyspacesAreListed() {
        reaper.post("127.0.0.1");
        assertThat(reaper.accepted(() -> reaper.process.clusters().tables("test")))
                .containsEntry("booya", List.of("booya1", "booya2", "booya_twcs"))
                .containsKeys("system", "system_auth", "system_schema");
    }

    @Test
    void withACacheADroppedTableIsSeenForAWhile() {
        ReaperInWorld caching = new ReaperInWorld("register(test)", "metadataCacheSeconds=60");
        caching.accepted(() -> caching.process.clusters().tables("test"));
        caching.simulator.dropTable("test", "booya", "booya1");

        caching.advance("59s");
        assertThat(caching.accepted(() -> caching.process.clusters().tables("test"))
                        .get("booya"))
                .contains("booya1");
        caching.advance("1s");
        assertThat(caching.accepted(() -> caching.process.clusters().tables("test"))
                        .get("booya"))
                .doesNotContain("booya1");
    }

    @Test
    void andARunIsCreatedOfIt() {
        ReaperInWorld caching = new ReaperInWorld("register(test)", "metadataCacheSeconds=60");
        caching.accepted(() -> caching.process.clusters().tables("test"));
        caching.simulator.dropTable("test", "booya", "booya1");

        assertThat(caching.schedule(ReaperInWorld.wish("booya").tables("booya1").build()))
                .isNotNull();
        caching.advance("60s");
        assertThat(refusal(caching.create(ReaperInWorld.wish("booya").tables("booya1", "booya2"))))
                .isEqualTo(new NotFound("keyspace doesn't contain a table named \"booya1\""));
    }

    @Test
    void withACacheTheRunsOfANewClusterAreMissingForAWhile() {
        ReaperInWorld caching = new ReaperInWorld("register(test)+run(test,booya,DONE)", "clusterListCacheSeconds=10");
        caching.kernel.step(() -> caching.process.deletion().delete("test", true));
        assertThat(allRuns(caching)).isEmpty();
        caching.post("127.0.0.1");
        caching.accepted(() -> caching.process
                .runs()
                .register(
                        caching.cluster("test"),
                        ReaperInWorld.wish("booya").build().unit(),
                        new RepairRunService.RunSettings("a", "b", RepairParallelism.PARALLEL, 1, 1, false),
                        false));
        assertThat(allRuns(caching)).isEmpty();
        caching.advance("10s");
        assertThat(allRuns(caching)).hasSize(1);
    }

    private static List<RepairRun> allRuns(ReaperInWorld world) {
        return world.accepted(() -> world.process.runLists().runs(List.of(), Optional.empty(), Optional.empty(), 10));
    }

    @Test
    @Covers("reaper P47")
    void withoutAReachableNodeTheStatusIsAnExceptionAndRunsAreStillListed() {
        ReaperInWorld world = new ReaperInWorld("default");
        for (String host : LIVE) {
            world.simulator.nodeDown(host);
        }

        assertThat(world.refused(() -> world.process.clusters().status("test", null)))
                .isEqualTo(new Thrown(500, "io.cassandrareaper.ReaperException", UNREACHABLE));
        assertThat(world.refused(() -> world.process.clusters().tables("test"))).isEqualTo(new Unexpected());
        assertThat(world.simulator.runs()).hasSize(1);
    }

    @Test
    @Covers("reaper P46")
    void aDownNodeIsListedAsDownAndTheTokensAreASmallNumber() {
        reaper.post("127.0.0.1");
        reaper.simulator.nodeDown("127.0.0.1");
        reaper.simulator.setNodeUp("127.0.0.2", false);

        ClusterStatus status = status("test");

        assertThat(status.nodesStatus().sourceNode()).isEqualTo("127.0.0.3");
        assertThat(status.nodesStatus().endpointNames()).containsExactly(LIVE);
        assertThat(endpoint(status, "rack1").status()).isEqualTo("NORMAL - DOWN");
        assertThat(endpoint(status, "rack1").tokens()).isEqualTo("15");
        assertThat(endpoint(status, "rack2").status()).isEqualTo("NORMAL - DOWN");
        assertThat(endpoint(status, "rack3").status()).isEqualTo("NORMAL - UP");
    }

    private static EndpointState endpoint(ClusterStatus status, String rack) {
        return status.nodesStatus().endpoints().get("dc1").get(rack).get(0);
    }

    @Test
    void theStatusHasTheNewestRunsOldestFirstOrInMemoryNewestFirst() {
        String three = "register(test)+run(test,shop,DONE)+run(test,shop,ERROR)+run(test,booya,NOT_STARTED)";
        for (String flavour : List.of("cassandra", "memory")) {
            ReaperInWorld world = new ReaperInWorld(three, "storageFlavour=" + flavour);
            List<RunState> shown = world.accepted(() -> world.process.clusters().status("test", 2)).runs().stream()
                    .map(RepairRun::runState)
                    .toList();
            assertThat(shown)
                    .isEqualTo(
                            flavour.equals("memory")
                                    ? List.of(RunState.NOT_STARTED, RunState.ERROR)
                                    : List.of(RunState.ERROR, RunState.NOT_STARTED));
            assertThat(world.accepted(() -> world.process.clusters().status("test", null))
                            .runs())
                    .hasSize(3);
        }
    }

    @Test
    void theCredentialsAreTheClustersOwnOrThoseOfItsNameOrTheGlobalOnes() {
        ReaperInWorld world = new ReaperInWorld(
                "register(test)+register(analytics)",
                "jmxAuth.username=global",
                "jmxAuth.password=pass",
                "jmxCredentials=Analytics:special:pass");
        assertThat(world.accepted(() -> world.process.clusters().status("test", null))
                        .jmx())
                .isEqualTo(new JmxAuth.Shown("global", true));
        assertThat(world.accepted(() -> world.process.clusters().status("analytics", null))
                        .jmx())
                .isEqualTo(new JmxAuth.Shown("special", true));

        reaper.post("127.0.0.1");
        assertThat(status("test").jmx()).isEqualTo(new JmxAuth.Shown("", false));
    }

    // ---- lookups (0.2) ----

    @Test
    void eachHandlerHasWordsOfItsOwnForAnUnknownCluster() {
        AppContext context = reaper.process.context();
        assertThat(refusal(ClusterLookup.CLUSTER.find(context, "No")))
                .isEqualTo(new NotFound("cluster with name \"No\" not found"));
        assertThat(refusal(ClusterLookup.TABLES.find(context, "No")))
                .isEqualTo(new Thrown(404, "java.lang.IllegalArgumentException", "no such cluster: No"));
        assertThat(refusal(ClusterLookup.REPAIR.find(context, "No")))
                .isEqualTo(new NotFound("No cluster found with name \"No\""));
        assertThat(refusal(ClusterLookup.RUNS.find(context, "No"))).isEqualTo(new Failed("Failed find cluster No"));
        assertThat(refusal(ClusterLookup.DELETION.find(context, "No")))
                .isEqualTo(new NotFound("cluster \"No\" not found"));
        assertThat(refusal(ClusterLookup.SNAPSHOT_OF_HOST.find(context, "No")))
                .isEqualTo(new NotFound("no such cluster: No"));
        assertThat(refusal(ClusterLookup.SNAPSHOT_OF_CLUSTER.find(context, "No")))
                .isEqualTo(new Unexpected());
        assertThat(refusal(ClusterLookup.NODE.find(context, "No"))).isEqualTo(new Failed("no such cluster: No"));
    }

    @Test
    void andOtherWordsInMemory() {
        AppContext context = new ReaperInWorld("register(test)", "storageFlavour=memory").process.context();
        assertThat(refusal(ClusterLookup.CLUSTER.find(context, "No")))
                .isEqualTo(new NotFound("Cluster with name \"No\" not found"));
        assertThat(refusal(ClusterLookup.TABLES.find(context, "No"))).isEqualTo(new Unexpected());
        assertThat(refusal(ClusterLookup.REPAIR.find(context, "No")))
                .isEqualTo(new NotFound("Cluster \"No\" not found"));
        assertThat(refusal(ClusterLookup.RUNS.find(context, "No"))).isEqualTo(new NotFound("Cluster \"No\" not found"));
        assertThat(refusal(ClusterLookup.SNAPSHOT_OF_HOST.find(context, "No"))).isEqualTo(new Unexpected());
        assertThat(ClusterLookup.CLUSTER.find(context, "TeSt")).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void withCassandraANameIsSymbolisedForRepairsAlone() {
        reaper.post("127.0.0.1");
        AppContext context = reaper.process.context();
        assertThat(ClusterLookup.CLUSTER.find(context, "Test")).isInstanceOf(Outcome.Refused.class);
        assertThat(ClusterLookup.REPAIR.find(context, "Test")).isInstanceOf(Outcome.Accepted.class);
    }

    // ---- deletion, row by row of 1.3.5 ----

    @Test
    void aClusterIsKeptByItsSchedulesThenItsRunsThenItsSubscriptions() {
        ReaperInWorld world = new ReaperInWorld("default");
        world.accepted(() -> world.process
                .diagEvents()
                .subscribe(new DiagEventService.Wish("test", null, "127.0.0.1", "x", true, "", "")));
        assertThat(world.refused(() -> world.process.deletion().delete("test", false)))
                .isEqualTo(new Conflict("cluster \"test\" cannot be deleted, as it has repair schedules"));
        world.process.context().store().schedules().stream()
                .toList()
                .forEach(schedule ->
                        world.kernel.step(() -> world.process.schedules().remove(schedule)));
        assertThat(world.refused(() -> world.process.deletion().delete("test", false)))
                .isEqualTo(new Conflict("cluster \"test\" cannot be deleted, as it has repair runs"));
        world.accepted(
                () -> world.process.runs().delete(world.simulator.runs().get(0).id(), "alice"));
        assertThat(world.refused(() -> world.process.deletion().delete("test", false)))
                .isEqualTo(
                        new Conflict("cluster \"test\" cannot be deleted, as it has diagnostic events subscriptions"));
    }

    @Test
    void anUnknownClusterCannotBeDeletedExceptInMemory() {
        assertThat(reaper.refused(() -> reaper.process.deletion().delete("nope", true)))
                .isEqualTo(new NotFound("cluster \"nope\" not found"));
        ReaperInWorld memory = new ReaperInWorld("empty", "storageFlavour=memory");
        assertThat(memory.accepted(() -> memory.process.deletion().delete("nope", false)))
                .isEqualTo("nope");
    }

    @Test
    @Covers("reaper P43")
    void byForceAClusterGoesWithARunThatIsRunning() {
        ReaperInWorld world = withASegmentRunning("cassandra");

        assertThat(world.accepted(() -> world.process.deletion().delete("test", true)))
                .isEqualTo("test");

        assertThat(world.process.context().store().state()).isEqualTo(Store.State.EMPTY);
        assertThat(world.simulator.runs()).isEmpty();
        world.advance("1h"); // what was planned for the run finds nothing to do
    }

    @Test
    @Covers("reaper P43")
    void inMemoryASegmentThatIsRunningKeepsTheClusterAndTheSchedulesAreGone() {
        ReaperInWorld world = withASegmentRunning("memory");

        assertThat(world.refused(() -> world.process.deletion().delete("test", true)))
                .isEqualTo(new Unexpected());

        assertThat(world.simulator.clusters()).hasSize(1);
        assertThat(world.simulator.runs()).hasSize(2);
        assertThat(world.simulator.schedules()).isEmpty();
    }

    private static ReaperInWorld withASegmentRunning(String flavour) {
        ReaperInWorld world = new ReaperInWorld("default+run(test,booya,NOT_STARTED)", "storageFlavour=" + flavour);
        world.accepted(() ->
                world.process.runs().updateState(world.simulator.runs().get(1).id(), "RUNNING"));
        world.kernel
                .clock()
                .runUntil(
                        () -> world
                                .simulator
                                .segments(world.simulator.runs().get(1).id())
                                .stream()
                                .anyMatch(segment -> segment.state() == SegmentState.RUNNING),
                        Duration.ofMinutes(2));
        return world;
    }

    // ---- how ----

    private List<String> names(String seed) {
        return reaper.step(() -> reaper.process.clusters().names(seed));
    }

    private ClusterStatus status(String name) {
        Outcome<ClusterStatus> outcome =
                reaper.step(() -> reaper.process.clusters().status(name, null));
        return outcome instanceof Outcome.Accepted<ClusterStatus> accepted ? accepted.value() : null;
    }

    private void addCassandra(String name, String host) {
        reaper.kernel.step(() -> reaper.process
                .context()
                .universe()
                .add(CassandraCluster.of(new CassandraCluster.State(
                        name,
                        Partitioner.MURMUR3.className(),
                        "4.1.3",
                        List.of(CassandraNode.State.healthy(
                                name, host, "dc1", "rack1", List.of(BigInteger.ONE), "4.1.3")),
                        List.of()))));
    }

    private static <T> Refusal refusal(Outcome<T> outcome) {
        return ((Outcome.Refused<T>) outcome).refusal();
    }

    private static Change change(Outcome<Written<Cluster>> outcome) {
        return ((Outcome.Accepted<Written<Cluster>>) outcome).value().change();
    }

    private static Cluster value(Outcome<Written<Cluster>> outcome) {
        return ((Outcome.Accepted<Written<Cluster>>) outcome).value().value();
    }
}
