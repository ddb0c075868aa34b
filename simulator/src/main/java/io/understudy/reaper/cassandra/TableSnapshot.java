package io.understudy.reaper.cassandra;

/**
 * One table's part of a snapshot on a node (spec reaper 2.7).
 *
 * @param trueSize bytes that only the snapshot holds. A snapshot is made of hard links: while the table still has the same
 *     files that is nothing, and the emulated tables keep theirs
 * @param sizeOnDisk bytes that the snapshot's files take, the manifest among them
 */
public record TableSnapshot(String name, String keyspace, String table, double trueSize, double sizeOnDisk) {
    /** The manifest {@code {"files":[]}} with its end of line: all there is of an empty table (spec reaper 7.4). */
    private static final int MANIFEST_BYTES = 13;

    static TableSnapshot of(String name, String keyspace, Table table) {
        return new TableSnapshot(name, keyspace, table.name(), 0.0, (double) MANIFEST_BYTES + table.bytes());
    }
}
