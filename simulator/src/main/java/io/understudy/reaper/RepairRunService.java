package io.understudy.reaper;

import io.understudy.reaper.Generation.Generated;
import io.understudy.reaper.Refusal.BadRequest;
import io.understudy.reaper.Refusal.Conflict;
import io.understudy.reaper.Refusal.Failed;
import io.understudy.reaper.Refusal.NotFound;
import io.understudy.reaper.Refusal.Unexpected;
import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.Keyspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What can be asked of repair runs (spec reaper 1.4). */
final class RepairRunService {
    private final AppContext context;
    private final RepairUnitService units;
    private final RepairManager manager;

    RepairRunService(AppContext context, RepairUnitService units, RepairManager manager) {
        this.context = context;
        this.units = units;
        this.manager = manager;
    }

    /**
     * What a run is given beside its unit.
     *
     * @param owner whose it is; may be empty
     * @param cause why it is
     * @param repairParallelism as wished; incremental repairs are always parallel
     * @param intensity above 0 and up to 1
     * @param segmentCountPerNode 0 to 1000; 0 = the generator's own default
     * @param adaptive whether its schedule is to learn from it
     */
    record RunSettings(
            String owner,
            String cause,
            RepairParallelism repairParallelism,
            double intensity,
            int segmentCountPerNode,
            boolean adaptive) {}

    /**
     * A state that was asked for.
     *
     * @param isChanged false if the run was in that state
     */
    record StateChange(RepairRun run, boolean isChanged) {}

    /**
     * Creates a run of a unit that may be new (spec reaper 1.4.3 rows 18 to 27).
     *
     * @param unit the unit wished for, whatever its id
     * @param force whether it does not matter that a schedule's unit is in the way
     */
    Outcome<RepairRun> register(Cluster cluster, RepairUnit unit, RunSettings settings, boolean force) {
        return units.check(cluster, unit).then(keyspace -> {
            if (!force
                    && units.find(unit).isEmpty()
                    && !units.conflicting(cluster, unit).isEmpty()) {
                return Outcome.refused(new Conflict("An existing repair unit conflicts with your repair run."));
            }
            return units.getOrCreate(unit).then(stored -> register(cluster, stored, settings));
        });
    }

    /** Creates a run of a stored unit (spec reaper 1.4.3 rows 24 to 27). */
    Outcome<RepairRun> register(Cluster cluster, RepairUnit unit, RunSettings settings) {
        Optional<CassandraCluster> cassandra = context.management().metadata(cluster);
        if (cassandra.isEmpty()) {
            return Outcome.refused(RepairUnitService.UNREACHABLE);
        }
        Optional<Keyspace> keyspace = cassandra.get().keyspaceIgnoringCase(unit.keyspaceName());
        if (keyspace.isEmpty()) {
            return Outcome.refused(new NotFound("no column families found for keyspace"));
        }
        return generate(cassandra.get(), keyspace.get(), cluster, unit, settings)
                .then(generated -> {
                    List<String> tables = units.tablesToRepair(keyspace.get(), unit);
                    return tables.isEmpty()
                            ? Outcome.refused(new Unexpected())
                            : Outcome.of(store(unit, settings, tables, generated));
                });
    }

    private static Outcome<List<GeneratedSegment>> generate(
            CassandraCluster cassandra, Keyspace keyspace, Cluster cluster, RepairUnit unit, RunSettings settings) {
        Generation generation = unit.isFullyIncremental()
                ? new Generated(SegmentGenerator.byNode(cassandra, keyspace))
                : SegmentGenerator.subranges(
                        cassandra,
                        keyspace,
                        settings.segmentCountPerNode(),
                        cassandra.version(),
                        new SegmentGenerator.Filter(Set.copyOf(unit.nodes()), Set.copyOf(unit.datacenters())));
        if (generation instanceof Generation.Failed failed) {
            return Outcome.refused(new Failed(failed.message()));
        }
        List<GeneratedSegment> segments = ((Generated) generation).segments();
        return segments.isEmpty()
                ? Outcome.refused(
                        new Failed("failed to generate repair segments for cluster \"" + cluster.name() + "\""))
                : Outcome.of(segments);
    }

    private RepairRun store(
            RepairUnit unit, RunSettings settings, List<String> tables, List<GeneratedSegment> generated) {
        boolean isIncremental = unit.incrementalRepair() || unit.subrangeIncrementalRepair();
        RepairRun run = new RepairRun(
                new RepairRun.Plan(
                        context.nextId(),
                        unit.id(),
                        unit.clusterName(),
                        unit.keyspaceName(),
                        settings.owner(),
                        settings.cause(),
                        isIncremental ? RepairParallelism.PARALLEL : settings.repairParallelism(),
                        tables,
                        settings.adaptive(),
                        generated.size(),
                        context.now()),
                settings.intensity());
        List<RepairSegment> segments = new ArrayList<>(generated.size());
        generated.forEach(segment -> segments.add(new RepairSegment(context.nextId(), asStored(segment))));
        context.runs().add(run, new RunSegments(segments));
        context.emit("runCreated", Map.of("run", run.id().toString(), "segments", generated.size()));
        return run;
    }

    /** The memory flavour forgets all ranges but the first (spec reaper 0.2). */
    private GeneratedSegment asStored(GeneratedSegment segment) {
        if (context.configuration().storageFlavour() == StorageFlavour.CASSANDRA
                || segment.tokenRanges().size() == 1) {
            return segment;
        }
        return new GeneratedSegment(
                segment.tokenRanges().subList(0, 1), segment.replicas(), segment.coordinatorHost(), segment.hostId());
    }

    /** The run, or the sentence that most of the interface has for one that is not there. */
    Outcome<RepairRun> run(UUID id) {
        return context.runs()
                .run(id)
                .map(Outcome::of)
                .orElseGet(() -> Outcome.refused(new NotFound("repair run " + id + " doesn't exist")));
    }

    /**
     * Moves a run to another state (spec reaper 1.4.5).
     *
     * @param state the name of the state, in whatever case
     */
    Outcome<StateChange> updateState(UUID id, String state) {
        return run(id).then(run -> RunState.named(state)
                .map(wished -> updateState(run, wished))
                .orElseGet(() -> Outcome.refused(new BadRequest("invalid \"state\" argument: " + state))));
    }

    private Outcome<StateChange> updateState(RepairRun run, RunState wished) {
        RunState old = run.runState();
        if (old == wished) {
            return Outcome.of(new StateChange(run, false));
        }
        boolean isStart = wished == RunState.RUNNING
                && (old == RunState.NOT_STARTED || old == RunState.PAUSED || old == RunState.ERROR);
        if (isStart) {
            return start(run);
        }
        if (wished == RunState.PAUSED && old == RunState.RUNNING) {
            manager.pauseRepairRun(run);
            return Outcome.of(new StateChange(run, true));
        }
        if (wished == RunState.ABORTED && old == RunState.NOT_STARTED) {
            // spec reaper 1.4.5: the guard lets it pass, and then there is no start time
            return Outcome.refused(new Unexpected());
        }
        if (wished == RunState.ABORTED && (old.isActive() || old == RunState.DONE)) {
            manager.abortRepairRun(run);
            return Outcome.of(new StateChange(run, true));
        }
        return Outcome.refused(new Conflict("Transition " + old + "->" + wished + " not supported."));
    }

    private Outcome<StateChange> start(RepairRun run) {
        UUID unitId = run.plan().repairUnitId();
        boolean isUnitBusy = context.runs().ofUnit(unitId).stream()
                .anyMatch(other -> other != run && other.runState() == RunState.RUNNING);
        if (isUnitBusy) {
            // spec reaper 1.4.5 row 4: the unit's id, where it says "run"
            return Outcome.refused(new Conflict("repair unit already has run " + unitId + " in RUNNING state"));
        }
        manager.startRepairRun(run);
        return Outcome.of(new StateChange(run, true));
    }

    /**
     * Changes a run's intensity (spec reaper 1.4.6).
     *
     * @param intensity above 0 and up to 1
     */
    Outcome<RepairRun> updateIntensity(UUID id, double intensity) {
        return run(id).then(run -> {
            if (run.runState() != RunState.PAUSED && run.runState() != RunState.NOT_STARTED) {
                return Outcome.refused(new Conflict("repair run must first be paused"));
            }
            run.intensity(intensity);
            return Outcome.of(run);
        });
    }

    /**
     * Sends a segment back to the beginning (spec reaper 1.4.7).
     *
     * @param instance which of the Reaper processes was asked, from 0
     */
    Outcome<RepairSegment> abortSegment(UUID runId, UUID segmentId, int instance) {
        return run(runId).then(run -> {
            if (!run.runState().isActive()) {
                return Outcome.refused(
                        new Conflict("Cannot abort segment on repair run with status " + run.runState()));
            }
            Optional<RepairSegment> segment = context.runs().segments(run).segment(segmentId);
            if (segment.isEmpty()) {
                return Outcome.refused(new Unexpected());
            }
            if (manager.isLeadTakenElsewhere(run, segment.get(), instance)) {
                return Outcome.refused(
                        new Conflict("Cannot abort segment lead is already taken on " + runId + ":" + segmentId));
            }
            manager.abortSegment(run, segment.get());
            return Outcome.of(segment.get());
        });
    }

    /** Deletes a run with its segments (spec reaper 1.4.8 rows 2 to 6). */
    Outcome<RepairRun> delete(UUID id, String owner) {
        Optional<RepairRun> found = context.runs().run(id);
        if (found.isEmpty()) {
            return Outcome.refused(new NotFound("Repair run %s" + id + " not found"));
        }
        RepairRun run = found.get();
        if (run.runState() == RunState.RUNNING) {
            return Outcome.refused(new Conflict(
                    "Repair run with id \"" + id + "\" is currently running, and must be stopped before deleting"));
        }
        if (!run.plan().owner().equalsIgnoreCase(owner)) {
            return Outcome.refused(new Conflict("Repair run " + id + " is not owned by the user you defined " + owner));
        }
        if (context.runs().segments(run).number(SegmentState.RUNNING) > 0) {
            return Outcome.refused(
                    new Conflict("Repair run " + id + " has running segments, which must finish before deleting"));
        }
        manager.removeRepairRun(run);
        return Outcome.of(run);
    }
}
