package io.understudy.reaper.cassandra;

/**
 * A compaction under way on a node, as {@code nodetool compactionstats} lists it (spec reaper 2.8).
 *
 * @param id a UUID as text
 * @param type e.g. {@code Compaction}, {@code Validation}, {@code Cleanup}
 * @param progress how much of {@code total} is done, in {@code unit}
 * @param unit mostly {@code bytes}
 */
public record Compaction(
        String id, String type, String keyspace, String table, long progress, long total, String unit) {}
