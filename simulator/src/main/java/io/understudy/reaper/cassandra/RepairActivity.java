package io.understudy.reaper.cassandra;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What repairs ask of a node, told by whoever runs them.
 *
 * @param running those that the node takes part in right now
 * @param completed how many it has been through since the world began; never goes down
 */
public record RepairActivity(List<RunningRepair> running, long completed) {
    /** No repair now or ever. */
    public static final RepairActivity NONE = new RepairActivity(List.of(), 0);

    public RepairActivity {
        running = List.copyOf(running);
    }

    /**
     * A repair of one table.
     *
     * @param bytes what the node has to read for it
     * @param since when it began
     */
    public record RunningRepair(UUID id, String keyspace, String table, long bytes, Instant since) {}
}
