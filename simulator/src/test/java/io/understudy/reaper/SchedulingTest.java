package io.understudy.reaper;

import static io.understudy.reaper.ReaperInWorld.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.understudy.Covers;
import io.understudy.reaper.ReaperSimulator.ScheduleView;
import io.understudy.world.Snapshot;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When schedules fire (spec reaper 3.3). The keyspace booya of the cluster test has no schedule and no run to begin with. */
class SchedulingTest {
    private static final String MIDNIGHT = "2026-01-02T00:00:00Z";

    private final ReaperInWorld reaper = new ReaperInWorld("default", "segmentCountPerNode=1");

    @Test
    void aScheduleFiresAtTheFirstTickAfterItsActivation() {
        RepairSchedule schedule = reaper.schedule("booya", 7);
        assertThat(schedule.nextActivation()).isEqualTo(MIDNIGHT);

        reaper.kernel.clock().advanceTo(Instant.parse(MIDNIGHT));
        assertThat(reaper.runsOf(schedule)).isEmpty();

        reaper.tick();
        RepairRun run = reaper.runsOf(schedule).get(0);
        assertThat(run.plan().cause()).isEqualTo("scheduled run (schedule id " + schedule.id() + ")");
        assertThat(run.plan().owner()).isEqualTo("bob");
        assertThat(run.runState()).isEqualTo(RunState.RUNNING);
        assertThat(Duration.between(Instant.parse(MIDNIGHT), run.startTime()))
                .isBetween(Duration.ofMillis(1), Duration.ofSeconds(60));
        assertThat(reaper.now(schedule).nextActivation()).isEqualTo("2026-01-09T00:00:00Z");
        assertThat(reaper.now(schedule).lastRun()).isEqualTo(run.id());
    }

    @Test
    void ticksAreWholePeriodsAfterTheFirstWhichIsOneToTwoSecondsAfterTheStart() {
        RepairSchedule schedule = reaper.schedule("booya", 7);
        reaper.advance("PT23H");

        Duration sinceStart = Duration.between(
                ReaperInWorld.START, reaper.runsOf(schedule).get(0).plan().creationTime());

        assertThat(sinceStart.toMillis() % 60_000).isBetween(1_000L, 2_000L);
    }

    @Test
    void aPausedScheduleDoesNotFireAndAnOverdueOneFiresWhenItIsResumed() {
        RepairSchedule schedule = reaper.schedule("booya", 7);
        reaper.accepted(() -> reaper.process.schedules().updateState(schedule.id(), "paused"));
        reaper.advance("P2D");
        assertThat(reaper.runsOf(schedule)).isEmpty();
        assertThat(reaper.now(schedule).nextActivation()).isEqualTo(MIDNIGHT);

        reaper.accepted(() -> reaper.process.schedules().updateState(schedule.id(), "ACTIVE"));
        reaper.tick();

        assertThat(reaper.runsOf(schedule)).hasSize(1);
        assertThat(reaper.now(schedule).nextActivation()).isEqualTo("2026-01-09T00:00:00Z");
    }

    @Test
    @Covers("reaper P34")
    void startOnlyMovesTheActivationAndTheRunComesAtTheNextTick() {
        RepairSchedule schedule = reaper.schedule("booya", 7);
        reaper.advance("5s");

        RepairSchedule started =
                reaper.accepted(() -> reaper.process.schedules().start(schedule.id()));

        assertThat(started.nextActivation()).isEqualTo(reaper.now());
        assertThat(reaper.runsOf(schedule)).isEmpty();
        reaper.tick();
        assertThat(reaper.runsOf(schedule))
                .singleElement()
                .satisfies(run ->
                        assertThat(run.plan().cause()).isEqualTo("scheduled run (schedule id " + schedule.id() + ")"));
    }

    @Test
    void startDoesNotWakeAPausedSchedule() {
        RepairSchedule schedule = reaper.schedule("booya", 7);
        reaper.accepted(() -> reaper.process.schedules().updateState(schedule.id(), "PAUSED"));
        reaper.accepted(() -> reaper.process.schedules().start(schedule.id()));

        reaper.tick();

        assertThat(reaper.runsOf(schedule)).isEmpty();
        assertThat(reaper.now(schedule).state()).isEqualTo(ScheduleState.PAUSED);
    }

    @Test
    void anOldScheduleCatchesUpOneStepAtEachTick() {
        RepairSchedule schedule = reaper.schedule("booya", 1);
        reaper.accepted(() -> reaper.process.schedules().updateState(schedule.id(), "PAUSED"));
        reaper.advance("P4D"); // 2026-01-05T02:30
        reaper.accepted(() -> reaper.process.schedules().updateState(schedule.id(), "ACTIVE"));

        reaper.advance("61s");
        assertThat(reaper.now(schedule).nextActivation()).isEqualTo("2026-01-03T00:00:00Z");
        reaper.advance("60s");
        assertThat(reaper.now(schedule).nextActivation()).isEqualTo("2026-01-04T00:00:00Z");
        reaper.advance("10m");
        assertThat(reaper.now(schedule).nextActivation()).isEqualTo("2026-01-06T00:00:00Z");
    }

    @Test
    void aRunThatHasNotEndedKeepsTheScheduleFromFiringButNotFromMoving() {
        RepairSchedule schedule = reaper.schedule("booya", 1);
        reaper.advance("PT22H");
        RepairRun first = reaper.runsOf(schedule).get(0);
        reaper.accepted(() -> reaper.process.runs().updateState(first.id(), "PAUSED"));

        reaper.advance("P1D");

        assertThat(reaper.runsOf(schedule)).containsExactly(first);
        assertThat(reaper.happened("scheduleSkipped")).hasSize(1);
        assertThat(reaper.now(schedule).nextActivation()).isEqualTo("2026-01-04T00:00:00Z");
    }

    @Test
    void aRunThatHasEndedDoesNot() {
        RepairSchedule schedule = reaper.schedule("booya", 1);
        reaper.advance("P3D");

        assertThat(reaper.runsOf(schedule)).hasSize(3).allMatch(run -> run.runState() == RunState.DONE);
    }

    @Test
    void underTheRuleOfTheLatestReleasesAnyRunOfTheScheduleDoesUntilItIsDeleted() {
        ReaperInWorld latest = new ReaperInWorld("default", "segmentCountPerNode=1", "scheduleOverlapRule=cause-only");
        RepairSchedule schedule = latest.schedule("booya", 1);
        latest.advance("P3D");
        assertThat(latest.runsOf(schedule)).hasSize(1);

        latest.accepted(() ->
                latest.process.runs().delete(latest.runsOf(schedule).get(0).id(), "bob"));
        latest.advance("P1D");

        assertThat(latest.runsOf(schedule)).hasSize(1);
        assertThat(latest.runsOf(schedule).get(0).plan().creationTime()).isAfter("2026-01-05T00:00:00Z");
    }

    @Test
    void withZeroDaysOneRunFollowsTheOther() {
        RepairSchedule schedule =
                reaper.schedule(wish("booya").days(0).segments(1).build());
        reaper.advance("P1D");

        List<RepairRun> runs = reaper.runsOf(schedule);
        assertThat(runs.size()).isGreaterThan(5);
        for (int i = 1; i < runs.size(); i++) {
            assertThat(Duration.between(runs.get(i - 1).endTime(), runs.get(i).startTime()))
                    .isBetween(Duration.ZERO, Duration.ofSeconds(60));
        }
        assertThat(reaper.now(schedule).nextActivation()).isEqualTo(MIDNIGHT);
    }

    @Test
    void aContinuousScheduleGoesOnWhenTheRunThatHeldItBackIsDeleted() {
        ReaperInWorld reaper = new ReaperInWorld("register(test)", "segmentCountPerNode=1");
        RepairSchedule schedule =
                reaper.schedule(wish("booya").days(0).segments(1).build());
        reaper.advance("PT22H");
        reaper.kernel.clock().runUntil(() -> running(reaper, schedule).isPresent(), Duration.ofMinutes(2));
        RepairRun held = running(reaper, schedule).orElseThrow();
        reaper.accepted(() -> reaper.process.runs().updateState(held.id(), "PAUSED"));
        reaper.advance("1h");
        assertThat(reaper.kernel.clock().pending())
                .noneMatch(event -> event.event() instanceof SchedulingManager.SchedulerTick);
        int before = reaper.runsOf(schedule).size();

        reaper.accepted(() -> reaper.process.runs().delete(held.id(), "bob"));
        reaper.advance("62s");

        assertThat(reaper.runsOf(schedule)).hasSize(before); // one has gone, one has come
    }

    private static Optional<RepairRun> running(ReaperInWorld world, RepairSchedule schedule) {
        return world.runsOf(schedule).stream()
                .filter(run -> run.runState() == RunState.RUNNING)
                .findFirst();
    }

    @Test
    void aMissedScheduleMovesOnWithoutARun() {
        RepairSchedule schedule = reaper.schedule("booya", 1);
        reaper.simulator.scheduleMissed(1);

        reaper.advance("PT22H");
        assertThat(reaper.runsOf(schedule)).isEmpty();
        assertThat(reaper.now(schedule).nextActivation()).isEqualTo("2026-01-03T00:00:00Z");

        reaper.advance("P1D");
        assertThat(reaper.runsOf(schedule)).hasSize(1);
    }

    @Test
    void aScheduleThatFindsNoNodeMovesOnAllTheSame() {
        RepairSchedule schedule = reaper.schedule("booya", 1);
        for (String host : List.of("127.0.0.1", "127.0.0.2", "127.0.0.3")) {
            reaper.simulator.nodeDown(host);
        }

        reaper.advance("PT22H");

        assertThat(reaper.runsOf(schedule)).isEmpty();
        assertThat(reaper.happened("scheduleFailed")).hasSize(1);
        assertThat(reaper.now(schedule).nextActivation()).isEqualTo("2026-01-03T00:00:00Z");
    }

    // ---- by themselves ----

    @Test
    void autoSchedulingAddsToWhatTheDefaultPresetHas() {
        ReaperInWorld scheduling = new ReaperInWorld("default", "autoScheduling.enabled=on");
        assertThat(scheduling.simulator.schedules())
                .extracting(ScheduleView::owner)
                .containsExactly("auto");

        scheduling.advance("1m");

        assertThat(scheduling.simulator.schedules())
                .extracting(ScheduleView::keyspace, ScheduleView::owner)
                .containsExactly(tuple("shop", "auto"), tuple("booya", "auto-scheduling"));
    }

    // ---- after an error ----

    @Test
    void afterAnErrorTheScheduleFiresAgainSoonIfItIsToldTo() {
        ReaperInWorld retrying = new ReaperInWorld("default", "segmentCountPerNode=1", "scheduleRetryOnError=on");
        RepairSchedule schedule = retrying.schedule("booya", 7);
        retrying.advance("PT21H31M");
        failByTopology(retrying);
        retrying.advance("2m");
        RepairRun failed = retrying.runsOf(schedule).get(0);
        assertThat(failed.runState()).isEqualTo(RunState.ERROR);

        assertThat(retrying.now(schedule).nextActivation())
                .isEqualTo(failed.endTime().plus(Duration.ofHours(1)));
    }

    @Test
    void withoutThatItWaitsForItsDay() {
        RepairSchedule schedule = reaper.schedule("booya", 7);
        reaper.advance("PT21H31M");
        failByTopology(reaper);
        reaper.advance("2m");

        assertThat(reaper.runsOf(schedule).get(0).runState()).isEqualTo(RunState.ERROR);
        assertThat(reaper.now(schedule).nextActivation()).isEqualTo("2026-01-09T00:00:00Z");
    }

    /** The ring turns into another one, in which no segment of a run has a place. */
    private static void failByTopology(ReaperInWorld world) {
        world.simulator.addNode(
                "test",
                "127.0.0.9",
                "dc1",
                "rack1",
                IntStream.range(0, 64)
                        .mapToObj(i -> BigInteger.valueOf(Long.MIN_VALUE + 1 + i * (Long.MAX_VALUE / 32)))
                        .toList());
    }

    // ---- percent unrepaired ----

    @Test
    void anIncrementalScheduleFiresWhenTooMuchIsUnrepaired() {
        RepairSchedule schedule = reaper.schedule(wish("shop")
                .tables("users")
                .incremental()
                .days(30)
                .threshold(10)
                .force()
                .build());
        RepairSchedule booya = reaper.schedule(
                wish("booya").incremental().days(30).threshold(10).build());
        percentRepaired("booya", "booya1", 95);
        percentRepaired("booya", "booya2", 95);
        percentRepaired("booya", "booya_twcs", 95);
        reaper.kernel.clock().advanceTo(ReaperInWorld.START.plusSeconds(29 * 60));
        assertThat(reaper.runsOf(schedule)).isEmpty();

        reaper.advance("3m");

        assertThat(reaper.runsOf(schedule)).hasSize(1); // its users were never repaired
        assertThat(reaper.runsOf(booya)).isEmpty(); // 5 % are unrepaired
        assertThat(reaper.now(schedule).nextActivation()).isEqualTo("2026-02-01T00:00:00Z");
    }

    private void percentRepaired(String keyspace, String table, int percent) {
        for (String host : List.of("127.0.0.1", "127.0.0.2", "127.0.0.3")) {
            reaper.simulator.setPercentRepaired(host, keyspace, table, percent);
        }
    }

    @Test
    void theBestNodeCounts() {
        RepairSchedule schedule = reaper.schedule(
                wish("booya").incremental().days(30).threshold(10).build());
        percentRepaired("booya", "booya1", 10);
        reaper.simulator.setPercentRepaired("127.0.0.2", "booya", "booya1", 91);

        reaper.advance("2h");
        assertThat(reaper.runsOf(schedule)).isEmpty();

        reaper.simulator.setPercentRepaired("127.0.0.2", "booya", "booya1", 90);
        reaper.advance("32m");
        assertThat(reaper.runsOf(schedule)).hasSize(1);
    }

    @Test
    void afterACompletedRunAnHourPassesBeforeTheThresholdFiresAgain() {
        RepairSchedule schedule = reaper.schedule(
                wish("booya").incremental().days(30).threshold(10).build());
        percentRepaired("booya", "booya1", 10);
        reaper.advance("55m");
        RepairRun first = reaper.runsOf(schedule).get(0);
        assertThat(first.runState()).isEqualTo(RunState.DONE);
        percentRepaired("booya", "booya1", 10);

        reaper.kernel.clock().advanceTo(first.endTime().plus(Duration.ofHours(1)));
        assertThat(reaper.runsOf(schedule)).hasSize(1);
        reaper.advance("61s");
        assertThat(reaper.runsOf(schedule)).hasSize(2);
    }

    @Test
    void percentRepairedIsCollectedOnlyWhileThereAreIncrementalSchedules() {
        reaper.advance("2h");
        assertThat(reaper.kernel.clock().pending())
                .noneMatch(event -> event.event() instanceof PercentRepairedMonitor.CollectPercentRepaired);
        RepairSchedule schedule = reaper.schedule(wish("booya").incremental().build());
        reaper.simulator.setPercentRepaired("127.0.0.1", "booya", "booya2", 40);

        reaper.advance("30m");

        assertThat(reaper.process.percentRepaired().metrics("test", schedule.id()))
                .hasSize(3)
                .anySatisfy(metric -> {
                    assertThat(metric.node()).isEqualTo("127.0.0.1");
                    assertThat(metric.tableName()).isEqualTo("booya2");
                    assertThat(metric.percentRepaired()).isEqualTo(40);
                });
        assertThat(reaper.process.percentRepaired().metrics("other", schedule.id()))
                .isEmpty();
    }

    @Test
    void anIncrementalRunThatIsDoneLeavesEverythingRepaired() {
        RepairSchedule schedule = reaper.schedule(
                wish("shop").tables("users").incremental().force().build());
        reaper.accepted(() -> reaper.process.schedules().start(schedule.id()));
        reaper.advance("1h");

        assertThat(reaper.process.percentRepaired().metrics("test", schedule.id()))
                .extracting(PercentRepairedMetric::percentRepaired)
                .containsOnly(100);
    }

    // ---- how it is done ----

    @Test
    void whereNothingCanHappenNothingIsPlanned() {
        // the only schedule fires in 6 days: one tick then, and no other
        assertThat(reaper.kernel.clock().pending())
                .filteredOn(event -> event.event() instanceof SchedulingManager.SchedulerTick)
                .singleElement()
                .satisfies(event -> assertThat(event.at()).isAfter(ReaperInWorld.START.plus(Duration.ofDays(6))));
    }

    @Test
    void aRestartedProcessTicksFromItsNewStart() {
        RepairSchedule schedule = reaper.schedule("booya", 7);
        reaper.advance("PT21H29M30S"); // half a minute to midnight
        reaper.simulator.restart();
        reaper.advance("35s");

        Instant created = reaper.runsOf(schedule).isEmpty()
                ? null
                : reaper.runsOf(schedule).get(0).plan().creationTime();
        assertThat(created).isNull();
        reaper.advance("30s");
        assertThat(reaper.runsOf(schedule)).hasSize(1);
    }

    @Test
    void aRestoredWorldFiresAtTheSameInstants() {
        RepairSchedule schedule = reaper.schedule("booya", 1);
        reaper.advance("PT22H");
        Snapshot snapshot = reaper.snapshot();
        reaper.advance("P10D");
        Snapshot straight = reaper.snapshot();

        reaper.kernel.restore(snapshot);
        reaper.advance("P10D");

        assertThat(reaper.snapshot()).isEqualTo(straight);
        assertThat(reaper.runsOf(schedule)).hasSize(11);
    }
}
