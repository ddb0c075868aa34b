package io.understudy.reaper.cassandra;

/** What runs on a node (spec reaper 2.3, {@code type}). */
public enum NodeType {
    /** A node with data. */
    CASSANDRA,
    /** A Stargate coordinator: part of the gossip, usually without tokens. */
    STARGATE
}
