package io.understudy.reaper;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps the seeds of clusters the same as their live nodes, where Reaper is told to (spec reaper 3.1.3). */
final class SeedList {
    private final AppContext context;
    /** Clusters whose seeds were right when last looked at; not saved, because looking again changes nothing. */
    private final Map<String, Cluster> inOrder = new HashMap<>();

    SeedList(AppContext context) {
        this.context = context;
    }

    /** Nodes may have come or gone. */
    void lookAgain() {
        inOrder.clear();
    }

    void refresh(String clusterName) {
        Optional<Cluster> found = context.store().cluster(clusterName);
        if (!context.configuration().enableDynamicSeedList() || found.isEmpty()) {
            return;
        }
        Cluster cluster = found.get();
        if (cluster.equals(inOrder.get(clusterName)) && !context.conditions().flaps(clusterName)) {
            return;
        }
        List<String> live = context.management()
                .cassandra(cluster)
                .map(context.management()::liveNodes)
                .orElse(List.of());
        if (!live.isEmpty() && !Set.copyOf(live).equals(new HashSet<>(cluster.seedHosts()))) {
            cluster = cluster.withSeeds(Names.set(live));
            context.store().put(cluster);
        }
        inOrder.put(clusterName, cluster);
    }
}
