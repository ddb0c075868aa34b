package io.understudy.reaper.cassandra;

/** A range of the ring between two neighbouring tokens, and who holds its data. */
public record ReplicatedRange(TokenRange range, Replicas replicas) {}
