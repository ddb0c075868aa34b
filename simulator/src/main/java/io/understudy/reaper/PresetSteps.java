package io.understudy.reaper;

import io.understudy.reaper.RepairRunService.RunSettings;
import io.understudy.reaper.cassandra.CassandraCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the steps of a {@link ReaperPreset} do: the same commands as clients give, and a past for what they leave behind. */
final class PresetSteps {
    /** How long ago runs were created (spec reaper 8.1). */
    private static final Duration RUN_AGE = Duration.ofHours(2);

    private static final String RUN_OWNER = "alice";
    private static final String SCHEDULE_OWNER = "auto";
    private static final String CAUSE = "no cause specified";

    private final ReaperProcess process;
    private final AppContext context;

    PresetSteps(ReaperProcess process) {
        this.process = process;
        this.context = process.context();
    }

    void register(String clusterName) {
        require(process.registration().addOrUpdate(wish(clusterName)));
    }

    /** Before the process was started. */
    void wasRegistered(String clusterName) {
        require(process.registration().wasRegistered(wish(clusterName)));
    }

    private ClusterRegistration.Wish wish(String clusterName) {
        CassandraCluster cassandra = context.universe()
                .byName(clusterName)
                .orElseThrow(() -> new IllegalArgumentException("there is no Cassandra cluster " + clusterName));
        String seed = cassandra.nodes().get(0).address();
        return new ClusterRegistration.Wish(null, seed, null, null, null);
    }

    void schedule(String clusterName, String keyspace, int days) {
        Instant next = context.now().plus(Duration.ofDays(Math.max(0, days - 1)));
        ReaperConfiguration defaults = context.configuration();
        RepairScheduleService.Creation creation = require(process.schedules()
                .create(
                        cluster(clusterName),
                        new RepairScheduleService.Wish(
                                unit(clusterName, keyspace),
                                SCHEDULE_OWNER,
                                days,
                                next.toString(),
                                0,
                                defaults.repairParallelism(),
                                defaults.repairIntensity(),
                                false,
                                -1,
                                false)));
        if (!(creation instanceof RepairScheduleService.Creation.Created)) {
            throw new IllegalArgumentException(
                    "a schedule of " + keyspace + " in " + clusterName + " is there already, or in its way");
        }
    }

    void run(String clusterName, String keyspace, RunState state, int segmentsPerNode) {
        RepairRun created = require(process.runs()
                .register(
                        cluster(clusterName),
                        unit(clusterName, keyspace),
                        new RunSettings(
                                RUN_OWNER,
                                CAUSE,
                                context.configuration().repairParallelism(),
                                context.configuration().repairIntensity(),
                                segmentsPerNode,
                                false),
                        true));
        RunSegments segments = context.runs().segments(created);
        Instant begun = context.now().minus(RUN_AGE);
        String lastEvent = repair(segments, repaired(state, segments.total()), begun);
        Instant over = begun.plus(poll().multipliedBy(repaired(state, segments.total())));
        RepairRun.Plan plan = created.plan();
        RepairRun past = new RepairRun(new RepairRun.State(
                new RepairRun.Plan(
                        plan.id(),
                        plan.repairUnitId(),
                        plan.clusterName(),
                        plan.keyspaceName(),
                        plan.owner(),
                        plan.cause(),
                        plan.repairParallelism(),
                        plan.tables(),
                        plan.adaptiveSchedule(),
                        plan.totalSegments(),
                        begun),
                state,
                created.intensity(),
                state == RunState.NOT_STARTED ? null : begun,
                state == RunState.PAUSED ? over : null,
                state.isTerminated() ? over : null,
                lastEvent(state, segments, lastEvent)));
        context.runs().remove(created);
        context.runs().add(past, segments);
    }

    private static int repaired(RunState state, int total) {
        return switch (state) {
            case NOT_STARTED -> 0;
            case DONE -> total;
            default -> total / 2;
        };
    }

    /** One segment at each poll, as a run in good health does. */
    private String repair(RunSegments segments, int count, Instant begun) {
        String lastEvent = RepairRun.NO_EVENTS;
        for (int i = 0; i < count; i++) {
            RepairSegment segment = segments.all().get(i);
            List<String> replicas = segment.replicas().hosts();
            String preset = segment.coordinatorHost();
            String coordinator = preset == null ? replicas.get(i % replicas.size()) : preset;
            Instant start = begun.plus(poll().multipliedBy(i));
            segments.start(segment, coordinator, start);
            segments.run(segment);
            segments.done(segment, start.plus(context.configuration().repairs().minDuration()));
            lastEvent = "Triggered repair of segment " + segment.id() + " via host " + coordinator;
        }
        return lastEvent;
    }

    private Duration poll() {
        return context.configuration().repairManagerSchedulingInterval();
    }

    private static String lastEvent(RunState state, RunSegments segments, String otherwise) {
        return switch (state) {
            case DONE -> "All done";
            case ERROR ->
                "No coordinators for range io.cassandrareaper.core.Segment@"
                        + Integer.toHexString(
                                segments.all().get(segments.total() / 2).id().hashCode());
            default -> otherwise;
        };
    }

    private Cluster cluster(String clusterName) {
        return context.store()
                .cluster(Names.symbolic(clusterName))
                .orElseThrow(() -> new IllegalArgumentException("the cluster " + clusterName + " is not registered"));
    }

    private RepairUnit unit(String clusterName, String keyspace) {
        ReaperConfiguration defaults = context.configuration();
        return new RepairUnit(
                RepairUnitService.NO_ID,
                Names.symbolic(clusterName),
                keyspace,
                List.of(),
                false,
                false,
                List.of(),
                List.of(),
                List.of(),
                defaults.repairThreadCount(),
                defaults.hangingRepairTimeoutMins());
    }

    private static <T> T require(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Accepted<T> accepted) {
            return accepted.value();
        }
        throw new IllegalArgumentException("Reaper says " + ((Outcome.Refused<T>) outcome).refusal());
    }
}
