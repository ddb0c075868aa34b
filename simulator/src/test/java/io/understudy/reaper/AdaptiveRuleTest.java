package io.understudy.reaper;

import static io.understudy.reaper.ReaperInWorld.wish;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an adaptive schedule learns from its runs (spec reaper 3.3.1). */
class AdaptiveRuleTest {

    @ParameterizedTest
    @CsvSource({"0, 16", "10, 16", "20, 24", "64, 76", "15, 18"})
    void moreSegmentsAreAFifthMoreAndAtLeastSixteen(int before, int after) {
        assertThat(AdaptiveRule.MORE_SEGMENTS.segmentCountPerNode(before)).isEqualTo(after);
        assertThat(AdaptiveRule.MORE_SEGMENTS.timeout(30)).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource({"0, 16", "16, 16", "20, 18", "64, 58"})
    void fewerSegmentsAreATenthFewerAndAtLeastSixteen(int before, int after) {
        assertThat(AdaptiveRule.FEWER_SEGMENTS.segmentCountPerNode(before)).isEqualTo(after);
    }

    @Test
    void aLongerTimeoutIsTwiceAsLong() {
        assertThat(AdaptiveRule.LONGER_TIMEOUT.timeout(30)).isEqualTo(60);
        assertThat(AdaptiveRule.LONGER_TIMEOUT.segmentCountPerNode(64)).isEqualTo(64);
    }

    @Test
    void aRunWithoutTroubleHasItsScheduleTakeFewerSegments() {
        RepairSchedule schedule = afterARun(20, 0, "4s");

        assertThat(schedule.segmentCountPerNode()).isEqualTo(18);
    }

    @Test
    void aRunInWhichManySegmentsFailedHasItTakeMore() {
        RepairSchedule schedule = afterARun(20, 30, "4s"); // 61 segments, most of the 30 failures in different ones

        assertThat(schedule.segmentCountPerNode()).isEqualTo(24);
    }

    @Test
    void longSegmentsWithoutTroubleChangeNothing() {
        RepairSchedule schedule = afterARun(20, 0, "6m");

        assertThat(schedule.segmentCountPerNode()).isEqualTo(20);
    }

    @Test
    void oneFailureInAHundredGivesSegmentsMoreTime() {
        ReaperInWorld reaper = adaptive("4s");
        RepairSchedule schedule =
                reaper.schedule(wish("booya").segments(20).adaptive().build());
        reaper.accepted(() -> reaper.process.schedules().start(schedule.id()));
        reaper.simulator.segmentFails(1);
        reaper.advance("5h");

        assertThat(reaper.now(schedule).segmentCountPerNode()).isEqualTo(20);
        assertThat(reaper.process
                        .context()
                        .store()
                        .requireUnit(schedule.repairUnitId())
                        .timeout())
                .isEqualTo(60);
    }

    @Test
    void aScheduleThatIsNotAdaptiveStaysAsItIs() {
        ReaperInWorld reaper = adaptive("4s");
        RepairSchedule schedule = reaper.schedule(wish("booya").segments(20).build());
        reaper.accepted(() -> reaper.process.schedules().start(schedule.id()));
        reaper.advance("5h");

        assertThat(reaper.runsOf(schedule).get(0).runState()).isEqualTo(RunState.DONE);
        assertThat(reaper.now(schedule).segmentCountPerNode()).isEqualTo(20);
    }

    private static RepairSchedule afterARun(int segments, int failures, String duration) {
        ReaperInWorld reaper = adaptive(duration);
        RepairSchedule schedule =
                reaper.schedule(wish("booya").segments(segments).adaptive().build());
        reaper.accepted(() -> reaper.process.schedules().start(schedule.id()));
        if (failures > 0) {
            reaper.simulator.segmentFails(failures);
        }
        reaper.advance("2d");
        assertThat(reaper.runsOf(schedule).get(0).runState()).isEqualTo(RunState.DONE);
        return reaper.now(schedule);
    }

    private static ReaperInWorld adaptive(String duration) {
        return new ReaperInWorld("register(test)", "segment.duration=" + duration);
    }
}
