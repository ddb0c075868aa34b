package io.understudy.undermoon;

import static io.understudy.undermoon.ClusterViewAssert.assertThatCluster;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** The invariants of spec undermoon 6.4 over random histories of commands. */
final class BrokerProperties {
    @Property
    void whateverHappensTheInvariantsHold(@ForAll("worlds") World world, @ForAll("histories") List<Command> history) {
        History played = new History(world);
        for (Command command : history) {
            long before = played.broker.globalEpoch();
            played.play(command);
            // Without a new epoch at most marks of suspicion have changed, which no invariant looks at.
            if (played.broker.globalEpoch() != before) {
                played.checkInvariants();
            }
        }
        Statistics.label("migrations seen")
                .collect(played.sawMigration)
                .coverage(seen -> seen.check(true).percentage(share -> share > 50));
        played.checkThatCommittingEverythingEnds();
    }

    @Property
    void aSeededOrderOfTiesKeepsTheInvariantsToo(
            @ForAll("worlds") World world, @ForAll("histories") List<Command> history, @ForAll long seed) {
        History played = new History(world.withTies(TieOrder.shuffled(seed)));
        for (Command command : history) {
            long before = played.broker.globalEpoch();
            played.play(command);
            // Without a new epoch at most marks of suspicion have changed, which no invariant looks at.
            if (played.broker.globalEpoch() != before) {
                played.checkInvariants();
            }
        }
    }

    @Property
    void theSameHistoryEndsInTheSameState(@ForAll("worlds") World world, @ForAll("histories") List<Command> history) {
        History once = new History(world);
        History again = new History(world);
        history.forEach(once::play);
        for (Command command : history) {
            again.play(command);
            // Taken out and put back between any two commands, as a snapshot would.
            again.broker = new Broker(again.broker.config(), again.broker.state());
        }
        assertThat(again.broker.state()).isEqualTo(once.broker.state());
        assertThat(again.broker.proxyAddresses()).isEqualTo(once.broker.proxyAddresses());
    }

    @Provide
    Arbitrary<World> worlds() {
        return Combinators.combine(
                        Arbitraries.integers().between(2, 6),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of(4, 4, 8, 12),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(4, false), net.jqwik.api.Tuple.of(1, true)))
                .as((hosts, perHost, firstNodes, limit, ordered) ->
                        new World(hosts, perHost, firstNodes, limit, ordered, TieOrder.REGISTRATION));
    }

    @Provide
    Arbitrary<List<Command>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(java.util.Arrays.stream(Kind.values())
                .map(kind -> net.jqwik.api.Tuple.of(kind.weight, kind))
                .toList());
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 47),
                        Arbitraries.integers().between(0, 6))
                .as(Command::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(60);
    }

    /** A world of hosts × proxies, all registered, with a first cluster if there is room for it. */
    record World(int hosts, int proxiesPerHost, int firstNodes, long limit, boolean ordered, TieOrder ties) {
        World withTies(TieOrder order) {
            return new World(hosts, proxiesPerHost, firstNodes, limit, ordered, order);
        }
    }

    enum Kind {
        REGISTER(10),
        REMOVE(1),
        CREATE(4),
        DELETE(1),
        ADD(4),
        SCALE_UP(3),
        GROW(12),
        DELETE_FREE(3),
        EXPAND(5),
        SHRINK(8),
        AUTO(3),
        AUTO_ROUND(6),
        COMMIT(25),
        COMMIT_ANY(6),
        COMMIT_NONSENSE(1),
        FAILOVER(6),
        REPORT(1),
        FAILURES(2),
        BALANCE(3),
        CONFIG(1),
        FORCE_EPOCH(1),
        RECOVER(1),
        RESTORE(2);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    record Command(Kind kind, int a, int b) {}

    /** A broker and what has been seen of it so far. */
    private static final class History {
        /** Commands that change nothing when they are refused (6.4.9). */
        private static final Set<Kind> ALL_OR_NOTHING = Set.of(
                Kind.CREATE,
                Kind.ADD,
                Kind.SCALE_UP,
                Kind.DELETE_FREE,
                Kind.COMMIT,
                Kind.COMMIT_ANY,
                Kind.COMMIT_NONSENSE,
                Kind.CONFIG,
                Kind.BALANCE,
                Kind.REMOVE,
                Kind.FORCE_EPOCH,
                Kind.DELETE,
                Kind.RESTORE);

        private final World world;
        private Broker broker;
        private final Map<String, Long> clusterEpochs = new HashMap<>();
        private long globalEpoch;
        private long now = 1000;
        private boolean sawMigration;

        History(World world) {
            this.world = world;
            this.broker = new Broker(BrokerConfig.DEFAULT
                    .withMigrationLimit(world.limit())
                    .withOrderedProxy(world.ordered())
                    .withTieOrder(world.ties()));
            for (int i = 0; i < world.hosts() * world.proxiesPerHost(); i++) {
                broker.registerProxy(registration(i));
            }
            broker.createCluster("main", world.firstNodes());
        }

        private ProxyRegistration registration(int i) {
            int host = i % world.hosts();
            return Worlds.onHost("h" + host, 7000 + i / world.hosts()).withIndex(i);
        }

        private String address(int i) {
            return registration(i % (world.hosts() * world.proxiesPerHost() + 1))
                    .proxyAddress();
        }

        void play(Command command) {
            MetaStoreData before = broker.metadata();
            boolean wasAccepted = run(command.kind(), command.a(), command.b());
            if (!wasAccepted && ALL_OR_NOTHING.contains(command.kind())) {
                assertThat(broker.metadata()).as("after refused %s", command).isEqualTo(before);
            }
        }

        private boolean run(Kind kind, int a, int b) {
            String name = b == 6 ? "other" : "main";
            return switch (kind) {
                case REGISTER -> broker.registerProxy(registration(a)).isAccepted();
                case REMOVE -> broker.removeProxy(address(a)).isAccepted();
                case CREATE -> broker.createCluster(name, 4L * (a % 5)).isAccepted();
                case DELETE -> {
                    clusterEpochs.remove(name);
                    yield broker.deleteCluster(name).isAccepted();
                }
                case ADD ->
                    broker.addNodes(name, a % 5 == 0 ? a : 4L + 4L * (a % 2)).isAccepted();
                case GROW ->
                    broker.addNodes(name, 4L + 4L * (a % 3)).isAccepted()
                            && broker.expand(name).isAccepted();
                case SCALE_UP -> broker.scaleUpNodes(name, a).isAccepted();
                case DELETE_FREE -> broker.deleteFreeNodes(name).isAccepted();
                case EXPAND -> broker.expand(name).isAccepted();
                case SHRINK ->
                    broker.shrink(name, a % 5 == 0 ? a : 4L + 4L * (a % 3)).isAccepted();
                case AUTO -> broker.beginAutoScale(name, 4L * (a % 7), "t") instanceof AutoScale.Step.Waiting;
                case AUTO_ROUND -> autoRound(a);
                case COMMIT -> commit(shownTasks(), a);
                case COMMIT_ANY -> commit(allTasks(), a);
                case COMMIT_NONSENSE ->
                    broker.commitMigration(Worlds.task(name, a, new Range(b, b)))
                            .isAccepted();
                case FAILOVER -> broker.failover(address(a)).isAccepted();
                case REPORT -> {
                    broker.reportFailure(address(a), "r" + b % 2, now);
                    yield true;
                }
                case FAILURES -> {
                    now += 20L * b;
                    broker.failures(now);
                    yield true;
                }
                case BALANCE -> broker.balanceMasters(name).isAccepted();
                case CONFIG ->
                    broker.changeConfig(name, Map.of("migration_scan_count", "" + b))
                            .isAccepted();
                case FORCE_EPOCH ->
                    broker.forceEpoch(broker.globalEpoch() - 2 + b).isAccepted();
                case RECOVER -> {
                    broker.recoverEpoch(new EpochAnswers(Map.of("x", broker.globalEpoch() - 3 + b), List.of()));
                    yield true;
                }
                case RESTORE -> broker.restore(broker.metadata()).isAccepted();
            };
        }

        private boolean autoRound(int a) {
            if (broker.autoScale().isEmpty()) {
                return false;
            }
            Map<String, Long> epochs = new HashMap<>();
            broker.autoScale().get().proxies().forEach(proxy -> epochs.put(proxy, broker.globalEpoch()));
            broker.autoScaleRound(new EpochAnswers(epochs, a % 4 == 0 ? List.of("down:1") : List.of()));
            return true;
        }

        private boolean commit(List<MigrationTask> tasks, int which) {
            if (tasks.isEmpty()) {
                return false;
            }
            MigrationTask task = tasks.get(which % tasks.size());
            boolean done = broker.commitMigration(task).isAccepted();
            assertThat(done).as("a task that exists can be committed").isTrue();
            MetaStoreData after = broker.metadata();
            assertThat(broker.commitMigration(task).isAccepted())
                    .as("but only once")
                    .isFalse();
            assertThat(broker.metadata()).isEqualTo(after);
            return done;
        }

        private List<MigrationTask> shownTasks() {
            return broker.clusterNames().stream()
                    .flatMap(name -> outgoing(broker.cluster(name).orElseThrow()).stream())
                    .toList();
        }

        private List<MigrationTask> allTasks() {
            return broker.store().clusters().values().stream()
                    .flatMap(cluster -> outgoing(MetaStoreQuery.cluster(cluster)).stream())
                    .toList();
        }

        private static List<MigrationTask> outgoing(ClusterView view) {
            return view.nodes().stream()
                    .flatMap(node -> node.slots().stream())
                    .filter(slot -> slot.tag() instanceof SlotRangeTag.Migrating)
                    .map(slot -> new MigrationTask(view.name(), slot))
                    .toList();
        }

        void checkInvariants() {
            MetaStoreData data = broker.metadata();
            data.clusters().values().forEach(this::checkCluster);
            checkPlaces(data);
            checkEpochs(data);
            checkReads(data);
        }

        private void checkCluster(Cluster cluster) {
            sawMigration |= cluster.migrates();
            for (long limit = 0; limit <= 3; limit++) { // 6.4.1 – 6.4.3, 6.4.6
                Cluster limited = LimitedView.of(cluster, limit);
                ClusterView view = MetaStoreQuery.cluster(limited);
                assertThatCluster(view).isSound();
                assertThat(limited.migrates()).isEqualTo(cluster.migrates());
                List<ChunkPart> sources = limited.chunks().stream()
                        .flatMap(chunk -> chunk.migratingSlots().stream().flatMap(List::stream))
                        .filter(StoredTask::isMigrating)
                        .map(task -> task.meta().src())
                        .toList();
                if (limit > 0) {
                    assertThat(sources).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo((int) limit);
                }
            }
            if (!cluster.migrates()) {
                checkBalance(cluster);
            }
        }

        /** 6.4.5. */
        private static void checkBalance(Cluster cluster) {
            List<Long> counts = new ArrayList<>();
            cluster.chunks()
                    .forEach(chunk -> chunk.stableSlots()
                            .forEach(slots ->
                                    counts.add(slots.map(RangeList::count).orElse(0L))));
            assertThat(counts).isSortedAccordingTo(java.util.Comparator.reverseOrder());
            List<Long> carrying = counts.stream().filter(count -> count > 0).toList();
            assertThat(carrying.get(0) - carrying.get(carrying.size() - 1)).isLessThanOrEqualTo(1);
        }

        /** 6.4.4. */
        private static void checkPlaces(MetaStoreData data) {
            Set<String> placed = new HashSet<>();
            data.clusters().forEach((name, cluster) -> {
                for (String address : cluster.proxyAddresses()) {
                    assertThat(placed.add(address))
                            .as("%s is in one chunk", address)
                            .isTrue();
                    assertThat(data.allProxies().get(address).cluster()).contains(name);
                }
            });
            data.allProxies()
                    .values()
                    .forEach(proxy -> assertThat(proxy.free()).isEqualTo(!placed.contains(proxy.proxyAddress())));
        }

        /** 6.4.7. */
        private void checkEpochs(MetaStoreData data) {
            assertThat(data.globalEpoch()).isGreaterThanOrEqualTo(globalEpoch);
            globalEpoch = data.globalEpoch();
            clusterEpochs.keySet().retainAll(data.clusters().keySet());
            data.clusters().forEach((name, cluster) -> {
                assertThat(cluster.epoch()).isBetween(clusterEpochs.getOrDefault(name, 0L), globalEpoch);
                clusterEpochs.put(name, cluster.epoch());
                cluster.chunks().stream()
                        .flatMap(chunk -> chunk.migratingSlots().stream().flatMap(List::stream))
                        .forEach(task -> assertThat(task.meta().epoch()).isLessThanOrEqualTo(cluster.epoch()));
            });
        }

        /** 6.4.8, 6.4.10; and what a proxy is shown agrees with where it is. */
        private void checkReads(MetaStoreData data) {
            for (String address : broker.proxyAddresses()) {
                ProxyView view = broker.proxy(address).orElseThrow();
                assertThat(view.clusterName())
                        .isEqualTo(data.allProxies().get(address).cluster());
                assertThat(view.epoch())
                        .isEqualTo(view.clusterName()
                                .map(name -> data.clusters().get(name).epoch())
                                .orElse(data.globalEpoch()));
                assertThat(view.nodes()).hasSize(2);
            }
            broker.clusterNames().forEach(broker::clusterInfo);
            broker.failedProxies();
            assertThat(broker.checkResource().isAccepted()).isTrue();
            assertThat(broker.metadata()).isEqualTo(data);
            Broker copy = new Broker(broker.config(), broker.state());
            assertThat(copy.restore(data).isAccepted()).isTrue();
            assertThat(copy.metadata()).isEqualTo(data);
            assertThat(List.copyOf(copy.metadata().allProxies().keySet()))
                    .isEqualTo(List.copyOf(data.allProxies().keySet()));
        }

        /** 6.4.6, second half. */
        void checkThatCommittingEverythingEnds() {
            int left = allTasks().size();
            for (List<MigrationTask> shown = shownTasks(); !shown.isEmpty(); shown = shownTasks()) {
                shown.forEach(task ->
                        assertThat(broker.commitMigration(task).isAccepted()).isTrue());
                assertThat(allTasks()).hasSize(left - shown.size());
                left -= shown.size();
            }
            assertThat(left).isZero();
            checkInvariants();
        }
    }
}
