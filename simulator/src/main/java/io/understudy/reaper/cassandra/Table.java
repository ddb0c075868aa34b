package io.understudy.reaper.cassandra;

/**
 * A table (column family).
 *
 * @param compactionStrategy class name, simple or full, e.g. {@code TimeWindowCompactionStrategy}
 * @param bytes what it takes on the disk of each node that has some of it; 0 for an empty table
 */
public record Table(String name, String compactionStrategy, long bytes) {
    /** Cassandra's default. */
    public static final String SIZE_TIERED = "SizeTieredCompactionStrategy";

    /** TWCS. */
    public static final String TIME_WINDOW = "TimeWindowCompactionStrategy";

    /** DTCS, the forerunner of TWCS. */
    public static final String DATE_TIERED = "DateTieredCompactionStrategy";

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is to take less than nothing
     */
    public Table {
        if (bytes < 0) {
            throw new IllegalArgumentException("a table takes 0 bytes or more, not " + bytes);
        }
    }

    /** An empty table with Cassandra's default compaction. */
    public static Table empty(String name) {
        return new Table(name, SIZE_TIERED, 0);
    }

    /** Whether its compaction is TWCS or DTCS; Reaper may be told not to repair such tables (spec reaper 2.4). */
    public boolean timeWindowed() {
        return compactionStrategy.endsWith(TIME_WINDOW) || compactionStrategy.endsWith(DATE_TIERED);
    }
}
