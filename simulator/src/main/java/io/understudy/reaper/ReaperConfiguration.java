package io.understudy.reaper;

import java.time.Duration;
import java.util.List;

/**
 * Reaper's configuration, under the names of its yaml file (spec reaper 8.2), and how the repairs that it triggers behave.
 *
 * @param release the release line
 * @param strictRoutes whether routes that the release no longer has are gone
 * @param storageFlavour the storage backend
 * @param instances how many Reaper processes share the storage, each on ports of its own
 * @param segmentCountPerNode the default of runs
 * @param repairParallelism the default of runs and schedules
 * @param repairIntensity the default of runs and schedules, above 0 and up to 1
 * @param incrementalRepair the default of runs and schedules
 * @param subrangeIncrementalRepair the default of runs and schedules
 * @param repairThreadCount the default of runs and schedules
 * @param hangingRepairTimeoutMins the default time-out of a segment's first attempt, in minutes
 * @param blacklistTwcsTables whether tables with time window compaction are left out
 * @param maxParallelRepairs how many runs of a cluster make progress at a time
 * @param maxPendingCompactions more pending compactions on a replica postpone a segment
 * @param repairManagerSchedulingInterval how often a run looks for a segment to start
 * @param enableDynamicSeedList whether all live nodes become seeds
 * @param datacenterAvailability which nodes Reaper reaches
 * @param httpManagement whether nodes are managed over HTTP, which has no diagnostic events
 * @param schedulerPeriod how often schedules are looked at
 * @param scheduleOverlapRule which runs keep a schedule from creating another
 * @param scheduleRetryOnError whether a schedule tries again after a run in ERROR
 * @param scheduleRetryDelay how long after
 * @param percentRepairedCheckInterval how often percent repaired is collected
 * @param purgeRecordsAfterInDays after how many days ended runs are purged; 0 = never
 * @param numberOfRunsToKeepPerUnit how many ended runs of a unit are kept; 0 = all
 * @param autoScheduling automatic schedules for new clusters
 * @param repairs how the repairs on the nodes behave
 * @param clusterListCache how long a list of clusters is remembered
 * @param metadataCache how long version, tables and ranges of a cluster are remembered
 * @param lenientDiagParams whether a subscription may leave out its exports
 */
record ReaperConfiguration(
        Release release,
        boolean strictRoutes,
        StorageFlavour storageFlavour,
        int instances,
        int segmentCountPerNode,
        RepairParallelism repairParallelism,
        double repairIntensity,
        boolean incrementalRepair,
        boolean subrangeIncrementalRepair,
        int repairThreadCount,
        int hangingRepairTimeoutMins,
        boolean blacklistTwcsTables,
        int maxParallelRepairs,
        int maxPendingCompactions,
        Duration repairManagerSchedulingInterval,
        boolean enableDynamicSeedList,
        DatacenterAvailability datacenterAvailability,
        boolean httpManagement,
        Duration schedulerPeriod,
        ScheduleOverlapRule scheduleOverlapRule,
        boolean scheduleRetryOnError,
        Duration scheduleRetryDelay,
        Duration percentRepairedCheckInterval,
        int purgeRecordsAfterInDays,
        int numberOfRunsToKeepPerUnit,
        AutoScheduling autoScheduling,
        Repairs repairs,
        Duration clusterListCache,
        Duration metadataCache,
        boolean lenientDiagParams) {

    /** A release line (spec reaper 0.4). */
    enum Release {
        V2,
        V3,
        V4
    }

    /** Which nodes Reaper reaches (spec reaper 5). */
    enum DatacenterAvailability {
        ALL,
        LOCAL,
        EACH,
        SIDECAR
    }

    /** Which runs keep a schedule from creating another (spec reaper 3.3). */
    enum ScheduleOverlapRule {
        /** Those that have not ended. */
        ACTIVE_RUN,
        /** Any that the schedule created. */
        CAUSE_ONLY
    }

    /** In which order a run takes its segments. */
    enum SegmentOrder {
        RANDOM,
        RING
    }

    /**
     * Automatic schedules (spec reaper 3.3.2).
     *
     * @param enabled whether there are any
     * @param initialDelayPeriod how long after the start the first round is
     * @param periodBetweenPolls how often one is
     * @param timeBeforeFirstSchedule how long after its creation the first schedule fires
     * @param scheduleSpreadPeriod how much later each further one
     * @param excludedKeyspaces keyspaces that get none
     * @param excludedClusters clusters that get none
     */
    record AutoScheduling(
            boolean enabled,
            Duration initialDelayPeriod,
            Duration periodBetweenPolls,
            Duration timeBeforeFirstSchedule,
            Duration scheduleSpreadPeriod,
            List<String> excludedKeyspaces,
            List<String> excludedClusters) {}

    /**
     * How repairs go on the nodes (spec reaper 8.2, "segment simulation").
     *
     * @param triggerLatency from the poll until the coordinator has the segment: NOT_STARTED to STARTED
     * @param startLatency from then until the coordinator says that it began: STARTED to RUNNING
     * @param minDuration how long a segment is RUNNING at least
     * @param maxDuration and at most; each takes a random time between
     * @param durationPerRing in place of both, unless zero: how long the repair of a whole ring takes; a segment takes its share
     * @param nothingToRepairShare the share of segments for which the coordinator finds nothing to repair, 0 to 1
     * @param order in which order segments are taken
     */
    record Repairs(
            Duration triggerLatency,
            Duration startLatency,
            Duration minDuration,
            Duration maxDuration,
            Duration durationPerRing,
            double nothingToRepairShare,
            SegmentOrder order) {}

    /** Whether several processes share the storage, and take over each other's work (spec reaper 5). */
    boolean isDistributed() {
        return instances > 1;
    }
}
