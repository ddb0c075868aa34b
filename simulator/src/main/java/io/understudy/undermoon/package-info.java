/**
 * Undermoon's memory broker: the metadata service of a Redis-cluster proxy system.
 *
 * <p>The model is a pure state machine. It knows neither HTTP nor JSON, has no clock and no threads; time comes in as a
 * parameter, and what goes out is a value.
 *
 * <pre>
 *   command ─► Broker ─────────────► MetaStore          the store: epochs, clusters, proxies, failures
 *                │  scale lock,         │  Cluster ► Chunk ► RangeList, StoredTask         (immutable values)
 *                │  names, limits       │
 *                │                      ├ Allocation      which proxies pair up to new chunks   spec undermoon 5.1
 *                │                      ├ SlotPlan        who gets which slots                  5.2 – 5.4
 *                │                      ├ Failover        take over, replace                    5.8
 *                │                      └ ResourceCheck   which hosts may not fail              5.10
 *                ▼
 *        Outcome&lt;value | Rejection&gt;,  LimitedView ► ClusterView, ProxyView, ClusterInfo          4.1, 4.2, 5.6
 * </pre>
 *
 * <p>Around the model, in a world:
 *
 * <pre>
 *   UndermoonCall ─► Deployment ─► BrokerProcess        what can be restarted
 *   (MemBrokerService)  │              ├ MetaStorage    where the store is kept: MemoryStorage, ExternalStorage   8.2
 *                       │              ├ MetaFile       what was last saved                                  3.0, 9
 *                       │              └ ReplicaSync    whom the store is pushed to                             8.1
 *                       │
 *   ServerProxies   what epoch each virtual server proxy has got to know      (asked by endpoints 14 and 31)
 *   Autopilot       the coordinator's stand-in: commits migrations, reports and fails over dead proxies
 *   Conditions      what is wrong with the world right now; UndermoonFaults asks the fault rules
 *   Agenda          which rounds are ahead, Announcer  what is told as domain events
 * </pre>
 *
 * <p>On the wire (spec undermoon 1, 2, 4), the life of one request:
 *
 * <pre>
 *   UndermoonApi ─► UndermoonRouter        which of the UndermoonEndpoints, by warp's rules or actix's
 *        │              Dialect            all that differs between v3 (WarpDialect) and v2 (ActixDialect)
 *        ▼
 *   UndermoonCall ─► UndermoonBodies       what bodies look like; SerdeReader reads them, and complains, as serde_json does
 *        │
 *        ▼
 *   UndermoonReplies                       outcome to status and body, in one place; UndermoonJson writes it
 * </pre>
 *
 * <p>{@link io.understudy.undermoon.UndermoonDefinition} is the room's entry in the registry: knobs, profiles, quirks, presets,
 * faults and actions. {@link io.understudy.undermoon.UndermoonSimulator} is what users hold.
 *
 * <p>{@link io.understudy.undermoon.Epoch} says how unsigned 64-bit numbers are kept.
 */
@NullMarked
package io.understudy.undermoon;

import org.jspecify.annotations.NullMarked;
