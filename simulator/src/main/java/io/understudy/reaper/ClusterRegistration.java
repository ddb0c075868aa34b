package io.understudy.reaper;

import io.understudy.reaper.cassandra.CassandraCluster;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Registers clusters and updates registered ones (spec reaper 1.3.4). */
final class ClusterRegistration {
    static final int DEFAULT_JMX_PORT = 7199;

    private final AppContext context;
    private final Cryptograph cryptograph;
    private final ClusterRepairScheduler autoScheduler;

    ClusterRegistration(AppContext context, Cryptograph cryptograph, ClusterRepairScheduler autoScheduler) {
        this.context = context;
        this.cryptograph = cryptograph;
        this.autoScheduler = autoScheduler;
    }

    /**
     * A cluster as it is asked for; null = absent.
     *
     * @param pathName the name in the path; null for a POST
     * @param seedHost hosts, each maybe with {@code @} and a cluster's name behind it
     */
    record Wish(
            @Nullable String pathName,
            @Nullable String seedHost,
            @Nullable Integer jmxPort,
            @Nullable String jmxUsername,
            @Nullable String jmxPassword) {
        boolean hasCredentials() {
            return jmxUsername != null && !jmxUsername.isBlank() && jmxPassword != null && !jmxPassword.isBlank();
        }

        /** As it stands in sentences: nothing for a POST, which leaves two blanks there. */
        String shownName() {
            return pathName == null ? "" : pathName;
        }
    }

    /** The table of spec reaper 1.3.4, row by row. */
    Outcome<Written<Cluster>> addOrUpdate(Wish wish) {
        return addOrUpdate(wish, context.configuration().autoScheduling().enabled());
    }

    /**
     * As if it had been registered before the process started: its schedules come with the first round of auto-scheduling, after
     * those that are there already.
     */
    Outcome<Written<Cluster>> wasRegistered(Wish wish) {
        return addOrUpdate(wish, false);
    }

    private Outcome<Written<Cluster>> addOrUpdate(Wish wish, boolean isScheduled) {
        String seedHost = wish.seedHost();
        if (seedHost == null) {
            return bad("query parameter \"seedHost\" required");
        }
        if (wish.hasCredentials() && !cryptograph.encrypts()) {
            return bad("Unable to store JMX Credentials without first enabling encryption in the reaper configuration");
        }
        Optional<CassandraCluster> found =
                context.conditions().registrationFails(seedHost) ? Optional.empty() : connect(hosts(seedHost));
        if (found.isEmpty()) {
            return bad("no cluster " + wish.shownName() + " with seed host " + seedHost);
        }
        String name = Names.symbolic(found.get().name());
        if (wish.pathName() != null && !wish.pathName().equals(name)) {
            return bad("POST/PUT on cluster resource " + wish.pathName() + " called with seedHost " + seedHost
                    + " belonging to different cluster " + name);
        }
        Optional<Cluster> registered = context.store().cluster(name);
        return registered.isEmpty()
                ? register(wish, seedHost, name, found.get(), isScheduled)
                : update(registered.get(), seedHost, found.get());
    }

    private static <T> Outcome<T> bad(String message) {
        return Outcome.refused(new Refusal.BadRequest(message));
    }

    /** Without blanks, and without the cluster's name that may stand behind an {@code @}. */
    private static List<String> hosts(String seedHost) {
        return Stream.of(seedHost.split(","))
                .map(host -> host.split("@", 2)[0].trim())
                .filter(host -> !host.isEmpty())
                .toList();
    }

    private Optional<CassandraCluster> connect(List<String> hosts) {
        return hosts.stream()
                .map(context.management()::connect)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Outcome<Written<Cluster>> register(
            Wish wish, String seedHost, String name, CassandraCluster cassandra, boolean isScheduled) {
        List<String> live = context.management().liveNodes(cassandra);
        boolean areSeedsLive = context.configuration().enableDynamicSeedList() && !live.isEmpty();
        Cluster cluster = new Cluster(
                name,
                cassandra.partitioner().className(),
                Names.set(areSeedsLive ? live : hosts(seedHost)),
                Optional.ofNullable(wish.jmxPort()).orElse(DEFAULT_JMX_PORT),
                credentials(wish),
                Cluster.State.ACTIVE,
                context.now());
        context.store().put(cluster);
        context.emit("clusterRegistered", Map.of("cluster", name, "seedHosts", cluster.seedHosts()));
        if (isScheduled && !autoScheduler.scheduleRepairs(cluster)) {
            return Outcome.refused(new Refusal.Failed("failed to automatically schedule repairs for cluster "
                    + wish.shownName() + " with seed host " + seedHost));
        }
        return Outcome.of(Written.created(cluster));
    }

    private Cluster.@Nullable JmxCredentials credentials(Wish wish) {
        String username = wish.jmxUsername();
        String password = wish.jmxPassword();
        return username == null || password == null || !wish.hasCredentials()
                ? null
                : new Cluster.JmxCredentials(username, cryptograph.encrypt(password, context.chance("cryptograph")));
    }

    private Outcome<Written<Cluster>> update(Cluster cluster, String seedHost, CassandraCluster byNewSeeds) {
        if (!context.configuration().enableDynamicSeedList()) {
            return Outcome.of(Written.unchanged(cluster));
        }
        Optional<CassandraCluster> byOldSeeds = context.management().connect(cluster);
        if (byOldSeeds.isEmpty()) {
            return Outcome.refused(new Refusal.Failed(
                    "failed to update cluster " + cluster.name() + " from new seed hosts " + seedHost));
        }
        Set<String> live = new HashSet<>(context.management().liveNodes(byNewSeeds));
        if (Collections.disjoint(live, context.management().liveNodes(byOldSeeds.get()))) {
            return Outcome.refused(new Refusal.Unexpected());
        }
        Cluster stored = context.store().cluster(cluster.name()).orElseThrow();
        if (live.equals(Set.copyOf(stored.seedHosts()))) {
            return Outcome.of(Written.unchanged(stored));
        }
        Cluster updated = stored.withSeeds(Names.set(live));
        context.store().put(updated);
        return Outcome.of(Written.updated(updated));
    }
}
