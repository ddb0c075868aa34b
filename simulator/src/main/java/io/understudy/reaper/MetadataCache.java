package io.understudy.reaper;

import io.understudy.reaper.cassandra.CassandraCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What Reaper remembers of clusters for a while: version, tables and ranges (spec reaper 4, "metadata caches"). A table that was
 * dropped meanwhile is still there.
 */
final class MetadataCache {
    private final Supplier<Instant> now;
    private final Duration life;
    private final Map<String, Cached> cached = new TreeMap<>();

    /** The same as clusters, worked out of it when they are asked for. */
    private final Map<String, CassandraCluster> remembered = new HashMap<>();

    /** A cluster as it was. */
    record Cached(CassandraCluster.State cluster, Instant at) {}

    /** @param cached by the name that Cassandra reports */
    record State(Map<String, Cached> cached) {
        static final State EMPTY = new State(Map.of());
    }

    /** @param life how long something is remembered; zero = not at all */
    MetadataCache(Supplier<Instant> now, Duration life) {
        this.now = now;
        this.life = life;
    }

    /** A cluster that was reached, as it is remembered. */
    CassandraCluster of(CassandraCluster cluster) {
        if (life.isZero()) {
            return cluster;
        }
        Cached known = cached.get(cluster.name());
        if (known == null || !now.get().isBefore(known.at().plus(life))) {
            known = new Cached(cluster.state(), now.get());
            cached.put(cluster.name(), known);
            remembered.remove(cluster.name());
        }
        CassandraCluster.State as = known.cluster();
        return remembered.computeIfAbsent(cluster.name(), name -> CassandraCluster.of(as));
    }

    State state() {
        return new State(new TreeMap<>(cached));
    }

    void restore(State state) {
        cached.clear();
        remembered.clear();
        cached.putAll(state.cached());
    }
}
