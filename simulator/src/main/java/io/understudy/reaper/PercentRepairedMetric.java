package io.understudy.reaper;

import java.time.Instant;
import java.util.UUID;

/**
 * How much of a table is repaired on a node (spec reaper 2.8).
 *
 * @param cluster the cluster
 * @param node the node
 * @param repairScheduleId the schedule it was collected for
 * @param keyspaceName the keyspace
 * @param tableName the node's least repaired table
 * @param percentRepaired 0 to 100
 * @param collectedAt when
 */
record PercentRepairedMetric(
        String cluster,
        String node,
        UUID repairScheduleId,
        String keyspaceName,
        String tableName,
        int percentRepaired,
        Instant collectedAt) {}
