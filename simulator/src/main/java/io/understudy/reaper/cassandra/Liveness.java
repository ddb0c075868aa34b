package io.understudy.reaper.cassandra;

/** What the other nodes hold of a node (spec reaper 2.3): the second word of its status. */
public enum Liveness {
    /** Reachable, for Reaper as well. */
    UP,
    /** Listed but not live; Reaper does not reach it. */
    DOWN,
    /** Neither among the live nor among the unreachable ones; Reaper does not reach it. */
    UNKNOWN
}
