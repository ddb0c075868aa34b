/**
 * The Cassandra clusters that an emulated Reaper manages: what Reaper sees of them over JMX, and nothing else. They are pure
 * models, mutable and thread-unsafe; time comes in as a parameter, and nothing here knows Reaper.
 *
 * <pre>
 *   Universe ─► CassandraCluster ─► CassandraNode ─► TableSnapshot, StatisticsOverrides, Compaction
 *                  │   │                 └─ NodeStatistics ─► ThreadPoolStat, DroppedMessages, MetricsHistogram, CompactionStats
 *                  │   │                       (figures: StatisticsTables; load of repairs: RepairActivity)     spec reaper 2.8
 *                  │   ├─ GossipInfo ► EndpointState                                                            2.3
 *                  │   └─ Keyspace ► Replication, Table
 *                  │
 *                  └─ Ring ─► ReplicaPlacement ─► ReplicatedRange ► TokenRange, Replicas                        3.5
 *   Universes    the ready-made ones                                                                            8.1
 * </pre>
 *
 * <p>A cluster's ring and its replicated ranges are worked out when somebody asks and kept until the topology changes. All
 * else is in {@link io.understudy.reaper.cassandra.Universe.State}: plain records that go through JSON and back.
 */
@NullMarked
package io.understudy.reaper.cassandra;

import org.jspecify.annotations.NullMarked;
