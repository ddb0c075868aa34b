package io.understudy.reaper;

import io.understudy.reaper.ReaperConfiguration.AutoScheduling;
import io.understudy.reaper.ReaperConfiguration.DatacenterAvailability;
import io.understudy.reaper.ReaperConfiguration.Release;
import io.understudy.reaper.ReaperConfiguration.Repairs;
import io.understudy.reaper.ReaperConfiguration.ScheduleOverlapRule;
import io.understudy.reaper.ReaperConfiguration.SegmentOrder;
import java.time.Duration;
import java.util.List;

/** The defaults of spec reaper 8.2, and what tests change of them. */
final class Settings {
    StorageFlavour flavour = StorageFlavour.CASSANDRA;
    int instances = 1;
    boolean blacklistTwcsTables = true;
    int maxParallelRepairs = 2;
    Duration interval = Duration.ofSeconds(30);
    boolean dynamicSeeds = true;
    DatacenterAvailability availability = DatacenterAvailability.ALL;
    int purgeDays = 30;
    int runsToKeep = 50;
    Duration minDuration = Duration.ofSeconds(4);
    Duration maxDuration = Duration.ofSeconds(4);
    Duration perRing = Duration.ZERO;
    double nothingToRepair;
    SegmentOrder order = SegmentOrder.RANDOM;

    ReaperConfiguration configuration() {
        return new ReaperConfiguration(
                Release.V4,
                false,
                flavour,
                instances,
                64,
                RepairParallelism.DATACENTER_AWARE,
                0.9,
                false,
                false,
                1,
                30,
                blacklistTwcsTables,
                maxParallelRepairs,
                20,
                interval,
                dynamicSeeds,
                availability,
                false,
                Duration.ofSeconds(60),
                ScheduleOverlapRule.ACTIVE_RUN,
                false,
                Duration.ofHours(1),
                Duration.ofMinutes(30),
                purgeDays,
                runsToKeep,
                new AutoScheduling(
                        false,
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(5),
                        Duration.ofHours(6),
                        List.of(),
                        List.of()),
                new Repairs(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        minDuration,
                        maxDuration,
                        perRing,
                        nothingToRepair,
                        order),
                Duration.ZERO,
                Duration.ZERO,
                false);
    }
}
