package io.understudy.reaper;

import io.understudy.reaper.cassandra.GossipInfo;
import java.util.List;

/**
 * What {@code GET /cluster/{name}} shows (spec reaper 2.3).
 *
 * @param cluster the registered cluster
 * @param jmx the credentials in use
 * @param nodesStatus what the node that answered knows of all
 * @param runs in the order in which they are shown
 * @param schedules in the order of their creation
 */
record ClusterStatus(
        Cluster cluster,
        JmxAuth.Shown jmx,
        GossipInfo nodesStatus,
        List<RepairRun> runs,
        List<RepairSchedule> schedules) {}
