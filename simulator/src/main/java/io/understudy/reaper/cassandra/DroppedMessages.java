package io.understudy.reaper.cassandra;

/**
 * Messages of one kind that a node dropped since it started (spec reaper 2.8).
 *
 * @param name {@code READ_REQ}, {@code MUTATION_REQ}, … on Cassandra 4, {@code READ}, {@code MUTATION}, … before
 * @param oneMinuteRate messages per second, as are the other rates
 */
public record DroppedMessages(
        String name,
        int count,
        double oneMinuteRate,
        double fiveMinuteRate,
        double fifteenMinuteRate,
        double meanRate) {}
