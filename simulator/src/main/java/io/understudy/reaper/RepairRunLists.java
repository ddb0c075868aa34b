package io.understudy.reaper;

import io.understudy.reaper.Refusal.BadRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The lists of repair runs, with their ways to order and to cut (spec reaper 1.4.1 and 1.4.2). */
final class RepairRunLists {
    /** How many runs a list has unless asked otherwise. */
    static final int DEFAULT_LIMIT = 1000;

    private static final String ALL_CLUSTERS = "all";

    /** The states that come first, in this order. */
    private static final List<RunState> ONGOING = List.of(RunState.RUNNING, RunState.PAUSED, RunState.NOT_STARTED);

    private final AppContext context;
    private final Supplier<List<Cluster>> listed;

    /** @param listed the clusters as this process knows them, which may be a while ago */
    RepairRunLists(AppContext context, Supplier<List<Cluster>> listed) {
        this.context = context;
        this.listed = listed;
    }

    /**
     * Runs of one cluster or of all.
     *
     * @param states names of states, in whatever case; none = all
     * @param clusterName the cluster's name; empty = all clusters
     * @param keyspaceName the keyspace's name; empty = all
     */
    Outcome<List<RepairRun>> runs(
            Collection<String> states, Optional<String> clusterName, Optional<String> keyspaceName, int limit) {
        if (states.stream().anyMatch(state -> RunState.named(state).isEmpty())) {
            return Outcome.refused(new BadRequest(""));
        }
        // spec reaper 1.4.1: valid in any case, found in upper case alone; and filtered after the cut
        Predicate<RepairRun> isWanted =
                run -> (states.isEmpty() || states.contains(run.runState().name()))
                        && keyspaceName.map(run.plan().keyspaceName()::equals).orElse(true);
        return clusters(clusterName)
                .map(clusters -> clusters.stream()
                        .flatMap(cluster -> prioritised(cluster, limit).stream())
                        .sorted(Comparator.<RepairRun, Boolean>comparing(
                                        run -> run.runState().isTerminated())
                                .thenComparing(RepairRun::id))
                        .limit(Math.max(0, limit))
                        .filter(isWanted)
                        .toList());
    }

    private Outcome<List<String>> clusters(Optional<String> clusterName) {
        if (clusterName.isEmpty() || clusterName.get().equals(ALL_CLUSTERS)) {
            return Outcome.of(listed.get().stream().map(Cluster::name).toList());
        }
        return ClusterLookup.RUNS.find(context, clusterName.get()).map(cluster -> List.of(cluster.name()));
    }

    /** Runs of a cluster: RUNNING, PAUSED, NOT_STARTED, then the rest, the newest of each first. No runs if there is no such cluster. */
    List<RepairRun> ofCluster(String clusterName, int limit) {
        // spec reaper 0.2: "run lists by cluster name in different case"
        return isMemoryFlavour()
                ? context.store().clusters().stream()
                        .map(Cluster::name)
                        .filter(clusterName::equalsIgnoreCase)
                        .findFirst()
                        .map(name -> prioritised(name, limit))
                        .orElse(List.of())
                : prioritised(clusterName, limit);
    }

    private List<RepairRun> prioritised(String clusterName, int limit) {
        int most = Math.max(0, limit);
        Collection<RepairRun> newestFirst = context.runs().ofCluster(clusterName);
        List<RepairRun> chosen = new ArrayList<>();
        for (RunState state : ONGOING) {
            Stream<RepairRun> group = newestFirst.stream().filter(run -> run.runState() == state);
            // spec reaper 1.4.2: here the limit is one of each group
            (isMemoryFlavour() ? group : group.limit(most)).forEach(chosen::add);
        }
        newestFirst.stream()
                .filter(run -> run.runState().isTerminated())
                .limit(Math.max(0, most - chosen.size()))
                .forEach(chosen::add);
        return isMemoryFlavour() && chosen.size() > most ? chosen.subList(0, most) : chosen;
    }

    private boolean isMemoryFlavour() {
        return context.configuration().storageFlavour() == StorageFlavour.MEMORY;
    }
}
