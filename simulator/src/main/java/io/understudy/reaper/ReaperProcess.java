package io.understudy.reaper;

import io.understudy.reaper.RepairRunService.RunSettings;
import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.Universe;
import io.understudy.system.Settings;
import io.understudy.system.Surroundings;
import io.understudy.world.Event;
import io.understudy.world.Kernel;
import io.understudy.world.Part;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reaper as a running process, with the Cassandra clusters around it, living in a world. It puts the services together, hands each
 * the events that it has planned, and can be restarted; what is stored is not lost then.
 */
final class ReaperProcess implements Part<ReaperProcess.State> {
    private final AppContext context;
    private final ReaperPreset preset;
    private final ReaperFaults faults;
    private final RepairUnitService units;
    private final RepairManager manager;
    private final RepairRunService runService;
    private final RepairRunLists runLists;
    private final PurgeService purge;
    private final PercentRepairedMonitor percentRepaired;
    private final SchedulingManager scheduling;
    private final RepairScheduleService scheduleService;
    private final ClusterRepairScheduler autoScheduler;
    private final ClusterService clusters;
    private final ClusterRegistration registration;
    private final ClusterDeletion deletion;
    private final SnapshotService snapshots;
    private final NodeStatsService nodeStats;
    private final SseBroadcaster broadcaster;
    private final DiagEventService diagEvents;
    private final GossipWatch gossip;
    private final List<Service> services;
    private final Map<Class<? extends Event>, Service> byEvent = new HashMap<>();
    private final ReaperApi api;

    /**
     * Everything remembered.
     *
     * @param worldStart from when the nodes' counters count
     */
    record State(
            Store.State store,
            List<RunStore.StoredRun> runs,
            Universe.State universe,
            TimeUuids.State uuids,
            ReaperFaults.State faults,
            ClusterService.State clusters,
            RepairManager.State manager,
            PurgeService.State purge,
            PercentRepairedMonitor.State percentRepaired,
            SchedulingManager.State scheduling,
            SseBroadcaster.State sse,
            GossipWatch.State gossip,
            ReaperApi.State http,
            Instant worldStart) {}

    ReaperProcess(Surroundings world) {
        Kernel kernel = world.kernel();
        Settings settings = world.settings();
        preset = ReaperPreset.parse(settings.preset());
        RunStore runs = new RunStore();
        Universe universe = Universe.of(List.of());
        faults = new ReaperFaults(world.faults(), kernel, runs);
        context = new AppContext(
                kernel,
                kernel.timers(this),
                ReaperKnobs.configuration(settings),
                universe,
                new Management(universe, faults),
                faults,
                new Store(),
                runs,
                new TimeUuids(TimeUuids.begun(0)));
        units = new RepairUnitService(context);
        manager = new RepairManager(context);
        runService = new RepairRunService(context, units, manager);
        purge = new PurgeService(context, manager);
        percentRepaired = new PercentRepairedMonitor(context);
        scheduling = new SchedulingManager(context, this::createScheduledRun, percentRepaired);
        scheduleService = new RepairScheduleService(context, units, scheduling);
        autoScheduler = new ClusterRepairScheduler(context, scheduleService);
        clusters = new ClusterService(context, ReaperKnobs.jmxAuth(settings));
        runLists = new RepairRunLists(context, clusters::listed);
        registration = new ClusterRegistration(context, settings.get(ReaperKnobs.CRYPTOGRAPH), autoScheduler);
        snapshots = new SnapshotService(context);
        nodeStats = new NodeStatsService(context, manager);
        broadcaster = new SseBroadcaster(context, new SseReplies(world.replies()));
        diagEvents = new DiagEventService(context, broadcaster, world.outbound());
        deletion = new ClusterDeletion(context, manager, runLists, scheduleService, diagEvents);
        gossip = new GossipWatch(context, faults, manager, diagEvents);
        services = List.of(manager, purge, percentRepaired, scheduling, autoScheduler, broadcaster, gossip);
        services.forEach(service -> service.eventTypes().forEach(type -> byEvent.put(type, service)));
        manager.onRunEnded(purge);
        manager.onRunEnded(scheduling);
        kernel.onStepEnd(scheduling::runsMayHaveChanged);
        api = new ReaperApi(
                kernel,
                ReaperKnobs.wire(settings),
                faults,
                () -> world.addresses().url(ReaperSimulator.APPLICATION).getAuthority(),
                new ReaperMetrics(context, manager.metrics())::all,
                ReaperResources.of(this, ReaperReplies.in(kernel)));
        api.onDeparture(diagEvents::gone);
    }

    private Outcome<RepairRun> createScheduledRun(RepairSchedule schedule, RepairUnit unit) {
        return ClusterLookup.CLUSTER
                .find(context, unit.clusterName())
                .then(cluster -> runService.register(
                        cluster,
                        unit,
                        new RunSettings(
                                schedule.owner(),
                                schedule.cause(),
                                schedule.repairParallelism(),
                                schedule.intensity(),
                                schedule.segmentCountPerNode(),
                                schedule.adaptive())))
                .map(run -> {
                    manager.startRepairRun(run);
                    return run;
                });
    }

    // ---- the services ----

    AppContext context() {
        return context;
    }

    RepairUnitService units() {
        return units;
    }

    RepairManager manager() {
        return manager;
    }

    RepairRunService runs() {
        return runService;
    }

    RepairRunLists runLists() {
        return runLists;
    }

    PurgeService purge() {
        return purge;
    }

    RepairScheduleService schedules() {
        return scheduleService;
    }

    PercentRepairedMonitor percentRepaired() {
        return percentRepaired;
    }

    ClusterService clusters() {
        return clusters;
    }

    ClusterRegistration registration() {
        return registration;
    }

    ClusterDeletion deletion() {
        return deletion;
    }

    SnapshotService snapshots() {
        return snapshots;
    }

    NodeStatsService nodeStats() {
        return nodeStats;
    }

    DiagEventService diagEvents() {
        return diagEvents;
    }

    ReaperApi api() {
        return api;
    }

    // ---- what happens to it ----

    /** The process ends and is started anew (spec reaper 4). */
    void restart() {
        broadcaster.stop();
        clusters.restore(ClusterService.State.EMPTY);
        services.forEach(Service::start);
        api.restart();
        context.emit("restarted", Map.of());
    }

    /** To be called when domain faults, nodes or the topology have changed. */
    void conditionsChanged() {
        faults.changed();
        manager.conditionsChanged();
        gossip.observe();
    }

    // ---- a part of the world ----

    @Override
    public String name() {
        return AppContext.SYSTEM;
    }

    @Override
    public void reset() {
        context.store().restore(Store.State.EMPTY);
        context.runs().restore(List.of());
        become(preset.universe());
        context.uuids().restore(TimeUuids.begun(context.chance("uuid-node").nextLong()));
        faults.restore(ReaperFaults.State.EMPTY);
        clusters.restore(ClusterService.State.EMPTY);
        manager.restore(RepairManager.State.EMPTY);
        purge.restore(PurgeService.State.EMPTY);
        api.reset();
        percentRepaired.restore(PercentRepairedMonitor.State.EMPTY);
        scheduling.restore(SchedulingManager.State.EMPTY);
        gossip.restore(GossipWatch.State.EMPTY);
        nodeStats.begin(context.now());
        broadcaster.restore(new SseBroadcaster.State(context.now(), 0, null));
        preset.apply(this);
        services.forEach(Service::start);
    }

    private void become(Universe.State state) {
        Universe universe = context.universe();
        universe.clusters().forEach(cluster -> universe.remove(cluster.name()));
        state.clusters().forEach(cluster -> universe.add(CassandraCluster.of(cluster)));
    }

    @Override
    public State state() {
        return new State(
                context.store().state(),
                context.runs().state(),
                context.universe().state(),
                context.uuids().state(),
                faults.state(),
                clusters.state(),
                manager.state(),
                purge.state(),
                percentRepaired.state(),
                scheduling.state(),
                broadcaster.state(),
                gossip.state(),
                api.state(),
                nodeStats.worldStart());
    }

    @Override
    public void restore(State state) {
        become(state.universe());
        context.store().restore(state.store());
        context.runs().restore(state.runs());
        context.uuids().restore(state.uuids());
        faults.restore(state.faults());
        clusters.restore(state.clusters());
        manager.restore(state.manager());
        purge.restore(state.purge());
        percentRepaired.restore(state.percentRepaired());
        scheduling.restore(state.scheduling());
        broadcaster.restore(state.sse());
        gossip.restore(state.gossip());
        api.restore(state.http());
        nodeStats.begin(state.worldStart());
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.copyOf(byEvent.keySet());
    }

    @Override
    public void handle(Event event) {
        Service service = byEvent.get(event.getClass());
        if (service == null) {
            throw new IllegalArgumentException("no event of Reaper's: " + event);
        }
        service.handle(event);
        if (service == purge) {
            scheduling.runsMayHaveChanged();
        }
    }
}
