package io.understudy.scenarios;

import io.understudy.Understudy;
import io.understudy.WorldBuilder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** How Reaper and its world are set. */
record RandomReaper(
        long seed,
        String preset,
        String storageFlavour,
        String parallelism,
        String segmentOrder,
        int pollSeconds,
        int maxParallelRepairs,
        int instances,
        String duration,
        double nothingToRepair,
        boolean retryOnError,
        boolean autoScheduling,
        boolean dynamicSeeds,
        int runsToKeep) {
    static Arbitrary<RandomReaper> worlds() {
        return Arbitraries.randomValue(random -> new RandomReaper(
                random.nextLong(),
                random.nextInt(3) == 0 ? "empty" : "default",
                random.nextInt(3) == 0 ? "memory" : "cassandra",
                random.nextInt(3) == 0 ? "PARALLEL" : "DATACENTER_AWARE",
                random.nextBoolean() ? "ring" : "seeded",
                new int[] {1, 2, 5, 10, 30}[random.nextInt(5)],
                1 + random.nextInt(3),
                random.nextInt(5) == 0 ? 2 : 1,
                new String[] {"1s", "4s", "1s..20s", "200ms..70s"}[random.nextInt(4)],
                random.nextInt(3) == 0 ? 0.3 : 0,
                random.nextInt(4) == 0,
                random.nextInt(8) == 0,
                random.nextInt(4) != 0,
                random.nextInt(3) == 0 ? 1 : 4));
    }

    WorldBuilder builder() {
        return Understudy.world()
                .system("reaper")
                .seed(seed)
                .preset("reaper", preset)
                .set("reaper.storageFlavour", storageFlavour)
                .set("reaper.repairParallelism", parallelism)
                .set("reaper.segmentOrder", segmentOrder)
                .set("reaper.repairManagerSchedulingIntervalSeconds", Integer.toString(pollSeconds))
                .set("reaper.maxParallelRepairs", Integer.toString(maxParallelRepairs))
                .set("reaper.instances", Integer.toString(instances))
                .set("reaper.segment.duration", duration)
                .set("reaper.segment.nothingToRepairShare", Double.toString(nothingToRepair))
                .set("reaper.segmentCountPerNode", "2")
                .set("reaper.scheduleRetryOnError", Boolean.toString(retryOnError))
                .set("reaper.autoScheduling.enabled", Boolean.toString(autoScheduling))
                .set("reaper.enableDynamicSeedList", Boolean.toString(dynamicSeeds))
                .set("reaper.numberOfRunsToKeepPerUnit", Integer.toString(runsToKeep));
    }
}
