package io.understudy.reaper;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** What is wrong with the world right now, as the rest of the room asks (spec reaper 4). Cluster names are symbolic. */
interface Conditions {
    /** The node is down: dead for gossip and unreachable. */
    boolean nodeDown(String cluster, String host);

    /** The node lives, but Reaper cannot connect to it. */
    boolean jmxUnreachable(String cluster, String host);

    /** Whether {@link #nodeDown} changes by itself as time passes. */
    boolean flaps(String cluster);

    /** How many compactions are pending there, in place of what the node says. */
    OptionalInt pendingCompactions(String cluster, String host);

    /**
     * What the next attempt of a segment comes to. Asked once, when it is handed to its coordinator, and counted: a fault that
     * strikes n times has struck once more.
     */
    Attempt attempt(RepairRun run, RepairSegment segment, String coordinator);

    /** The storage cannot be reached. */
    boolean storageDown();

    /** No node of a cluster with that seed can be reached at registration. */
    boolean registrationFails(String seedHost);

    /** The schedule does not fire when it is due. */
    boolean scheduleMissed(RepairSchedule schedule, RepairUnit unit);

    /** Tokens that were issued before that instant are not accepted. */
    Optional<Instant> tokensExpiredBefore();

    /** What an attempt comes to. */
    sealed interface Attempt {
        /** It succeeds, in so many times its usual duration. */
        record Succeeds(double slower) implements Attempt {}

        /** Cassandra reports an error after it has run that long. */
        record Fails(Duration after) implements Attempt {}

        /** Nothing is heard of it any more. */
        record Hangs() implements Attempt {}
    }
}
