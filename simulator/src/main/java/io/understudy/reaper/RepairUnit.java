package io.understudy.reaper;

import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/**
 * What is repaired: the part of a keyspace that runs and schedules share (spec reaper 3.6). The lists are sets, in the order of
 * {@link Names}.
 *
 * @param id its id
 * @param clusterName the cluster's symbolic name
 * @param keyspaceName the keyspace, as it was given
 * @param columnFamilies the requested tables; none = all
 * @param incrementalRepair whether the repair is incremental
 * @param subrangeIncrementalRepair whether it is subrange incremental
 * @param nodes the requested nodes; none = all
 * @param datacenters the requested datacenters; none = all
 * @param blacklistedTables tables that are left out
 * @param repairThreadCount how many threads Cassandra is to use
 * @param timeout the time-out of a segment's first attempt, in minutes; may be negative
 */
record RepairUnit(
        UUID id,
        String clusterName,
        String keyspaceName,
        List<String> columnFamilies,
        boolean incrementalRepair,
        boolean subrangeIncrementalRepair,
        List<String> nodes,
        List<String> datacenters,
        List<String> blacklistedTables,
        int repairThreadCount,
        int timeout) {
    RepairUnit {
        columnFamilies = List.copyOf(columnFamilies);
        nodes = List.copyOf(nodes);
        datacenters = List.copyOf(datacenters);
        blacklistedTables = List.copyOf(blacklistedTables);
    }

    /** Whether one segment is one node, because Cassandra itself keeps track of what is repaired. */
    boolean isFullyIncremental() {
        return incrementalRepair && !subrangeIncrementalRepair;
    }

    RepairUnit withId(UUID newId) {
        return new RepairUnit(
                newId,
                clusterName,
                keyspaceName,
                columnFamilies,
                incrementalRepair,
                subrangeIncrementalRepair,
                nodes,
                datacenters,
                blacklistedTables,
                repairThreadCount,
                timeout);
    }

    RepairUnit withTimeout(int minutes) {
        return new RepairUnit(
                id,
                clusterName,
                keyspaceName,
                columnFamilies,
                incrementalRepair,
                subrangeIncrementalRepair,
                nodes,
                datacenters,
                blacklistedTables,
                repairThreadCount,
                minutes);
    }

    RepairUnit withIncrementalRepair() {
        return new RepairUnit(
                id,
                clusterName,
                keyspaceName,
                columnFamilies,
                true,
                subrangeIncrementalRepair,
                nodes,
                datacenters,
                blacklistedTables,
                repairThreadCount,
                timeout);
    }

    /** Equal in what that storage flavour compares (spec reaper 3.6). */
    boolean equalTo(RepairUnit other, StorageFlavour flavour) {
        boolean same = clusterName.equals(other.clusterName)
                && keyspaceName.equals(other.keyspaceName)
                && sameSet(columnFamilies, other.columnFamilies)
                && sameSet(nodes, other.nodes)
                && sameSet(datacenters, other.datacenters);
        return same
                && (flavour == StorageFlavour.MEMORY
                        || (incrementalRepair == other.incrementalRepair
                                && subrangeIncrementalRepair == other.subrangeIncrementalRepair
                                && sameSet(blacklistedTables, other.blacklistedTables)
                                && repairThreadCount == other.repairThreadCount
                                && timeout == other.timeout));
    }

    private static boolean sameSet(List<String> one, List<String> other) {
        return new HashSet<>(one).equals(new HashSet<>(other));
    }
}
