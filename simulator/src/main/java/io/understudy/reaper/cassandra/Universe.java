package io.understudy.reaper.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every Cassandra cluster that Reaper could reach, registered or not. */
public final class Universe {
    private final List<CassandraCluster> clusters = new ArrayList<>();

    private Universe() {}

    /** The universe as a value. */
    public record State(List<CassandraCluster.State> clusters) {
        public State {
            clusters = List.copyOf(clusters);
        }
    }

    /**
     * A universe of these clusters.
     *
     * @throws IllegalArgumentException if two clusters have the same name, or a node of the same address
     */
    public static Universe of(List<CassandraCluster.State> clusters) {
        Universe universe = new Universe();
        clusters.forEach(state -> universe.add(CassandraCluster.of(state)));
        return universe;
    }

    /** All of it as a value. */
    public State state() {
        return new State(clusters.stream().map(CassandraCluster::state).toList());
    }

    /** All clusters, in the order in which they came. */
    public List<CassandraCluster> clusters() {
        return List.copyOf(clusters);
    }

    /** The cluster that has a node of that address. */
    public Optional<CassandraCluster> byHost(String host) {
        for (CassandraCluster cluster : clusters) {
            if (cluster.node(host).isPresent()) {
                return Optional.of(cluster);
            }
        }
        return Optional.empty();
    }

    /** The cluster of exactly that name, as Cassandra reports it. */
    public Optional<CassandraCluster> byName(String name) {
        return clusters.stream().filter(cluster -> cluster.name().equals(name)).findFirst();
    }

    /**
     * Adds a cluster.
     *
     * @throws IllegalArgumentException if there is a cluster of that name, or one with a node of the same address
     */
    public void add(CassandraCluster cluster) {
        if (byName(cluster.name()).isPresent()) {
            throw new IllegalArgumentException("there is a cluster " + cluster.name() + " already");
        }
        for (CassandraNode node : cluster.nodes()) {
            byHost(node.address()).ifPresent(other -> {
                throw new IllegalArgumentException(node.address() + " belongs to cluster " + other.name() + " already");
            });
        }
        clusters.add(cluster);
    }

    /**
     * Takes a cluster away.
     *
     * @throws IllegalArgumentException if there is no such cluster
     */
    public void remove(String name) {
        if (!clusters.removeIf(cluster -> cluster.name().equals(name))) {
            throw new IllegalArgumentException("there is no cluster " + name);
        }
    }
}
