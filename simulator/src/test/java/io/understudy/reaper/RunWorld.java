package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.reaper.RepairRunService.RunSettings;
import io.understudy.reaper.RepairRunService.StateChange;
import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.reaper.cassandra.Universe;
import io.understudy.reaper.cassandra.Universes;
import io.understudy.world.ClockMode;
import io.understudy.world.Event;
import io.understudy.world.Kernel;
import io.understudy.world.Part;
import io.understudy.world.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A world of a Reaper that knows of clusters and runs, and of nothing else. All its clusters are registered. */
final class RunWorld implements Part<RunWorld.State> {
    /** When it begins: the time of the spec's examples. */
    static final Instant START = Instant.parse("2026-05-20T09:00:00Z");

    final Kernel kernel;
    final Trouble trouble = new Trouble();
    final Universe universe;
    final AppContext context;
    final RepairUnitService units;
    final RepairManager manager;
    final RepairRunService service;
    final RepairRunLists lists;
    final PurgeService purge;

    /** Everything but universe and trouble, which stay as the test left them. */
    record State(
            Store.State store,
            List<RunStore.StoredRun> runs,
            TimeUuids.State uuids,
            RepairManager.State manager,
            PurgeService.State purge) {}

    RunWorld(long seed, Universe universe, Consumer<Settings> settings) {
        Settings chosen = new Settings();
        settings.accept(chosen);
        this.universe = universe;
        kernel = new Kernel(seed, START, ClockMode.manual(), WallClock.system());
        context = new AppContext(
                kernel,
                kernel.timers(this),
                chosen.configuration(),
                universe,
                new Management(universe, trouble),
                trouble,
                new Store(),
                new RunStore(),
                new TimeUuids(new TimeUuids.State(0, 0)));
        units = new RepairUnitService(context);
        manager = new RepairManager(context);
        service = new RepairRunService(context, units, manager);
        lists = new RepairRunLists(context, () -> List.copyOf(context.store().clusters()));
        purge = new PurgeService(context, manager);
        manager.onRunEnded(purge);
        kernel.add(this);
    }

    /** Cluster {@code test}: three nodes, every one a replica of everything. */
    static RunWorld small() {
        return small(settings -> {});
    }

    static RunWorld small(Consumer<Settings> settings) {
        return new RunWorld(42, Universes.standard(), settings);
    }

    /** Cluster {@code grid}: so many nodes with one token each, three replicas. */
    static RunWorld grid(int nodes, Consumer<Settings> settings) {
        return new RunWorld(
                42, Universe.of(List.of(Universes.grid("grid", nodes, 1, 3).state())), settings);
    }

    @Override
    public String name() {
        return AppContext.SYSTEM;
    }

    @Override
    public void reset() {
        context.store().restore(Store.State.EMPTY);
        context.runs().restore(List.of());
        context.uuids().restore(TimeUuids.begun(context.chance("uuid-node").nextLong()));
        manager.restore(RepairManager.State.EMPTY);
        purge.restore(PurgeService.State.EMPTY);
        universe.clusters().forEach(this::register);
        manager.start();
        purge.start();
    }

    private void register(CassandraCluster cassandra) {
        context.store()
                .put(new Cluster(
                        Names.symbolic(cassandra.name()),
                        cassandra.partitioner().className(),
                        Names.set(cassandra.nodes().stream()
                                .map(CassandraNode::address)
                                .toList()),
                        7199,
                        null,
                        Cluster.State.ACTIVE,
                        context.now()));
    }

    @Override
    public State state() {
        return new State(
                context.store().state(),
                context.runs().state(),
                context.uuids().state(),
                manager.state(),
                purge.state());
    }

    @Override
    public void restore(State state) {
        context.store().restore(state.store());
        context.runs().restore(state.runs());
        context.uuids().restore(state.uuids());
        manager.restore(state.manager());
        purge.restore(state.purge());
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        Set<Class<? extends Event>> types = new HashSet<>(manager.eventTypes());
        types.addAll(purge.eventTypes());
        return types;
    }

    @Override
    public void handle(Event event) {
        Service owner = purge.eventTypes().contains(event.getClass()) ? purge : manager;
        owner.handle(event);
    }

    <T> T step(Supplier<T> action) {
        return kernel.step(action);
    }

    void advance(Duration by) {
        kernel.clock().advance(by);
    }

    void advanceSeconds(double seconds) {
        advance(Duration.ofMillis((long) (seconds * 1000)));
    }

    /** Advances until the run is in that state, and says how long that took. */
    Duration until(RepairRun run, RunState state) {
        return until(() -> run.runState() == state);
    }

    Duration until(Supplier<Boolean> condition) {
        Instant before = kernel.clock().now();
        assertThat(kernel.clock()
                        .runUntil(condition::get, Duration.ofDays(3000))
                        .conditionMet())
                .isTrue();
        return Duration.between(before, kernel.clock().now());
    }

    /** Something outside the runs has changed, and they are told. */
    void change(Runnable change) {
        kernel.step(() -> {
            change.run();
            manager.conditionsChanged();
        });
    }

    Cluster cluster(String name) {
        return context.store().cluster(name).orElseThrow();
    }

    RepairRun create(UnitDraft unit) {
        return accepted(register(unit));
    }

    Outcome<RepairRun> register(UnitDraft unit) {
        return step(() -> service.register(cluster(unit.cluster), unit.unit(), unit.settings(), unit.force));
    }

    RepairRun started(UnitDraft unit) {
        RepairRun run = create(unit);
        to(run, RunState.RUNNING);
        return run;
    }

    void to(RepairRun run, RunState state) {
        accepted(updateState(run.id(), state.name()));
    }

    Outcome<StateChange> updateState(UUID id, String state) {
        return step(() -> service.updateState(id, state));
    }

    RunSegments segments(RepairRun run) {
        return context.runs().segments(run);
    }

    /** The one segment that a coordinator has. */
    RepairSegment underRepair(RepairRun run) {
        List<RepairSegment> found = segments(run).all().stream()
                .filter(RepairSegment::isUnderRepair)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    RepairSegment abort(RepairRun run, RepairSegment segment) {
        return accepted(step(() -> service.abortSegment(run.id(), segment.id(), 0)));
    }

    int pendingEvents() {
        return kernel.clock().pending().size();
    }

    static <T> T accepted(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted<T>) outcome).value();
    }

    static Refusal refusal(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    /** A run to be, as the interface would ask for it. */
    static final class UnitDraft {
        String cluster = "test";
        String keyspace = "booya";
        List<String> tables = List.of();
        List<String> blacklist = List.of();
        List<String> nodes = List.of();
        List<String> datacenters = List.of();
        boolean incremental;
        boolean subrange;
        int threads = 1;
        int timeout = 30;
        int segmentCountPerNode = 2;
        double intensity = 0.9;
        boolean force;
        String owner = "alice";

        static UnitDraft of(String keyspace) {
            UnitDraft draft = new UnitDraft();
            draft.keyspace = keyspace;
            return draft;
        }

        UnitDraft with(Consumer<UnitDraft> change) {
            change.accept(this);
            return this;
        }

        RepairUnit unit() {
            return new RepairUnit(
                    RepairUnitService.NO_ID,
                    cluster,
                    keyspace,
                    Names.set(tables),
                    incremental,
                    subrange,
                    Names.set(nodes),
                    Names.set(datacenters),
                    Names.set(blacklist),
                    threads,
                    timeout);
        }

        RunSettings settings() {
            return new RunSettings(
                    owner,
                    "no cause specified",
                    RepairParallelism.DATACENTER_AWARE,
                    intensity,
                    segmentCountPerNode,
                    false);
        }
    }
}
