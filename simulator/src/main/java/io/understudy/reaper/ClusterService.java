package io.understudy.reaper;

import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.reaper.cassandra.EndpointState;
import io.understudy.reaper.cassandra.GossipInfo;
import io.understudy.reaper.cassandra.Keyspace;
import io.understudy.reaper.cassandra.Liveness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads registered clusters (spec reaper 1.3.1 – 1.3.3), and keeps in mind which of them can be reached. */
final class ClusterService implements Management.Contacts {
    /** Upstream's default; a cluster that has not answered for so long is shown behind the others (spec reaper 2.2). */
    static final Duration UNREACHABLE_AFTER = Duration.ofDays(7);

    private static final Duration CONTACT_PRECISION = Duration.ofDays(1);

    private static final Comparator<Cluster> BY_STATE_THEN_NAME =
            Comparator.comparing(Cluster::state).thenComparing(Cluster::name);

    private final AppContext context;
    private final JmxAuth jmxAuth;
    private @Nullable CachedList list;
    private final MetadataCache metadata;

    /** The list of clusters as it was at an instant. */
    record CachedList(List<Cluster> clusters, Instant at) {}

    /** What is remembered beside the store. */
    record State(@Nullable CachedList list, MetadataCache.State metadata) {
        static final State EMPTY = new State(null, MetadataCache.State.EMPTY);
    }

    ClusterService(AppContext context, JmxAuth jmxAuth) {
        this.context = context;
        this.jmxAuth = jmxAuth;
        this.metadata = new MetadataCache(context::now, context.configuration().metadataCache());
        context.management().listen(this);
        context.management().remember(metadata::of);
    }

    State state() {
        return new State(list, metadata.state());
    }

    void restore(State state) {
        list = state.list();
        metadata.restore(state.metadata());
    }

    /** The registered clusters as this process knows them, which with a cache may be as they were. */
    List<Cluster> listed() {
        CachedList known = list;
        if (known == null || isOver(known.at(), context.configuration().clusterListCache())) {
            known = new CachedList(List.copyOf(context.store().clusters()), context.now());
            list = context.configuration().clusterListCache().isZero() ? null : known;
        }
        return known.clusters();
    }

    private boolean isOver(Instant at, Duration life) {
        return !context.now().isBefore(at.plus(life));
    }

    /** The names of the clusters, or of those that have exactly that seed. */
    List<String> names(@Nullable String seedHost) {
        return listed().stream()
                .filter(cluster -> seedHost == null || cluster.seedHosts().contains(seedHost))
                .sorted(BY_STATE_THEN_NAME)
                .map(Cluster::name)
                .toList();
    }

    /**
     * A cluster with all that is known of it.
     *
     * @param limit how many of its newest runs; null = all
     */
    Outcome<ClusterStatus> status(String name, @Nullable Integer limit) {
        return ClusterLookup.CLUSTER.find(context, name).then(cluster -> {
            Optional<GossipInfo> gossip = context.management().connect(cluster).flatMap(this::gossip);
            if (gossip.isEmpty()) {
                return Outcome.refused(
                        new Refusal.Thrown(500, "io.cassandrareaper.ReaperException", Management.UNREACHABLE));
            }
            return Outcome.of(new ClusterStatus(
                    cluster, jmxAuth.of(cluster), gossip.get(), runs(cluster, limit), schedules(cluster.name())));
        });
    }

    private List<RepairRun> runs(Cluster cluster, @Nullable Integer limit) {
        List<RepairRun> newest = new ArrayList<>(context.runs().ofCluster(cluster.name()).stream()
                .limit(limit == null ? Long.MAX_VALUE : Math.max(0, limit))
                .toList());
        if (context.configuration().storageFlavour() == StorageFlavour.CASSANDRA) {
            Collections.reverse(newest);
        }
        return newest;
    }

    /** A cluster's schedules. */
    List<RepairSchedule> schedules(String clusterName) {
        return context.store().schedules().stream()
                .filter(schedule -> context.store()
                        .requireUnit(schedule.repairUnitId())
                        .clusterName()
                        .equals(clusterName))
                .toList();
    }

    /** What the first node that can be reached knows, with the faults that are in force. */
    private Optional<GossipInfo> gossip(CassandraCluster cassandra) {
        return cassandra.nodes().stream()
                .filter(node -> context.management().isReachable(cassandra, node))
                .findFirst()
                .map(source -> withFaults(cassandra, cassandra.gossip(source.address())));
    }

    private GossipInfo withFaults(CassandraCluster cassandra, GossipInfo gossip) {
        Map<String, Map<String, List<EndpointState>>> endpoints = new TreeMap<>();
        gossip.endpoints()
                .forEach((datacenter, racks) -> racks.forEach((rack, states) -> endpoints
                        .computeIfAbsent(datacenter, dc -> new TreeMap<>())
                        .put(
                                rack,
                                states.stream()
                                        .map(state -> withFaults(cassandra, state))
                                        .toList())));
        return new GossipInfo(gossip.sourceNode(), endpoints, gossip.totalLoad(), gossip.endpointNames());
    }

    private EndpointState withFaults(CassandraCluster cassandra, EndpointState state) {
        CassandraNode node = cassandra.node(state.endpoint()).orElseThrow();
        if (!node.isUp() || context.management().isLive(cassandra, node)) {
            return state;
        }
        return new EndpointState(
                state.endpoint(),
                state.hostId(),
                state.dc(),
                state.rack(),
                state.status().replace(" - " + Liveness.UP, " - " + Liveness.DOWN),
                state.severity(),
                state.releaseVersion(),
                state.tokens(),
                state.load(),
                state.type());
    }

    /** Every keyspace with its tables, system keyspaces included. */
    Outcome<Map<String, List<String>>> tables(String name) {
        // spec reaper 1.3.3: without a reachable node the checked exception escapes
        return ClusterLookup.TABLES
                .find(context, name)
                .then(cluster -> context.management()
                        .metadata(cluster)
                        .map(cassandra -> Outcome.of(tables(cassandra)))
                        .orElseGet(() -> Outcome.refused(new Refusal.Unexpected())));
    }

    private static Map<String, List<String>> tables(CassandraCluster cassandra) {
        Map<String, List<String>> found = new TreeMap<>();
        for (Keyspace keyspace : cassandra.keyspaces()) {
            found.put(keyspace.name(), keyspace.tableNames());
        }
        return found;
    }

    @Override
    public void tried(Cluster cluster, boolean isReached) {
        Optional<Cluster> stored = context.store().cluster(cluster.name());
        if (stored.isEmpty()) {
            return;
        }
        Cluster known = stored.get();
        if (isReached) {
            // to the day, as upstream keeps it; runs connect all the time
            if (known.state() != Cluster.State.ACTIVE
                    || !context.now().isBefore(known.lastContact().plus(CONTACT_PRECISION))) {
                context.store().put(known.contacted(Cluster.State.ACTIVE, context.now()));
            }
        } else if (known.state() == Cluster.State.ACTIVE
                && context.now().isAfter(known.lastContact().plus(UNREACHABLE_AFTER))) {
            context.store().put(known.contacted(Cluster.State.UNREACHABLE, known.lastContact()));
        }
    }
}
