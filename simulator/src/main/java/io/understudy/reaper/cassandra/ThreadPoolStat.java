package io.understudy.reaper.cassandra;

import org.jspecify.annotations.Nullable;

/**
 * One thread pool of a node, as {@code nodetool tpstats} lists it (spec reaper 2.8).
 *
 * @param name e.g. {@code ReadStage}
 * @param completedTasks since the node started
 */
public record ThreadPoolStat(
        String name,
        int activeTasks,
        int pendingTasks,
        int currentlyBlockedTasks,
        long completedTasks,
        int totalBlockedTasks,
        @Nullable Integer maxPoolSize) {}
