package io.understudy.reaper.cassandra;

import java.util.List;

/** How busy the thread pools, messages and requests of an ordinary, lightly used node are, and what they are called (spec reaper 2.8). */
final class StatisticsTables {
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private StatisticsTables() {}

    /** In which major releases something exists. */
    enum Since {
        ALWAYS,
        UNTIL_3,
        FROM_4;

        boolean covers(int major) {
            return this == ALWAYS || (this == FROM_4) == (major >= 4);
        }
    }

    /**
     * A thread pool.
     *
     * @param perSecond tasks without any repair
     */
    record Pool(String name, int maxPoolSize, double perSecond, Since since) {}

    /**
     * A kind of message.
     *
     * @param before its name up to Cassandra 3, where messages were counted by verb
     * @param from4 its name since, where requests and responses are told apart
     * @param perDay how many are dropped
     */
    record Message(String before, String from4, double perDay) {}

    /**
     * A kind of request.
     *
     * @param perSecond requests
     * @param medianMicros their median latency, microseconds
     */
    record Scope(String name, double perSecond, double medianMicros) {}

    /** A type of which a request's scope has only a count and rates. */
    record Trouble(String type, double perDay) {}

    static final List<Pool> POOLS = List.of(
            new Pool("ReadStage", 32, 21.0, Since.ALWAYS),
            new Pool("MutationStage", 32, 34.0, Since.ALWAYS),
            new Pool("CounterMutationStage", 32, 0.0, Since.ALWAYS),
            new Pool("ViewMutationStage", 32, 0.0, Since.ALWAYS),
            new Pool("RequestResponseStage", 2, 42.0, Since.ALWAYS),
            new Pool("ReadRepairStage", 2, 0.02, Since.UNTIL_3),
            new Pool("GossipStage", 1, 1.9, Since.ALWAYS),
            new Pool("AntiEntropyStage", 1, 0.0, Since.ALWAYS),
            new Pool("MigrationStage", 1, 0.0001, Since.ALWAYS),
            new Pool("MiscStage", 1, 0.0, Since.ALWAYS),
            new Pool("InternalResponseStage", 2, 0.0001, Since.ALWAYS),
            new Pool("CompactionExecutor", 2, 0.04, Since.ALWAYS),
            new Pool("ValidationExecutor", UNBOUNDED, 0.0, Since.ALWAYS),
            new Pool("MemtableFlushWriter", 2, 0.002, Since.ALWAYS),
            new Pool("MemtablePostFlush", 1, 0.004, Since.ALWAYS),
            new Pool("MemtableReclaimMemory", 1, 0.002, Since.ALWAYS),
            new Pool("PendingRangeCalculator", 1, 0.0001, Since.ALWAYS),
            new Pool("HintsDispatcher", 2, 0.0001, Since.ALWAYS),
            new Pool("CacheCleanupExecutor", 1, 0.0, Since.ALWAYS),
            new Pool("SecondaryIndexManagement", 1, 0.0, Since.ALWAYS),
            new Pool("Sampler", 1, 0.0, Since.ALWAYS),
            new Pool("ViewBuildExecutor", 1, 0.0, Since.FROM_4),
            new Pool("Native-Transport-Requests", 128, 40.0, Since.ALWAYS));

    static final List<Message> MESSAGES = List.of(
            new Message("READ", "READ_REQ", 0.6),
            new Message("RANGE_SLICE", "RANGE_REQ", 0.2),
            new Message("MUTATION", "MUTATION_REQ", 1.1),
            new Message("COUNTER_MUTATION", "COUNTER_MUTATION_REQ", 0.0),
            new Message("READ_REPAIR", "READ_REPAIR_REQ", 0.0),
            new Message("HINT", "HINT_REQ", 0.3),
            new Message("BATCH_STORE", "BATCH_STORE_REQ", 0.0),
            new Message("BATCH_REMOVE", "BATCH_REMOVE_REQ", 0.0),
            new Message("REQUEST_RESPONSE", "MUTATION_RSP", 0.1),
            new Message("_TRACE", "_TRACE", 0.0));

    static final List<Scope> SCOPES = List.of(
            new Scope("Read", 16.0, 420.0),
            new Scope("Write", 22.0, 230.0),
            new Scope("RangeSlice", 0.8, 2_900.0),
            new Scope("CASRead", 0.05, 1_900.0),
            new Scope("CASWrite", 0.05, 2_400.0),
            new Scope("ViewWrite", 0.0, 0.0));

    static final List<Trouble> TROUBLES =
            List.of(new Trouble("Timeouts", 0.9), new Trouble("Unavailables", 0.2), new Trouble("Failures", 0.1));
}
