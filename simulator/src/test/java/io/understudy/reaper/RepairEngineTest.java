package io.understudy.reaper;

import static io.understudy.reaper.RunWorld.accepted;
import static io.understudy.reaper.RunWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import io.understudy.reaper.Conditions.Attempt;
import io.understudy.reaper.Refusal.Conflict;
import io.understudy.reaper.RunWorld.UnitDraft;
import io.understudy.reaper.cassandra.CassandraNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How runs and their segments move (spec reaper 3.1, 3.2 and 4). */
final class RepairEngineTest {
    private static final String NOTHING_STARTABLE =
            "All nodes are busy or have too many pending compactions for the remaining candidate segments.";

    @Test
    void aSegmentGoesThroughItsStatesInVirtualTime() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));

        world.advanceSeconds(0.4);
        assertThat(world.segments(run).number(SegmentState.NOT_STARTED)).isEqualTo(7);
        world.advanceSeconds(0.1);
        RepairSegment segment = world.underRepair(run);
        assertThat(segment.state()).isEqualTo(SegmentState.STARTED);
        assertThat(segment.startTime()).isEqualTo(RunWorld.START.plusMillis(500));
        assertThat(segment.coordinatorHost()).isIn(segment.replicas().hosts());
        assertThat(run.lastEvent())
                .isEqualTo("Triggered repair of segment " + segment.id() + " via host " + segment.coordinatorHost());
        world.advanceSeconds(1);
        assertThat(segment.state()).isEqualTo(SegmentState.RUNNING);
        world.advanceSeconds(4);
        assertThat(segment.state()).isEqualTo(SegmentState.DONE);
        assertThat(segment.endTime()).isEqualTo(RunWorld.START.plusMillis(5500));
    }

    @Test
    @Covers({"reaper P23", "reaper P25"})
    void onePollStartsOneSegmentAndTheEndIsNoticedOnePollLater() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));

        for (int poll = 0; poll < 7; poll++) {
            world.advanceSeconds(1);
            assertThat(world.segments(run).done()).isEqualTo(poll);
            assertThat(world.underRepair(run).startTime())
                    .isEqualTo(RunWorld.START.plusSeconds(30L * poll).plusMillis(500));
            world.advanceSeconds(29);
        }
        // the last second belongs to the poll at 210 s, which has come
        assertThat(run.runState()).isEqualTo(RunState.DONE);
        assertThat(run.endTime()).isEqualTo(RunWorld.START.plusSeconds(210));
        assertThat(run.lastEvent()).isEqualTo("All done");
        assertThat(run.startTime()).isEqualTo(RunWorld.START);
    }

    @Test
    @Covers("reaper P23")
    void allSegmentsAreDoneWhileTheRunIsStillRunning() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));

        world.advanceSeconds(6 * 30 + 6);

        assertThat(world.segments(run).isAllDone()).isTrue();
        assertThat(run.runState()).isEqualTo(RunState.RUNNING);
    }

    @Test
    @Covers("reaper P25")
    void theLocksHoldDuringTheIntensityPause() {
        RunWorld world = RunWorld.small(settings -> {
            settings.interval = Duration.ofSeconds(1);
            settings.minDuration = settings.maxDuration = Duration.ofSeconds(9);
        });
        RepairRun run = world.started(UnitDraft.of("booya").with(unit -> unit.intensity = 0.5));

        world.until(() -> world.segments(run).done() == 1);
        assertThat(world.kernel.clock().now()).isEqualTo(RunWorld.START.plusMillis(10_500));
        // it took 10 s, so it is 10 s more, and then the next poll: 20.5 s, 21 s
        Duration pause = world.until(() -> world.segments(run).number(SegmentState.STARTED) == 1);
        assertThat(pause).isEqualTo(Duration.ofSeconds(11));
        assertThat(run.lastEvent()).startsWith("Triggered");
    }

    @Test
    void withFullIntensityThereIsNoPause() {
        RunWorld world = RunWorld.small(settings -> settings.interval = Duration.ofSeconds(1));
        RepairRun run = world.started(UnitDraft.of("booya").with(unit -> unit.intensity = 1));

        world.until(() -> world.segments(run).done() == 1);
        Duration pause = world.until(() -> world.segments(run).number(SegmentState.STARTED) == 1);

        assertThat(pause).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whileNothingCanBeStartedTheRunSaysSo() {
        RunWorld world =
                RunWorld.small(settings -> settings.minDuration = settings.maxDuration = Duration.ofMinutes(5));
        RepairRun run = world.started(UnitDraft.of("booya"));

        world.advanceSeconds(29);
        assertThat(run.lastEvent()).startsWith("Triggered");
        world.advanceSeconds(1);
        assertThat(run.lastEvent()).isEqualTo(NOTHING_STARTABLE);
    }

    @Test
    @Covers("reaper P22")
    void pauseDoesNotStopASegmentAndDeleteHasToWaitForIt() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(2);
        world.to(run, RunState.PAUSED);
        RepairSegment segment = world.underRepair(run);

        assertThat(refusal(world.step(() -> world.service.delete(run.id(), "ALICE"))))
                .isEqualTo(new Conflict(
                        "Repair run " + run.id() + " has running segments, which must finish before deleting"));
        world.advance(Duration.ofHours(2));
        assertThat(segment.state()).isEqualTo(SegmentState.DONE);
        assertThat(world.segments(run).done()).isOne();
        assertThat(run.pauseTime()).isEqualTo(RunWorld.START.plusSeconds(2));
        accepted(world.step(() -> world.service.delete(run.id(), "ALICE")));
    }

    @Test
    @Covers("reaper P24")
    void aResumedRunKeepsItsStartAndGoesOnAtItsNextPoll() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(2);
        world.to(run, RunState.PAUSED);
        world.advanceSeconds(100);

        world.to(run, RunState.RUNNING);
        assertThat(run.startTime()).isEqualTo(RunWorld.START);
        assertThat(run.pauseTime()).isNull();
        world.until(() -> world.segments(run).number(SegmentState.STARTED) == 1);

        assertThat(world.kernel.clock().now()).isEqualTo(RunWorld.START.plusMillis(120_500));
    }

    @Test
    @Covers("reaper P57")
    void anAbortedRunLeavesItsSegmentRunningAndStaysAborted() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(2);
        RepairSegment segment = world.underRepair(run);
        String event = run.lastEvent();

        world.to(run, RunState.ABORTED);
        world.advance(Duration.ofHours(1));

        assertThat(segment.state()).isEqualTo(SegmentState.DONE);
        assertThat(run.runState()).isEqualTo(RunState.ABORTED);
        assertThat(run.endTime()).isEqualTo(RunWorld.START.plusSeconds(2));
        assertThat(run.lastEvent()).isEqualTo(event);
        assertThat(world.segments(run).done()).isOne();
        assertThat(world.manager.state().runners()).isEmpty();
    }

    @Test
    @Covers("reaper P58")
    void runsOfDifferentUnitsRepairTheSameNodesAtTheSameTime() {
        RunWorld world = RunWorld.small();
        RepairRun booya = world.started(UnitDraft.of("booya"));
        RepairRun shop = world.started(UnitDraft.of("shop"));

        world.advanceSeconds(2);

        assertThat(world.underRepair(booya).replicas())
                .isEqualTo(world.underRepair(shop).replicas());
    }

    @Test
    void onlyTheOldestRunsOfAClusterMakeProgress() {
        RunWorld world = RunWorld.small();
        RepairRun third = world.create(UnitDraft.of("booya"));
        List<RepairRun> younger =
                List.of(world.create(UnitDraft.of("shop")), world.create(UnitDraft.of("system_auth")));
        younger.forEach(run -> world.to(run, RunState.RUNNING));
        world.advanceSeconds(40);
        world.to(third, RunState.RUNNING);
        // the oldest is the one that was created first, not the one that was started first
        world.advanceSeconds(165);

        RepairRun youngest = younger.get(1);
        assertThat(world.segments(third).done()).isEqualTo(6);
        assertThat(world.segments(younger.get(0)).done()).isEqualTo(7);
        assertThat(youngest.runState()).isEqualTo(RunState.RUNNING);
        assertThat(world.segments(youngest).done()).isEqualTo(2);
        assertThat(youngest.lastEvent()).startsWith("Triggered");
        world.until(youngest, RunState.DONE);
    }

    @Test
    void aPausedRunMakesRoomForTheNext() {
        RunWorld world = RunWorld.small(settings -> settings.maxParallelRepairs = 1);
        RepairRun first = world.started(UnitDraft.of("booya"));
        RepairRun second = world.started(UnitDraft.of("shop"));
        world.advance(Duration.ofMinutes(2));
        assertThat(second.lastEvent()).isEqualTo("no events");

        world.to(first, RunState.PAUSED);
        world.advanceSeconds(31);

        assertThat(second.lastEvent()).startsWith("Triggered");
    }

    @Test
    void pendingCompactionsOfAReplicaPostpone() {
        RunWorld world = RunWorld.small();
        world.trouble.pending.put("127.0.0.2", 21);
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advance(Duration.ofMinutes(10));
        assertThat(run.lastEvent()).isEqualTo(NOTHING_STARTABLE);
        assertThat(world.segments(run).number(SegmentState.NOT_STARTED)).isEqualTo(7);
        assertThat(world.pendingEvents()).isZero();

        world.change(() -> world.trouble.pending.put("127.0.0.2", 20));
        world.until(run, RunState.DONE);
    }

    @Test
    void whileAnotherSegmentIsTriggeredTheReasonOfThePostponedOneIsSeen() {
        RunWorld world = RunWorld.grid(9, settings -> settings.order = ReaperConfiguration.SegmentOrder.RING);
        RepairRun run = world.create(UnitDraft.of("grid").with(unit -> unit.cluster = "grid"));
        String busy = world.segments(run)
                .all()
                .get(0)
                .replicas()
                .datacenters()
                .keySet()
                .iterator()
                .next();
        world.trouble.pending.put(busy, 33);
        world.to(run, RunState.RUNNING);

        world.advanceSeconds(0.2);
        assertThat(run.lastEvent())
                .isEqualTo("postponed repair segment " + run.id()
                        + " because of too many pending compactions (Optional[33] > 20) on host " + busy);
        world.advanceSeconds(0.4);
        assertThat(run.lastEvent()).startsWith("Triggered");

        world.change(() -> {
            world.trouble.pending.clear();
            world.trouble.down.add(busy);
        });
        world.advanceSeconds(29.5);
        RepairSegment first = world.segments(run).all().get(0);
        assertThat(run.lastEvent())
                .startsWith("Postponed repair segment ")
                .endsWith(" on repair run with id " + run.id() + " because we couldn't get hosts metrics on " + busy);
        assertThat(first.state()).isEqualTo(SegmentState.NOT_STARTED);
    }

    @Test
    void aNodeThatIsDownStopsARunUntilItIsBack() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(10);
        world.change(() -> world.trouble.down.add("127.0.0.3"));
        world.advance(Duration.ofDays(3));

        assertThat(run.runState()).isEqualTo(RunState.RUNNING);
        assertThat(run.lastEvent()).isEqualTo(NOTHING_STARTABLE);
        assertThat(world.cluster("test").seedHosts()).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2");
        assertThat(world.pendingEvents()).isZero();
        world.change(world.trouble.down::clear);
        world.until(run, RunState.DONE);
        assertThat(world.cluster("test").seedHosts()).hasSize(3);
    }

    @Test
    void withLocalAvailabilityOnlyTheLocalDatacenterHasToBeThere() {
        RunWorld world =
                RunWorld.small(settings -> settings.availability = ReaperConfiguration.DatacenterAvailability.LOCAL);
        world.trouble.down.add("10.0.0.3");
        world.trouble.down.add("10.0.0.4");
        RepairRun run = world.started(UnitDraft.of("telemetry").with(unit -> unit.cluster = "analytics"));

        world.until(run, RunState.DONE);
    }

    @Test
    void withoutAnyReachableCoordinatorASegmentIsPostponed() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(0.3);
        world.change(() -> world.trouble.down.addAll(List.of("127.0.0.1", "127.0.0.2", "127.0.0.3")));
        world.advanceSeconds(0.3);

        assertThat(run.lastEvent()).isEqualTo("Postponed a segment because no coordinator was reachable");
        assertThat(world.segments(run).all())
                .extracting(RepairSegment::failCount)
                .containsOnlyOnce(1);
    }

    @Test
    void aFailedSegmentIsTriedAgainAndTheRunDoesNotFail() {
        RunWorld world = RunWorld.small();
        world.trouble.attempts = (segment, coordinator) ->
                segment.failCount() < 2 ? new Attempt.Fails(Duration.ofSeconds(2)) : new Attempt.Succeeds(1);
        RepairRun run = world.started(UnitDraft.of("booya"));

        world.advanceSeconds(3.5);
        RepairSegment failed = world.segments(run).all().stream()
                .filter(segment -> segment.failCount() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(failed.state()).isEqualTo(SegmentState.NOT_STARTED);
        assertThat(failed.startTime()).isNull();
        assertThat(failed.coordinatorHost()).isNull();
        assertThat(run.lastEvent()).startsWith("Triggered");
        world.until(run, RunState.DONE);
        assertThat(world.segments(run).all()).allMatch(segment -> segment.failCount() == 2);
    }

    @Test
    void afterAFailureTheLocksRestForTenSeconds() {
        RunWorld world = RunWorld.small(settings -> settings.interval = Duration.ofSeconds(1));
        world.trouble.attempts = (segment, coordinator) -> new Attempt.Fails(Duration.ofSeconds(2));
        RepairRun run = world.started(UnitDraft.of("booya"));

        world.until(() -> world.segments(run).number(SegmentState.STARTED) == 1);
        world.until(() -> world.segments(run).number(SegmentState.NOT_STARTED) == 7);
        assertThat(world.kernel.clock().now()).isEqualTo(RunWorld.START.plusMillis(3_500));
        world.until(() -> world.segments(run).number(SegmentState.STARTED) == 1);
        assertThat(world.kernel.clock().now()).isEqualTo(RunWorld.START.plusMillis(14_500));
    }

    @Test
    void aHangingSegmentTimesOutLaterEachTime() {
        RunWorld world = RunWorld.small(settings -> settings.order = ReaperConfiguration.SegmentOrder.RING);
        world.trouble.attempts = (segment, coordinator) -> new Attempt.Hangs();
        RepairRun run = world.started(UnitDraft.of("booya").with(unit -> unit.timeout = 7));
        RepairSegment segment = world.segments(run).all().get(0);

        for (int attempt = 1; attempt <= 3; attempt++) {
            int failures = attempt;
            world.until(() -> segment.state() == SegmentState.RUNNING);
            Instant began = segment.startTime();
            world.until(() -> segment.failCount() == failures);
            assertThat(Duration.between(began, world.kernel.clock().now())).isEqualTo(Duration.ofMinutes(7L * attempt));
            assertThat(segment.state()).isEqualTo(SegmentState.NOT_STARTED);
        }
    }

    @Test
    @Covers("reaper P59")
    void withANegativeTimeOutNoAttemptIsWaitedFor() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya").with(unit -> unit.timeout = -5));

        world.advance(Duration.ofMinutes(5));

        assertThat(world.segments(run).done()).isZero();
        assertThat(world.segments(run).all().stream()
                        .mapToInt(RepairSegment::failCount)
                        .sum())
                .isEqualTo(10);
        assertThat(run.runState()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aTimeOutCancelsTheOtherRepairsOnThatCoordinator() {
        RunWorld world = RunWorld.small();
        world.trouble.attempts = (segment, coordinator) -> new Attempt.Hangs();
        RepairRun first = world.started(UnitDraft.of("booya").with(unit -> unit.timeout = 1));
        RepairRun second = world.started(UnitDraft.of("shop").with(unit -> unit.timeout = 100));
        world.until(() -> world.segments(first).number(SegmentState.RUNNING) == 1
                && world.segments(second).number(SegmentState.RUNNING) == 1
                && world.underRepair(first)
                        .coordinatorHost()
                        .equals(world.underRepair(second).coordinatorHost()));
        RepairSegment bystander = world.underRepair(second);

        world.until(() -> world.segments(first).number(SegmentState.RUNNING) == 0);

        assertThat(bystander.state()).isEqualTo(SegmentState.NOT_STARTED);
        assertThat(bystander.failCount()).isOne();
    }

    @Test
    void aSegmentWithNothingToRepairIsDoneAtOnceAndSaysNothing() {
        RunWorld world = RunWorld.small(settings -> settings.nothingToRepair = 1);
        RepairRun run = world.started(UnitDraft.of("booya"));

        world.advanceSeconds(0.5);

        assertThat(world.segments(run).done()).isOne();
        assertThat(run.lastEvent()).isEqualTo("no events");
    }

    @Test
    @Covers("reaper P21")
    void anAbortedSegmentIsRepairedAgainAndItsFirstSuccessDoesNotCount() {
        RunWorld world =
                RunWorld.small(settings -> settings.minDuration = settings.maxDuration = Duration.ofSeconds(60));
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(5);
        RepairSegment segment = world.underRepair(run);
        world.to(run, RunState.PAUSED);

        assertThat(world.abort(run, segment).state()).isEqualTo(SegmentState.NOT_STARTED);
        assertThat(segment.failCount()).isOne();
        assertThat(segment.coordinatorHost()).isNull();
        world.advanceSeconds(1000);
        assertThat(world.segments(run).done()).isZero();
        world.to(run, RunState.RUNNING);
        world.until(run, RunState.DONE);
    }

    @Test
    @Covers("reaper P21")
    void aDoneSegmentCanBeReplayed() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(7);
        RepairSegment done = world.segments(run).all().stream()
                .filter(segment -> segment.state() == SegmentState.DONE)
                .findFirst()
                .orElseThrow();

        world.abort(run, done);

        assertThat(world.segments(run).done()).isZero();
        assertThat(world.until(run, RunState.DONE)).isEqualTo(Duration.ofSeconds(8 * 30 - 7));
    }

    @Test
    void theLocksOfAnAbortedSegmentGoAfterTheRestWhileItsRepairGoesOn() {
        RunWorld world = RunWorld.small(settings -> {
            settings.interval = Duration.ofSeconds(1);
            settings.minDuration = settings.maxDuration = Duration.ofMinutes(10);
        });
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(5);
        world.abort(run, world.underRepair(run));

        world.until(() -> world.segments(run).number(SegmentState.STARTED) == 1);

        assertThat(world.kernel.clock().now()).isEqualTo(RunWorld.START.plusMillis(15_500));
        assertThat(world.step(() -> world.manager.activity("test", "127.0.0.1").running()))
                .hasSize(4);
    }

    @Test
    void aChangeOfTheTopologyEndsARunWithAnErrorThatARetryPicksUp() {
        RunWorld world = RunWorld.grid(6, settings -> settings.order = ReaperConfiguration.SegmentOrder.RING);
        RepairRun run = world.started(UnitDraft.of("grid").with(unit -> unit.cluster = "grid"));
        world.advanceSeconds(100);
        int done = world.segments(run).done();
        CassandraNode node = world.universe.byName("grid").orElseThrow().nodes().get(4);
        // between the bounds of a segment that is still to come
        RepairSegment last = world.segments(run).all().get(world.segments(run).total() - 2);
        world.change(() -> world.universe
                .byName("grid")
                .orElseThrow()
                .moveToken(
                        node.address(),
                        node.tokens().get(0),
                        last.baseRange().end().subtract(BigInteger.TEN)));

        world.until(run, RunState.ERROR);
        assertThat(run.lastEvent())
                .matches("No coordinators for range io\\.cassandrareaper\\.core\\.Segment@[0-9a-f]+");
        assertThat(run.endTime()).isEqualTo(world.kernel.clock().now());
        world.to(run, RunState.RUNNING);
        assertThat(run.endTime()).isNull();
        assertThat(run.startTime()).isEqualTo(RunWorld.START);
        assertThat(world.segments(run).done()).isGreaterThanOrEqualTo(done);
        world.until(run, RunState.ERROR);
    }

    @Test
    void afterARestartOrphanedSegmentsBeginAgainAndRunsGoOn() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(32);
        RepairSegment orphan = world.underRepair(run);

        world.kernel.step(world.manager::restart);

        assertThat(orphan.state()).isEqualTo(SegmentState.NOT_STARTED);
        assertThat(orphan.failCount()).isOne();
        assertThat(world.until(run, RunState.DONE)).isEqualTo(Duration.ofSeconds(6 * 30));
    }

    @Test
    void byNodeOneSegmentAtATimeAfterARandomWait() {
        RunWorld world =
                RunWorld.small(settings -> settings.minDuration = settings.maxDuration = Duration.ofMinutes(2));
        RepairRun run = world.started(UnitDraft.of("booya").with(unit -> unit.incremental = true));
        assertThat(run.plan().repairParallelism()).isEqualTo(RepairParallelism.PARALLEL);
        assertThat(world.segments(run).total()).isEqualTo(3);

        world.until(() -> world.segments(run).number(SegmentState.STARTED) == 1);
        RepairSegment segment = world.underRepair(run);
        assertThat(Duration.between(RunWorld.START, segment.startTime()).toMillis() - 500)
                .isBetween(1000L, 9900L);
        assertThat(segment.coordinatorHost()).isNotNull();
        assertThat(segment.replicas().size()).isZero();
        world.advanceSeconds(100);
        assertThat(world.underRepair(run)).isSameAs(segment);
        world.until(run, RunState.DONE);
    }

    @Test
    void byNodeTheRunnerItselfWaitsSoThatItsPollsShift() {
        RunWorld world = RunWorld.small(settings -> settings.flavour = StorageFlavour.MEMORY);
        RepairRun run = world.started(UnitDraft.of("booya").with(unit -> unit.incremental = true));

        Instant before = RunWorld.START.minusMillis(30_000);
        for (int segment = 0; segment < 3; segment++) {
            world.until(() -> world.segments(run).number(SegmentState.STARTED) == 1);
            Instant started = world.underRepair(run).startTime();
            // a whole interval after the wait before the one before, and its own wait of a second at least
            assertThat(Duration.between(before, started)).isGreaterThanOrEqualTo(Duration.ofMillis(31_000));
            before = started;
            world.until(() -> world.segments(run).number(SegmentState.STARTED) == 0);
        }
    }

    @Test
    void byNodeInMemoryTheNodesAreRepairedSideBySide() {
        RunWorld world = RunWorld.small(settings -> {
            settings.flavour = StorageFlavour.MEMORY;
            settings.minDuration = settings.maxDuration = Duration.ofMinutes(10);
        });
        RepairRun run = world.started(UnitDraft.of("booya").with(unit -> unit.incremental = true));

        world.advance(Duration.ofMinutes(3));

        assertThat(world.segments(run).number(SegmentState.RUNNING)).isEqualTo(3);
    }

    @Test
    void byNodeAFailedSegmentKeepsItsCoordinatorAndHasTenTimesTheTime() {
        RunWorld world = RunWorld.small();
        world.trouble.attempts = (segment, coordinator) -> new Attempt.Hangs();
        RepairRun run = world.started(UnitDraft.of("booya").with(unit -> {
            unit.incremental = true;
            unit.timeout = 3;
        }));
        world.until(() -> world.segments(run).number(SegmentState.RUNNING) == 1);
        RepairSegment segment = world.underRepair(run);
        String coordinator = segment.coordinatorHost();
        Instant began = segment.startTime();

        world.until(() -> segment.failCount() == 1);

        assertThat(segment.coordinatorHost()).isEqualTo(coordinator);
        assertThat(Duration.between(began, world.kernel.clock().now())).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void severalProcessesResetTheSegmentsOfPausedRunsWithinTenSeconds() {
        RunWorld world = RunWorld.small(settings -> {
            settings.instances = 2;
            settings.minDuration = settings.maxDuration = Duration.ofMinutes(10);
        });
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(12);
        RepairSegment segment = world.underRepair(run);
        world.to(run, RunState.PAUSED);

        world.advanceSeconds(7);
        assertThat(segment.state()).isEqualTo(SegmentState.RUNNING);
        world.advanceSeconds(1);
        assertThat(segment.state()).isEqualTo(SegmentState.NOT_STARTED);
        assertThat(segment.failCount()).isOne();
    }

    @Test
    void anotherProcessCannotAbortASegmentThatThisOneLeads() {
        RunWorld world = RunWorld.small(settings -> settings.instances = 2);
        RepairRun run = world.started(UnitDraft.of("booya"));
        world.advanceSeconds(2);
        RepairSegment segment = world.underRepair(run);

        assertThat(refusal(world.step(() -> world.service.abortSegment(run.id(), segment.id(), 1))))
                .isEqualTo(
                        new Conflict("Cannot abort segment lead is already taken on " + run.id() + ":" + segment.id()));
        accepted(world.step(() -> world.service.abortSegment(run.id(), segment.id(), 0)));
    }

    @Test
    void nodesThatShareNoReplicaAreRepairedSideBySide() {
        RunWorld world =
                RunWorld.grid(12, settings -> settings.minDuration = settings.maxDuration = Duration.ofMinutes(10));
        RepairRun run = world.started(UnitDraft.of("grid").with(unit -> unit.cluster = "grid"));

        world.advance(Duration.ofMinutes(4));

        List<RepairSegment> atOnce = world.segments(run).all().stream()
                .filter(RepairSegment::isUnderRepair)
                .toList();
        assertThat(atOnce).hasSizeGreaterThan(1);
        Set<String> hosts = atOnce.stream()
                .flatMap(segment -> segment.replicas().hosts().stream())
                .collect(Collectors.toSet());
        assertThat(hosts).hasSize(3 * atOnce.size());
    }

    @Test
    void statisticsSeeTheRepairsOfANode() {
        RunWorld world = RunWorld.small();
        RepairRun run = world.started(UnitDraft.of("shop"));
        world.advanceSeconds(3);
        assertThat(world.step(() -> world.manager.activity("test", "127.0.0.1").running()))
                .hasSize(2)
                .allMatch(repair -> repair.bytes() > 0);

        world.until(run, RunState.DONE);

        assertThat(world.step(() -> world.manager.activity("test", "127.0.0.1").completed()))
                .isEqualTo(14);
        assertThat(world.step(() -> world.manager.activity("test", "127.0.0.1").running()))
                .isEmpty();
    }

    @Test
    void nothingTicksWhereNothingCanChange() {
        RunWorld world = RunWorld.small(settings -> settings.maxParallelRepairs = 1);
        world.trouble.down.add("127.0.0.1");
        RepairRun blocked = world.started(UnitDraft.of("booya"));
        RepairRun waiting = world.started(UnitDraft.of("shop"));
        RepairRun paused = world.started(UnitDraft.of("system_auth"));
        world.to(paused, RunState.PAUSED);
        world.advanceSeconds(1);

        assertThat(world.pendingEvents()).isZero();
        assertThat(List.of(blocked.runState(), waiting.runState())).containsOnly(RunState.RUNNING);
    }
}
