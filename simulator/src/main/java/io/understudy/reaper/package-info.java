/**
 * Cassandra Reaper: repairs of many Cassandra clusters.
 *
 * <p>The model is a set of services over two stores. They know no HTTP; they take plain parameters and give an {@link
 * io.understudy.reaper.Outcome}: a value, or a {@link io.understudy.reaper.Refusal} in the words of the answer. What happens by
 * itself is planned as events by those that are a {@link io.understudy.reaper.Service}; where nothing can happen nothing is
 * planned.
 *
 * <pre>
 *   ReaperProcess        puts all together, hands out events, restarts; its State is all there is to remember
 *     │
 *     ├─ AppContext      what the services share: Store and RunStore (rows), TimeUuids, and
 *     │    ├─ Universe   the Cassandra clusters there are (room cassandra)
 *     │    ├─ Management what Reaper sees of them; MetadataCache
 *     │    └─ Conditions what is wrong with the world; ReaperFaults asks the fault rules                 spec reaper 4
 *     │
 *     ├─ ClusterRegistration, ClusterService, ClusterDeletion, ClusterLookup, JmxAuth               0.2, 1.3, 2.2, 2.3
 *     ├─ RepairRunService, RepairRunLists, RepairUnitService, RepairTarget                                  1.4, 3.6
 *     │    └─ RepairManager ─► RepairRunner ─► SegmentRunner       the engine                               3.1, 3.2
 *     │            SegmentGenerator, SegmentChoice, Coordinators, SeedList, NodeActivity, PurgeService       3.4, 3.5
 *     ├─ RepairScheduleService, TriggerTime, SchedulePatch                                                       1.5
 *     │    └─ SchedulingManager, AdaptiveRule, PercentRepairedMonitor, ClusterRepairScheduler                    3.3
 *     ├─ SnapshotService, NodeStatsService                                                                 1.6 – 1.8
 *     ├─ ReaperMetrics, SegmentMetrics   what the admin port tells monitoring                                   1.12
 *     └─ DiagEventService ─► SseBroadcaster, GossipWatch                                                   1.9, 1.10
 * </pre>
 *
 * <p>On the wire, the life of one request:
 *
 * <pre>
 *   ReaperApi            filters, routing and checks as upstream's Jetty and Jersey do them                  0.5, 0.6, 1.2
 *     │                  UriCompliance, CrossOriginFilter, Authentication, JerseyRouting, ReaperEndpoints
 *     ▼
 *   ReaperRequest ─► Resource      one class per resource: ClusterResource, RepairRunResource, …
 *     │                            parameters to a command, the outcome to a reply
 *     ▼
 *   ReaperReplies, ReaperJson      status and bytes, in one place
 * </pre>
 *
 * <p>{@link io.understudy.reaper.ReaperDefinition} is the room's entry in the registry: knobs ({@code ReaperKnobs}), profiles,
 * quirks, presets, faults and actions. {@link io.understudy.reaper.ReaperSimulator} is what users hold.
 */
@NullMarked
package io.understudy.reaper;

import org.jspecify.annotations.NullMarked;
