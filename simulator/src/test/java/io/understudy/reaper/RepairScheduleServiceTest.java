package io.understudy.reaper;

import static io.understudy.reaper.ReaperInWorld.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import io.understudy.reaper.Refusal.BadRequest;
import io.understudy.reaper.Refusal.Conflict;
import io.understudy.reaper.Refusal.NotFound;
import io.understudy.reaper.RepairScheduleService.Creation;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be asked of schedules, row by row of spec reaper 1.5. */
class RepairScheduleServiceTest {
    private static final UUID NOBODY = UUID.fromString("00000000-0000-1000-8000-000000000000");

    private final ReaperInWorld reaper = new ReaperInWorld("register(test)");
    private final RepairScheduleService schedules = reaper.process.schedules();

    // ---- creation ----

    @Test
    @Covers({"reaper P27", "reaper P28"})
    void aScheduleShowsWhatWasAskedForAndNotWhatItComesTo() {
        RepairSchedule schedule = reaper.schedule("booya", 7);

        assertThat(schedule.segmentCountPerNode()).isZero();
        assertThat(reaper.process
                        .context()
                        .store()
                        .requireUnit(schedule.repairUnitId())
                        .columnFamilies())
                .isEmpty();
        assertThat(schedule.state()).isEqualTo(ScheduleState.ACTIVE);
        assertThat(schedule.nextActivation()).isEqualTo("2026-01-02T00:00:00Z");
        assertThat(schedule.percentUnrepairedThreshold()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-03, 2026-01-03T00:00:00Z",
        "2026-01-03T01:00, 2026-01-03T01:00:00Z",
        "2026-01-03T01:00:30, 2026-01-03T01:00:30Z",
        "2026-01-03T01:00:30Z, 2026-01-03T01:00:30Z",
        "2026-01-03T01:00:30.500Z, 2026-01-03T01:00:30.500Z",
        "2026-01-03T01:00:30+02:00, 2026-01-02T23:00:30Z",
        "2026-01-03T01:00-0130, 2026-01-03T02:30:00Z",
    })
    void aTriggerTimeMayBeWrittenInManyWays(String given, String meant) {
        assertThat(reaper.schedule(wish("booya").at(given).build()).nextActivation())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "", "2026-13-01", "2026-01-03T25:00", "2026-01-03 01:00"})
    void anythingElseIsRefused(String given) {
        assertThat(reason(wish("booya").at(given))).isEqualTo(new BadRequest("invalid schedule_trigger_time"));
    }

    @Test
    @Covers("reaper P36")
    void aQuarterOfAnHourAgoIsFineAndComesBeforeTheDays() {
        assertThat(reaper.schedule(wish("booya").at("2026-01-01T02:15:00").build())
                        .nextActivation())
                .isEqualTo("2026-01-01T02:15:00Z");
        assertThat(reason(wish("shop").at("2026-01-01T02:14:59").days(null)))
                .isEqualTo(new BadRequest("given schedule_trigger_time is too far in the past: 2026-01-01T02:14:59Z"));
        assertThat(reason(wish("shop").at("2026-01-01T02:15:00").days(null)))
                .isEqualTo(new BadRequest("missing required parameter: scheduleDaysBetween"));
    }

    @Test
    void keyspaceTablesAndBlacklistAreCheckedAfterTheDays() {
        assertThat(reason(wish("nope").days(null)))
                .isEqualTo(new BadRequest("missing required parameter: scheduleDaysBetween"));
        assertThat(reason(wish("nope"))).isEqualTo(new NotFound("no column families found for keyspace"));
        assertThat(reason(wish("booya").tables("none")))
                .isEqualTo(new NotFound("keyspace doesn't contain a table named \"none\""));
        assertThat(reason(wish("booya").blacklist("none")))
                .isEqualTo(new NotFound("keyspace doesn't contain a table named \"none\""));
    }

    @Test
    @Covers("reaper P30")
    void anIncrementalScheduleMustBeParallel() {
        assertThat(reason(wish("booya").incremental().parallelism(RepairParallelism.DATACENTER_AWARE)))
                .isEqualTo(new BadRequest("Incremental repairs only supports PARALLEL parallelism mode."));
        assertThat(reason(wish("booya").subrange().parallelism(RepairParallelism.SEQUENTIAL)))
                .isEqualTo(new BadRequest("Incremental repairs only supports PARALLEL parallelism mode."));
        assertThat(created(wish("booya").incremental())).isNotNull();
    }

    @Test
    @Covers("reaper P29")
    void aSubrangeScheduleIsIncrementalAsWell() {
        RepairSchedule schedule = created(wish("booya").subrange());

        RepairUnit unit = reaper.process.context().store().requireUnit(schedule.repairUnitId());
        assertThat(unit.incrementalRepair()).isTrue();
        assertThat(unit.subrangeIncrementalRepair()).isTrue();
    }

    @Test
    void aThresholdNeedsAnIncrementalSchedule() {
        assertThat(reason(wish("booya").threshold(10)))
                .isEqualTo(new BadRequest(
                        "Triggering schedules on % unrepaired threshold is only allowed for incremental repairs."));
        assertThat(created(wish("booya").threshold(0))).isNotNull();
        assertThat(created(wish("shop").incremental().threshold(10))).isNotNull();
    }

    @Test
    @Covers("reaper P26")
    void anIdenticalScheduleIsTheOneThatIsThereEvenByForce() {
        RepairSchedule schedule = reaper.schedule("booya", 7);

        assertThat(reaper.accepted(() ->
                        schedules.create(reaper.cluster("test"), wish("booya").build())))
                .isEqualTo(new Creation.Existing(schedule));
        assertThat(reaper.accepted(() -> schedules.create(
                        reaper.cluster("test"),
                        wish("booya")
                                .tables("booya_twcs", "booya2", "booya1")
                                .owner("eve")
                                .days(3)
                                .force()
                                .build())))
                .isEqualTo(new Creation.Existing(schedule));
    }

    @Test
    @Covers("reaper P26")
    void aConflictingScheduleIsRefusedAndSaysWhichStandsInTheWay() {
        RepairSchedule schedule = reaper.schedule("booya", 7);

        assertThat(reaper.accepted(() -> schedules.create(
                        reaper.cluster("test"),
                        wish("booya").tables("booya1", "booya2").owner("eve").build())))
                .isEqualTo(new Creation.Conflicting(
                        schedule,
                        "A repair schedule already exists for cluster \"test\", keyspace \"booya\", and column families:"
                                + " [booya2, booya1]"));
        assertThat(reaper.accepted(() -> schedules.create(
                        reaper.cluster("test"),
                        wish("booya").blacklist("booya1").days(8).build())))
                .isEqualTo(new Creation.Conflicting(
                        schedule,
                        "A repair schedule already exists for cluster \"test\", keyspace \"booya\", and column families:"
                                + " []"));
    }

    @Test
    void aConflictingOneLikeTheOneThatIsThereIsThatOne() {
        RepairSchedule schedule = reaper.schedule("booya", 7);

        assertThat(reaper.accepted(() -> schedules.create(
                        reaper.cluster("test"), wish("booya").tables("booya1").build())))
                .isEqualTo(new Creation.Existing(schedule));
    }

    @Test
    void aConflictingOneIsMadeByForce() {
        reaper.schedule("booya", 7);

        assertThat(created(wish("booya").tables("booya1").owner("eve").force())).isNotNull();
    }

    @Test
    void inMemoryAUnitWithOtherFlagsCannotBeThereAsWell() {
        ReaperInWorld memory = new ReaperInWorld("register(test)", "storageFlavour=memory");
        RepairSchedule first = memory.schedule(wish("booya").build());

        // equal for the memory backend, flags or not, so the schedule is taken for the one that is there
        assertThat(memory.accepted(() -> memory.process
                        .schedules()
                        .create(
                                memory.cluster("test"),
                                wish("booya").incremental().owner("eve").build())))
                .isEqualTo(new Creation.Existing(first));
        memory.accepted(() -> memory.process.schedules().updateState(first.id(), "PAUSED"));
        memory.accepted(() -> memory.process.schedules().delete(first.id(), "bob"));

        assertThat(memory.accepted(() -> memory.process
                        .schedules()
                        .create(memory.cluster("test"), wish("booya").subrange().build())))
                .isEqualTo(new Creation.NoUnit());
    }

    // ---- the target ----

    @Test
    void theTargetIsFoundUnderItsSymbolicName() {
        assertThat(reaper.accepted(() -> target("TEST", false, false)).name()).isEqualTo("test");
        assertThat(reaper.refused(() -> target("Nope", false, false)))
                .isEqualTo(new NotFound("No cluster found with name \"Nope\""));
    }

    @Test
    void nodesAndDatacentersExcludeEachOther() {
        assertThat(reaper.refused(() -> RepairTarget.find(
                        reaper.process.context(), "test", List.of("127.0.0.1"), List.of("dc1"), true, true)))
                .isEqualTo(new BadRequest("Parameters \"datacenters\" and \"nodes\" are mutually exclusive."));
    }

    @Test
    void subrangeIncrementalNeedsVersion4AndIncrementalNeeds21() {
        setVersion("4.0.0");
        assertThat(reaper.accepted(() -> target("test", false, true))).isNotNull();
        setVersion("4.0-beta1");
        assertThat(reaper.accepted(() -> target("test", false, true))).isNotNull();
        setVersion("3.11.8");
        assertThat(reaper.refused(() -> target("test", true, true)))
                .isEqualTo(new BadRequest(
                        "Subrange incremental repair does not work with Cassandra versions before 4.0.0"));
        assertThat(reaper.accepted(() -> target("test", true, false))).isNotNull();
        setVersion("2.0.17");
        assertThat(reaper.refused(() -> target("test", true, false)))
                .isEqualTo(new BadRequest("Incremental repair does not work with Cassandra versions before 2.1"));
        assertThat(reaper.accepted(() -> target("test", false, false))).isNotNull();
    }

    @Test
    void withoutANodeThereIsNoVersion() {
        allDown();
        assertThat(reaper.refused(() -> target("test", true, false)))
                .isEqualTo(new Refusal.Failed("find version of cluster test failed"));
    }

    private Outcome<Cluster> target(String name, boolean incremental, boolean subrange) {
        return RepairTarget.find(reaper.process.context(), name, List.of(), List.of(), incremental, subrange);
    }

    private void setVersion(String version) {
        reaper.process
                .context()
                .universe()
                .byName("test")
                .orElseThrow()
                .nodes()
                .forEach(node -> node.setVersion(version));
    }

    private void allDown() {
        for (int i = 1; i <= 3; i++) {
            reaper.simulator.nodeDown("127.0.0." + i);
        }
    }

    @Test
    void withoutANodeNothingIsScheduled() {
        allDown();
        assertThat(reason(wish("booya")))
                .isEqualTo(new Refusal.Failed(
                        "java.util.concurrent.ExecutionException: io.cassandrareaper.ReaperException: no host could be"
                                + " reached through JMX"));
    }

    // ---- changes ----

    @Test
    @Covers("reaper P33")
    void thereAreThreeSentencesForAScheduleThatIsNotThere() {
        assertThat(reaper.refused(() -> schedules.schedule(NOBODY)))
                .isEqualTo(new NotFound("repair schedule with id " + NOBODY + " doesn't exist"));
        assertThat(reaper.refused(() -> schedules.start(NOBODY)))
                .isEqualTo(new NotFound("repair schedule with id " + NOBODY + " doesn't exist"));
        assertThat(reaper.refused(() -> schedules.updateState(NOBODY, "PAUSED")))
                .isEqualTo(new NotFound("repair schedule with id " + NOBODY + " not found"));
        assertThat(reaper.refused(() -> schedules.delete(NOBODY, "bob")))
                .isEqualTo(new NotFound("Repair schedule with id \"" + NOBODY + "\" not found"));
        assertThat(reaper.refused(() -> schedules.patch(NOBODY, patch("eve", null))))
                .isEqualTo(new NotFound(""));
    }

    @Test
    void pausingSetsAndResumingClearsThePauseTime() {
        RepairSchedule schedule = reaper.schedule("booya", 7);
        reaper.advance("1h");

        Written<RepairSchedule> paused = reaper.accepted(() -> schedules.updateState(schedule.id(), "paused"));
        assertThat(paused.change()).isEqualTo(Written.Change.UPDATED);
        assertThat(paused.value().pauseTime()).isEqualTo("2026-01-01T03:30:00Z");
        assertThat(reaper.accepted(() -> schedules.updateState(schedule.id(), "PAUSED"))
                        .change())
                .isEqualTo(Written.Change.UNCHANGED);
        assertThat(reaper.accepted(() -> schedules.updateState(schedule.id(), "ACTIVE"))
                        .value())
                .isEqualTo(schedule);
    }

    @Test
    @Covers("reaper P32")
    void aStateThatIsNoneOrThatCannotBeReachedIsABadRequest() {
        RepairSchedule schedule = reaper.schedule("booya", 7);

        assertThat(reaper.refused(() -> schedules.updateState(schedule.id(), null)))
                .isEqualTo(new BadRequest("\"state\" argument missing"));
        assertThat(reaper.refused(() -> schedules.updateState(schedule.id(), "RUNNING")))
                .isEqualTo(new BadRequest("invalid \"state\" argument: RUNNING"));
        assertThat(reaper.refused(() -> schedules.updateState(schedule.id(), "deleted")))
                .isEqualTo(new BadRequest("Transition ACTIVE->DELETED not supported."));
        assertThat(reaper.refused(() -> schedules.updateState(NOBODY, "RUNNING")))
                .isEqualTo(new NotFound("repair schedule with id " + NOBODY + " not found"));
    }

    @Test
    @Covers("reaper P35")
    void aScheduleIsDeletedByItsOwnerWhenItIsPaused() {
        RepairSchedule schedule = reaper.schedule("booya", 7);

        assertThat(reaper.refused(() -> schedules.delete(schedule.id(), null)))
                .isEqualTo(new BadRequest("required query parameter \"owner\" is missing"));
        assertThat(reaper.refused(() -> schedules.delete(schedule.id(), "eve")))
                .isEqualTo(
                        new Conflict("Repair schedule " + schedule.id() + " currently running. Must be first stopped"));
        reaper.accepted(() -> schedules.updateState(schedule.id(), "PAUSED"));
        assertThat(reaper.refused(() -> schedules.delete(schedule.id(), "eve")))
                .isEqualTo(new Conflict("Repair schedule " + schedule.id() + " is not owned by eve"));
        assertThat(reaper.accepted(() -> schedules.delete(schedule.id(), "BOB")).id())
                .isEqualTo(schedule.id());
        assertThat(schedules.schedules(null, null)).isEmpty();
        assertThat(reaper.process.context().store().unit(schedule.repairUnitId()))
                .isPresent();
    }

    @Test
    @Covers("reaper P31")
    void aPatchResetsWhatItDoesNotName() {
        RepairSchedule schedule = created(wish("booya").incremental().adaptive().threshold(10));

        RepairSchedule patched = reaper.accepted(() -> schedules.patch(schedule.id(), patch(" eve ", null)));

        assertThat(patched.owner()).isEqualTo("eve");
        assertThat(patched.adaptive()).isFalse();
        assertThat(patched.percentUnrepairedThreshold()).isEqualTo(-1);
        assertThat(patched.daysBetween()).isEqualTo(7);
        assertThat(patched.repairParallelism()).isEqualTo(RepairParallelism.PARALLEL);
        assertThat(patched.intensity()).isEqualTo(0.9);
        assertThat(patched.nextActivation()).isEqualTo(schedule.nextActivation());
    }

    @Test
    @Covers("reaper P31")
    void aPatchOfAdaptiveAloneIsEmpty() {
        assertThat(new SchedulePatch(null, null, null, null, null, 10, true).violations())
                .containsExactly("The request body must contain at least one valid field value");
        assertThat(patch("eve", 10).violations()).isEmpty();
    }

    @Test
    void aPatchKeepsWithinItsBounds() {
        assertThat(new SchedulePatch(" ", null, 1.1, 32, 1001, 100, null).violations())
                .containsExactly(
                        "owner must not be empty if it is provided",
                        "intensity must be less than or equal to 1",
                        "daysBetween must be less than or equal to 31",
                        "segmentCountPerNode must be less than or equal to 1000",
                        "percentUnrepairedThreshold must be less than or equal to 99");
        assertThat(new SchedulePatch("x", null, -0.1, -1, -1, -2, null).violations())
                .containsExactly(
                        "intensity must be greater than or equal to 0",
                        "daysBetween must be greater than or equal to 0",
                        "segmentCountPerNode must be greater than or equal to 0",
                        "percentUnrepairedThreshold must be greater than or equal to -1");
        assertThat(new SchedulePatch("x", null, 0.0, 0, 0, -1, null).violations())
                .isEmpty();
        assertThat(new SchedulePatch("x", null, 1.0, 31, 1000, 99, null).violations())
                .isEmpty();
    }

    private static SchedulePatch patch(String owner, Integer days) {
        return new SchedulePatch(owner, null, null, days, null, null, null);
    }

    @Test
    @Covers("reaper P40")
    void listsMatchExactlyAndUnknownNamesGiveNothing() {
        RepairSchedule booya = reaper.schedule("booya", 7);
        RepairSchedule shop = reaper.schedule("shop", 7);

        assertThat(schedules.schedules(null, null)).containsExactly(booya, shop);
        assertThat(schedules.schedules("test", "shop")).containsExactly(shop);
        assertThat(schedules.schedules("TEST", null)).isEmpty();
        assertThat(schedules.schedules("nope", null)).isEmpty();
        assertThat(reaper.process.percentRepaired().metrics("nope", NOBODY)).isEmpty();
    }

    // ---- how ----

    private Refusal reason(ReaperInWorld.WishBuilder wish) {
        return reaper.refused(() -> schedules.create(reaper.cluster("test"), wish.build()));
    }

    private RepairSchedule created(ReaperInWorld.WishBuilder wish) {
        return reaper.schedule(wish.build());
    }
}
