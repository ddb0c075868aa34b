package io.understudy.reaper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What Reaper has stored, runs and their segments aside (those are in {@link RunStore}). It knows rows and no rules.
 */
final class Store {
    private final Map<String, Cluster> clusters = new TreeMap<>();
    private final Map<UUID, RepairUnit> units = new TreeMap<>(TimeUuids.ORDER);
    private final Map<UUID, RepairSchedule> schedules = new TreeMap<>(TimeUuids.ORDER);
    private final Map<UUID, DiagEventSubscription> subscriptions = new LinkedHashMap<>();
    private final List<SnapshotRecord> snapshots = new ArrayList<>();

    /** Everything stored. */
    record State(
            List<Cluster> clusters,
            List<RepairUnit> units,
            List<RepairSchedule> schedules,
            List<DiagEventSubscription> subscriptions,
            List<SnapshotRecord> snapshots) {
        static final State EMPTY = new State(List.of(), List.of(), List.of(), List.of(), List.of());
    }

    Optional<Cluster> cluster(String name) {
        return Optional.ofNullable(clusters.get(name));
    }

    /** By name. */
    Collection<Cluster> clusters() {
        return clusters.values();
    }

    void put(Cluster cluster) {
        clusters.put(cluster.name(), cluster);
    }

    void removeCluster(String name) {
        clusters.remove(name);
    }

    Optional<RepairUnit> unit(UUID id) {
        return Optional.ofNullable(units.get(id));
    }

    /** A unit that must be there, because something stored refers to it. */
    RepairUnit requireUnit(UUID id) {
        return unit(id).orElseThrow(() -> new IllegalStateException("no repair unit " + id));
    }

    /** In the order of their creation. */
    Collection<RepairUnit> units() {
        return units.values();
    }

    void put(RepairUnit unit) {
        units.put(unit.id(), unit);
    }

    void removeUnit(UUID id) {
        units.remove(id);
    }

    Optional<RepairSchedule> schedule(UUID id) {
        return Optional.ofNullable(schedules.get(id));
    }

    /** In the order of their creation. */
    Collection<RepairSchedule> schedules() {
        return schedules.values();
    }

    void put(RepairSchedule schedule) {
        schedules.put(schedule.id(), schedule);
    }

    void removeSchedule(UUID id) {
        schedules.remove(id);
    }

    Optional<DiagEventSubscription> subscription(UUID id) {
        return Optional.ofNullable(subscriptions.get(id));
    }

    /** In the order of their creation. */
    Collection<DiagEventSubscription> subscriptions() {
        return subscriptions.values();
    }

    void put(DiagEventSubscription subscription) {
        subscriptions.put(subscription.id(), subscription);
    }

    void removeSubscription(UUID id) {
        subscriptions.remove(id);
    }

    /** In the order in which they were taken. */
    List<SnapshotRecord> snapshots() {
        return snapshots;
    }

    State state() {
        return new State(
                List.copyOf(clusters.values()),
                List.copyOf(units.values()),
                List.copyOf(schedules.values()),
                List.copyOf(subscriptions.values()),
                List.copyOf(snapshots));
    }

    void restore(State state) {
        clusters.clear();
        units.clear();
        schedules.clear();
        subscriptions.clear();
        snapshots.clear();
        state.clusters().forEach(this::put);
        state.units().forEach(this::put);
        state.schedules().forEach(this::put);
        state.subscriptions().forEach(this::put);
        snapshots.addAll(state.snapshots());
    }
}
