package io.understudy.reaper;

import java.time.Instant;

/**
 * What Reaper remembers of a snapshot that it took of a whole cluster (spec reaper 2.7).
 *
 * @param clusterName the cluster's symbolic name
 * @param name the snapshot's effective name
 * @param owner who took it
 * @param cause why
 * @param creationDate when
 */
record SnapshotRecord(String clusterName, String name, String owner, String cause, Instant creationDate) {}
