package io.understudy.reaper;

import java.util.List;
import java.util.Map;

/** Deletes clusters with all that belongs to them (spec reaper 1.3.5). */
final class ClusterDeletion {
    private final AppContext context;
    private final RepairManager manager;
    private final RepairRunLists runLists;
    private final RepairScheduleService schedules;
    private final DiagEventService diagEvents;

    ClusterDeletion(
            AppContext context,
            RepairManager manager,
            RepairRunLists runLists,
            RepairScheduleService schedules,
            DiagEventService diagEvents) {
        this.context = context;
        this.manager = manager;
        this.runLists = runLists;
        this.schedules = schedules;
        this.diagEvents = diagEvents;
    }

    /**
     * Deletes a cluster, and says under which name.
     *
     * @param force whether it does not matter that there is something of it; then it does not matter either whether it is RUNNING
     */
    Outcome<String> delete(String name, boolean force) {
        if (!force) {
            String guard = guard(name);
            if (!guard.isEmpty()) {
                return Outcome.refused(
                        new Refusal.Conflict("cluster \"" + name + "\" cannot be deleted, as it has " + guard));
            }
        }
        boolean isMemory = context.configuration().storageFlavour() == StorageFlavour.MEMORY;
        Outcome<Cluster> found = ClusterLookup.DELETION.find(context, name);
        if (isMemory && found instanceof Outcome.Refused<Cluster>) {
            return Outcome.of(name);
        }
        return found.then(cluster -> delete(cluster, isMemory));
    }

    /** What it has that keeps it; empty if nothing does. */
    private String guard(String name) {
        if (!schedules.schedules(name, null).isEmpty()) {
            return "repair schedules";
        }
        if (!runLists.ofCluster(name, 1).isEmpty()) {
            return "repair runs";
        }
        return diagEvents.subscriptions(name).isEmpty() ? "" : "diagnostic events subscriptions";
    }

    private Outcome<String> delete(Cluster cluster, boolean isMemory) {
        String name = cluster.name();
        schedules.schedules(name, null).forEach(schedules::remove);
        List<RepairRun> runs = List.copyOf(context.runs().ofCluster(name));
        boolean isOneAtWork =
                runs.stream().anyMatch(run -> context.runs().segments(run).number(SegmentState.RUNNING) > 0);
        if (isMemory && isOneAtWork) {
            // spec reaper 0.2: the tables' constraints keep the run, its unit and the cluster; the schedules are gone
            // by then
            return Outcome.refused(new Refusal.Unexpected());
        }
        runs.forEach(manager::removeRepairRun);
        context.store().units().stream()
                .filter(unit -> unit.clusterName().equals(name))
                .map(RepairUnit::id)
                .toList()
                .forEach(context.store()::removeUnit);
        diagEvents.clusterDeleted(name);
        context.store().removeCluster(name);
        context.emit("clusterDeleted", Map.of("cluster", name));
        return Outcome.of(name);
    }
}
