package io.understudy.reaper;

import static io.understudy.reaper.RunWorld.accepted;
import static io.understudy.reaper.RunWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import io.understudy.reaper.Refusal.BadRequest;
import io.understudy.reaper.Refusal.Conflict;
import io.understudy.reaper.Refusal.Failed;
import io.understudy.reaper.Refusal.NotFound;
import io.understudy.reaper.Refusal.Unexpected;
import io.understudy.reaper.RepairRunService.StateChange;
import io.understudy.reaper.RunWorld.UnitDraft;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What can be asked of repair runs, and what is answered (spec reaper 1.4, 2.4, 3.4 and 3.6). */
final class RepairRunServiceTest {
    private static final UUID NOBODY = UUID.fromString("00000000-0000-1000-8000-000000000000");

    @Test
    @Covers({"reaper P27", "reaper P28"})
    void aNewRunIsAsInTheGoldenExample() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.create(UnitDraft.of("booya"));

        assertThat(run.runState()).isEqualTo(RunState.NOT_STARTED);
        assertThat(run.plan().tables()).containsExactly("booya2", "booya1");
        assertThat(run.plan().totalSegments()).isEqualTo(7);
        assertThat(run.lastEvent()).isEqualTo("no events");
        assertThat(run.plan().creationTime()).isEqualTo(RunWorld.START);
        RunProgress progress = RunProgress.of(run, world.segments(run), RunWorld.START);
        assertThat(progress).isEqualTo(new RunProgress(0, Optional.empty(), Optional.empty()));
        assertThat(world.segments(run).all().get(0).baseRange().start())
                .isEqualTo(new BigInteger("-9223372036854775808"));
        List<UUID> ids = new ArrayList<>(List.of(run.plan().repairUnitId(), run.id()));
        world.segments(run).all().forEach(segment -> ids.add(segment.id()));
        assertThat(ids).isSortedAccordingTo(TimeUuids.ORDER).allMatch(id -> id.version() == 1);
    }

    @Test
    void zeroSegmentsPerNodeAreSixtyFour() {
        RunWorld world = RunWorld.small();
        assertThat(world.create(UnitDraft.of("booya").with(unit -> unit.segmentCountPerNode = 0))
                        .plan()
                        .totalSegments())
                .isEqualTo(193);
    }

    @Test
    void keyspaceTablesBlacklistAndNodesAreChecked() {
        RunWorld world = RunWorld.small();
        assertThat(refusal(world.register(UnitDraft.of("nope"))))
                .isEqualTo(new NotFound("no column families found for keyspace"));
        assertThat(refusal(world.register(UnitDraft.of("booya").with(unit -> unit.tables = List.of("nope")))))
                .isEqualTo(new NotFound("keyspace doesn't contain a table named \"nope\""));
        assertThat(refusal(world.register(UnitDraft.of("booya").with(unit -> unit.blacklist = List.of("nix")))))
                .isEqualTo(new NotFound("keyspace doesn't contain a table named \"nix\""));
        assertThat(refusal(world.register(UnitDraft.of("booya").with(unit -> unit.nodes = List.of("127.0.0.9")))))
                .isEqualTo(new NotFound("cluster \"test\" doesn't contain a node named \"127.0.0.9\""));
        assertThat(world.create(UnitDraft.of("BOOYA")).plan().keyspaceName()).isEqualTo("BOOYA");
    }

    @Test
    @Covers("reaper P60")
    void aBlacklistThatLeavesNothingIsUnexpected() {
        RunWorld world = RunWorld.small();
        assertThat(refusal(world.register(
                        UnitDraft.of("booya").with(unit -> unit.blacklist = List.of("booya1", "booya2")))))
                .isEqualTo(new Unexpected());
        assertThat(world.context.runs().runs()).isEmpty();
    }

    @Test
    void tablesThatWereAskedForAreRepairedWhateverTheirCompaction() {
        RunWorld world = RunWorld.small();
        assertThat(world.create(UnitDraft.of("booya").with(unit -> unit.tables = List.of("booya_twcs")))
                        .plan()
                        .tables())
                .containsExactly("booya_twcs");
    }

    @Test
    void withAllNodesDownNoRunCanBeCreated() {
        RunWorld world = RunWorld.small();
        world.trouble.down.addAll(List.of("127.0.0.1", "127.0.0.2", "127.0.0.3"));
        assertThat(refusal(world.register(UnitDraft.of("booya"))))
                .isEqualTo(new Failed("java.util.concurrent.ExecutionException: io.cassandrareaper.ReaperException:"
                        + " no host could be reached through JMX"));
    }

    @Test
    @Covers("reaper P30")
    void anIncrementalRunIsParallelWithoutAWord() {
        RunWorld world = RunWorld.small();
        assertThat(world.create(UnitDraft.of("booya").with(unit -> unit.subrange = true))
                        .plan()
                        .repairParallelism())
                .isEqualTo(RepairParallelism.PARALLEL);
        assertThat(world.create(UnitDraft.of("booya")).plan().repairParallelism())
                .isEqualTo(RepairParallelism.DATACENTER_AWARE);
    }

    @Test
    void equalUnitsAreOneUnit() {
        RunWorld world = RunWorld.small();
        RepairRun first = world.create(UnitDraft.of("booya"));
        RepairRun second = world.create(UnitDraft.of("booya"));
        RepairRun other = world.create(UnitDraft.of("booya").with(unit -> unit.timeout = 31));

        assertThat(second.plan().repairUnitId()).isEqualTo(first.plan().repairUnitId());
        assertThat(other.plan().repairUnitId()).isNotEqualTo(first.plan().repairUnitId());
    }

    @Test
    void inMemoryAUnitThatDiffersInBothIncrementalFlagsIsInTheWay() {
        RunWorld world = RunWorld.small(settings -> settings.flavour = StorageFlavour.MEMORY);
        RepairRun first = world.create(UnitDraft.of("booya"));
        assertThat(refusal(world.register(UnitDraft.of("booya").with(unit -> unit.incremental = unit.subrange = true))))
                .isEqualTo(new Conflict("A repair unit " + first.plan().repairUnitId()
                        + " already exist for the same cluster/keyspace/tables but with a different incremental repair"
                        + " value. Requested value true | Existing value: false"));
        assertThat(world.create(UnitDraft.of("booya").with(unit -> unit.incremental = true))
                        .plan()
                        .repairUnitId())
                .isEqualTo(first.plan().repairUnitId());
    }

    @Test
    void aScheduleInTheWayNeedsForce() {
        RunWorld world = RunWorld.small();
        schedule(world, UnitDraft.of("booya").with(unit -> unit.tables = List.of("booya1")));
        Conflict conflict = new Conflict("An existing repair unit conflicts with your repair run.");

        assertThat(refusal(world.register(UnitDraft.of("booya")))).isEqualTo(conflict);
        world.create(UnitDraft.of("booya").with(unit -> unit.tables = List.of("booya2")));
        world.create(UnitDraft.of("booya").with(unit -> unit.blacklist = List.of("booya1")));
        world.create(UnitDraft.of("booya").with(unit -> unit.force = true));
        // now there is a unit that equals it
        world.create(UnitDraft.of("booya"));
    }

    @Test
    void unitsAreIdenticalWhenTheyComeToTheSame() {
        RunWorld world = RunWorld.small();
        RepairSchedule schedule = schedule(world, UnitDraft.of("booya"));
        UnitDraft same = UnitDraft.of("booya").with(unit -> {
            unit.tables = List.of("booya1", "booya2", "booya_twcs");
            unit.datacenters = List.of("dc1");
            unit.threads = 4;
            unit.timeout = 99;
        });
        assertThat(identical(world, same)).containsExactly(schedule);
        assertThat(identical(world, same.with(unit -> unit.subrange = true))).isEmpty();
        assertThat(identical(world, UnitDraft.of("booya").with(unit -> unit.tables = List.of("booya1"))))
                .isEmpty();
    }

    private static List<RepairSchedule> identical(RunWorld world, UnitDraft draft) {
        return world.step(() -> world.units.identical(world.cluster("test"), draft.unit()));
    }

    private static RepairSchedule schedule(RunWorld world, UnitDraft draft) {
        return world.step(() -> {
            RepairUnit unit = accepted(world.units.getOrCreate(draft.unit()));
            RepairSchedule schedule = new RepairSchedule(
                    world.context.nextId(),
                    unit.id(),
                    "bob",
                    ScheduleState.PAUSED,
                    7,
                    RunWorld.START.plus(Duration.ofDays(1)),
                    RunWorld.START,
                    0,
                    RepairParallelism.PARALLEL,
                    0.9,
                    false,
                    -1,
                    null,
                    null);
            world.context.store().put(schedule);
            return schedule;
        });
    }

    @Test
    @Covers({"reaper P19", "reaper P20"})
    void statesChangeAsTheTableSays() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.create(UnitDraft.of("booya"));
        assertThat(refusal(world.updateState(NOBODY, "whatever")))
                .isEqualTo(new NotFound("repair run " + NOBODY + " doesn't exist"));
        assertThat(refusal(world.updateState(run.id(), "Whatever")))
                .isEqualTo(new BadRequest("invalid \"state\" argument: Whatever"));
        assertThat(accepted(world.updateState(run.id(), "not_started"))).isEqualTo(new StateChange(run, false));
        assertThat(refusal(world.updateState(run.id(), "PAUSED")))
                .isEqualTo(new Conflict("Transition NOT_STARTED->PAUSED not supported."));
        assertThat(refusal(world.updateState(run.id(), "ABORTED"))).isEqualTo(new Unexpected());
        assertThat(run.runState()).isEqualTo(RunState.NOT_STARTED);
        assertThat(accepted(world.updateState(run.id(), "running"))).isEqualTo(new StateChange(run, true));
        assertThat(accepted(world.updateState(run.id(), "RUNNING"))).isEqualTo(new StateChange(run, false));
        world.until(run, RunState.DONE);
        assertThat(refusal(world.updateState(run.id(), "PAUSED")))
                .isEqualTo(new Conflict("Transition DONE->PAUSED not supported."));
        assertThat(refusal(world.updateState(run.id(), "RUNNING")))
                .isEqualTo(new Conflict("Transition DONE->RUNNING not supported."));
        world.advanceSeconds(5);
        world.to(run, RunState.ABORTED);
        assertThat(run.endTime()).isEqualTo(world.kernel.clock().now());
        assertThat(refusal(world.updateState(run.id(), "DELETED")))
                .isEqualTo(new Conflict("Transition ABORTED->DELETED not supported."));
    }

    @Test
    @Covers("reaper P19")
    void anAbortOfARunInErrorIsAConflict() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.change(() -> world.universe.byName("test").orElseThrow().dropKeyspace("booya"));
        world.until(run, RunState.ERROR);

        assertThat(refusal(world.updateState(run.id(), "ABORTED")))
                .isEqualTo(new Conflict("Transition ERROR->ABORTED not supported."));
    }

    @Test
    @Covers({"reaper P10", "reaper P58"})
    void aSecondRunOfAUnitCannotBeStarted() {
        RunWorld world = RunWorld.small();
        RepairRun first = world.started(UnitDraft.of("booya"));
        RepairRun second = world.create(UnitDraft.of("booya"));

        assertThat(refusal(world.updateState(second.id(), "RUNNING")))
                .isEqualTo(new Conflict(
                        "repair unit already has run " + first.plan().repairUnitId() + " in RUNNING state"));
        world.to(first, RunState.PAUSED);
        world.to(second, RunState.RUNNING);
        assertThat(refusal(world.updateState(first.id(), "RUNNING"))).isInstanceOf(Conflict.class);
    }

    @Test
    void intensityChangesWhilePaused() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));
        assertThat(refusal(world.step(() -> world.service.updateIntensity(run.id(), 0.5))))
                .isEqualTo(new Conflict("repair run must first be paused"));
        world.to(run, RunState.PAUSED);
        accepted(world.step(() -> world.service.updateIntensity(run.id(), 0.5)));
        assertThat(run.intensity()).isEqualTo(0.5);
    }

    @Test
    @Covers("reaper P21")
    void abortOfASegmentIsRefusedForWrongRunsAndSegments() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.create(UnitDraft.of("booya"));
        UUID segment = world.segments(run).all().get(3).id();
        assertThat(refusal(world.step(() -> world.service.abortSegment(run.id(), segment, 0))))
                .isEqualTo(new Conflict("Cannot abort segment on repair run with status NOT_STARTED"));
        world.to(run, RunState.RUNNING);
        assertThat(refusal(world.step(() -> world.service.abortSegment(run.id(), NOBODY, 0))))
                .isEqualTo(new Unexpected());
        assertThat(accepted(world.step(() -> world.service.abortSegment(run.id(), segment, 0)))
                        .failCount())
                .isOne();
    }

    @Test
    @Covers({"reaper P9", "reaper P35"})
    void deleteHasItsOwnSentences() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));
        assertThat(refusal(world.step(() -> world.service.delete(NOBODY, "a"))))
                .isEqualTo(new NotFound("Repair run %s" + NOBODY + " not found"));
        assertThat(refusal(world.step(() -> world.service.delete(run.id(), "mallory"))))
                .isEqualTo(new Conflict("Repair run with id \"" + run.id()
                        + "\" is currently running, and must be stopped before deleting"));
        world.to(run, RunState.PAUSED);
        assertThat(refusal(world.step(() -> world.service.delete(run.id(), "mallory"))))
                .isEqualTo(new Conflict("Repair run " + run.id() + " is not owned by the user you defined mallory"));
        accepted(world.step(() -> world.service.delete(run.id(), "Alice")));
        assertThat(refusal(world.step(() -> world.service.delete(run.id(), "Alice"))))
                .isInstanceOf(NotFound.class);
    }

    @Test
    @Covers("reaper P43")
    void removingARunThatIsRunningLeavesNothingBehind() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(3);
        world.kernel.step(() -> world.manager.removeRepairRun(run));

        world.advance(Duration.ofHours(1));

        assertThat(world.context.runs().runs()).isEmpty();
        assertThat(world.manager.state().runners()).isEmpty();
        assertThat(world.pendingEvents()).isZero();
    }

    @Test
    @Covers("reaper P55")
    void durationsAreInWords() {
        assertThat(List.of(0L, 1L, 60L, 3605L, 3661L, 86_400L, 2 * 86_400L + 3 * 3600 + 4 * 60 + 1))
                .extracting(seconds -> RunProgress.words(Duration.ofSeconds(seconds)))
                .containsExactly(
                        "0 seconds",
                        "1 second",
                        "1 minute 0 seconds",
                        "1 hour 0 minutes 5 seconds",
                        "1 hour 1 minute 1 second",
                        "1 day 0 hours 0 minutes 0 seconds",
                        "2 days 3 hours 4 minutes 1 second");
    }

    @Test
    void theTimeOfArrivalFollowsFromWhatIsDone() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(70);
        RunProgress progress =
                RunProgress.of(run, world.segments(run), world.kernel.clock().now());

        assertThat(progress.segmentsRepaired()).isEqualTo(3);
        assertThat(progress.duration()).contains("1 minute 10 seconds");
        assertThat(progress.estimatedTimeOfArrival())
                .contains(RunWorld.START.plusSeconds(70).plusMillis(23_333 * 4));
        world.until(run, RunState.DONE);
        world.advanceSeconds(7);
        RunProgress done =
                RunProgress.of(run, world.segments(run), world.kernel.clock().now());
        assertThat(done.duration()).contains("3 minutes 30 seconds");
        assertThat(done.estimatedTimeOfArrival()).contains(world.kernel.clock().now());
    }

    @Test
    @Covers({"reaper P17", "reaper P18"})
    void listsAreCutBeforeTheyAreFiltered() {
        RunWorld world = RunWorld.small();
        RepairRun done = world.started(UnitDraft.of("booya"));
        world.until(done, RunState.DONE);
        RepairRun waiting = world.create(UnitDraft.of("booya"));
        RepairRun running = world.started(UnitDraft.of("shop"));

        assertThat(list(world, List.of(), Optional.of("test"), 10))
                .hasSize(3)
                .last()
                .isSameAs(done);
        assertThat(list(world, List.of("DONE"), Optional.of("all"), 2)).isEmpty();
        assertThat(list(world, List.of("DONE"), Optional.empty(), 3)).containsExactly(done);
        assertThat(list(world, List.of("done"), Optional.empty(), 3)).isEmpty();
        assertThat(refusal(world.lists.runs(List.of("NONE"), Optional.of("?"), Optional.empty(), 3)))
                .isEqualTo(new BadRequest(""));
        assertThat(refusal(world.lists.runs(List.of(), Optional.of("nope"), Optional.empty(), 3)))
                .isEqualTo(new Failed("Failed find cluster nope"));
        assertThat(world.lists.ofCluster("test", 10)).containsExactly(running, waiting, done);
        // the limit is one of each group of ongoing runs
        assertThat(world.lists.ofCluster("test", 1)).containsExactly(running, waiting);
        assertThat(world.lists.ofCluster("nope", 1)).isEmpty();
        assertThat(accepted(world.lists.runs(List.of(), Optional.empty(), Optional.of("shop"), 10)))
                .containsExactly(running);
    }

    @Test
    void inMemoryListsAreCutAsAWholeAndClustersFoundInAnyCase() {
        RunWorld world = RunWorld.small(settings -> settings.flavour = StorageFlavour.MEMORY);
        world.create(UnitDraft.of("booya"));
        RepairRun running = world.started(UnitDraft.of("shop"));
        assertThat(world.lists.ofCluster("TEST", 1)).containsExactly(running);
        assertThat(list(world, List.of(), Optional.of("TeSt"), 10)).hasSize(2);
        assertThat(refusal(world.lists.runs(List.of(), Optional.of("Nope"), Optional.empty(), 3)))
                .isEqualTo(new NotFound("Cluster \"Nope\" not found"));
    }

    private static List<RepairRun> list(RunWorld world, List<String> states, Optional<String> cluster, int limit) {
        return accepted(world.lists.runs(states, cluster, Optional.empty(), limit));
    }

    @Test
    void inMemoryASegmentForgetsAllRangesButTheFirst() {
        assertThat(longestSegment(StorageFlavour.CASSANDRA)).isGreaterThan(1);
        assertThat(longestSegment(StorageFlavour.MEMORY)).isOne();
    }

    private static int longestSegment(StorageFlavour flavour) {
        RunWorld world = RunWorld.small(settings -> settings.flavour = flavour);
        RepairRun run = world.create(UnitDraft.of("telemetry").with(unit -> {
            unit.cluster = "analytics";
            unit.segmentCountPerNode = 1;
        }));
        return world.segments(run).all().stream()
                .mapToInt(segment -> segment.tokenRanges().size())
                .max()
                .orElseThrow();
    }

    @Test
    void oldRunsArePurgedAtTheFullHour() {
        RunWorld world = RunWorld.small();
        world.advance(Duration.ofMinutes(90));
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.until(run, RunState.DONE);

        world.advance(Duration.ofDays(30).plusMinutes(20));
        assertThat(world.step(world.purge::purge)).isOne();
        RepairRun second = world.started(UnitDraft.of("booya"));
        world.until(second, RunState.DONE);
        assertThat(world.until(() -> world.context.runs().runs().isEmpty()))
                .isBetween(Duration.ofDays(30), Duration.ofDays(30).plusHours(1));
        assertThat(Duration.between(RunWorld.START, world.kernel.clock().now()).toMinutesPart())
                .isZero();
        assertThat(world.pendingEvents()).isZero();
    }

    @Test
    void ofEachUnitTheNewestRunsAreKept() {
        RunWorld world = RunWorld.small(settings -> settings.runsToKeep = 2);
        List<RepairRun> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RepairRun run = world.started(UnitDraft.of("booya"));
            world.until(run, RunState.DONE);
            runs.add(run);
        }
        RepairRun other = world.started(UnitDraft.of("shop"));
        world.until(other, RunState.DONE);
        RepairRun waiting = world.create(UnitDraft.of("booya"));

        world.advance(Duration.ofHours(1));

        assertThat(world.context.runs().runs()).containsExactly(runs.get(2), runs.get(3), other, waiting);
    }
}
