package io.understudy.reaper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The stored runs, with their segments. It knows rows and no rules. */
final class RunStore {
    private final Map<UUID, RepairRun> runs = new TreeMap<>(TimeUuids.ORDER);
    private final Map<String, NavigableMap<UUID, RepairRun>> byCluster = new HashMap<>();
    private final Map<UUID, NavigableMap<UUID, RepairRun>> byUnit = new HashMap<>();
    private final Map<UUID, RunSegments> segments = new HashMap<>();

    /** A run with its segments, as a value. */
    record StoredRun(RepairRun.State run, RunSegments.State segments) {}

    Optional<RepairRun> run(UUID id) {
        return Optional.ofNullable(runs.get(id));
    }

    /** The segments of a stored run. */
    RunSegments segments(RepairRun run) {
        RunSegments found = segments.get(run.id());
        if (found == null) {
            throw new IllegalStateException("run " + run.id() + " is not stored");
        }
        return found;
    }

    /** All, the oldest first. */
    Collection<RepairRun> runs() {
        return runs.values();
    }

    /** Those of a cluster, the newest first. */
    Collection<RepairRun> ofCluster(String clusterName) {
        NavigableMap<UUID, RepairRun> found = byCluster.get(clusterName);
        return found == null ? List.of() : found.descendingMap().values();
    }

    /** Those of a unit, the newest first. */
    Collection<RepairRun> ofUnit(UUID unitId) {
        NavigableMap<UUID, RepairRun> found = byUnit.get(unitId);
        return found == null ? List.of() : found.descendingMap().values();
    }

    void add(RepairRun run, RunSegments itsSegments) {
        runs.put(run.id(), run);
        segments.put(run.id(), itsSegments);
        byCluster
                .computeIfAbsent(run.plan().clusterName(), name -> new TreeMap<>(TimeUuids.ORDER))
                .put(run.id(), run);
        byUnit.computeIfAbsent(run.plan().repairUnitId(), id -> new TreeMap<>(TimeUuids.ORDER))
                .put(run.id(), run);
    }

    void remove(RepairRun run) {
        runs.remove(run.id());
        segments.remove(run.id());
        remove(run, byCluster, run.plan().clusterName());
        remove(run, byUnit, run.plan().repairUnitId());
    }

    private static <K> void remove(RepairRun run, Map<K, NavigableMap<UUID, RepairRun>> index, K key) {
        NavigableMap<UUID, RepairRun> found = index.get(key);
        if (found != null) {
            found.remove(run.id());
            if (found.isEmpty()) {
                index.remove(key);
            }
        }
    }

    List<StoredRun> state() {
        List<StoredRun> stored = new ArrayList<>(runs.size());
        runs.values()
                .forEach(run ->
                        stored.add(new StoredRun(run.state(), segments(run).state())));
        return stored;
    }

    void restore(List<StoredRun> stored) {
        runs.clear();
        byCluster.clear();
        byUnit.clear();
        segments.clear();
        stored.forEach(one -> add(new RepairRun(one.run()), new RunSegments(one.segments())));
    }
}
