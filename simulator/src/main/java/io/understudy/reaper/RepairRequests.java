package io.understudy.reaper;

import io.understudy.reaper.Refusal.BadRequest;
import java.util.List;
import java.util.Optional;

/** Reads what runs and schedules are to be (spec reaper 1.4.3 rows 1 to 17, which 1.5.3 shares). */
final class RepairRequests {
    private final AppContext context;

    RepairRequests(AppContext context) {
        this.context = context;
    }

    /**
     * What is wished for.
     *
     * @param cluster the cluster
     * @param unit what is to be repaired, without an id
     * @param owner whose it will be
     * @param parallelism as given or configured
     * @param intensity as given or configured
     * @param segmentCountPerNode as given; empty if it was not
     * @param force whether conflicts do not matter
     */
    record Wish(
            Cluster cluster,
            RepairUnit unit,
            String owner,
            RepairParallelism parallelism,
            double intensity,
            Optional<Integer> segmentCountPerNode,
            boolean force) {}

    Outcome<Wish> read(ReaperRequest request) {
        return RepairParameters.read(request).then(given -> read(request, given));
    }

    private Outcome<Wish> read(ReaperRequest request, RepairParameters given) {
        ReaperConfiguration configuration = context.configuration();
        boolean incremental = given.incrementalRepair().orElse(configuration.incrementalRepair());
        boolean subrange = given.subrangeIncrementalRepair().orElse(configuration.subrangeIncrementalRepair());
        return RepairTarget.find(
                        context, given.clusterName(), given.nodes(), given.datacenters(), incremental, subrange)
                .then(cluster -> oneTableList(given)
                        .then(fine -> RepairParameters.force(request))
                        .then(force -> RepairParameters.timeout(request, configuration.hangingRepairTimeoutMins())
                                .map(timeout -> new Wish(
                                        cluster,
                                        unit(given, cluster, incremental, subrange, timeout),
                                        given.owner(),
                                        given.repairParallelism().orElse(configuration.repairParallelism()),
                                        given.intensity().orElse(configuration.repairIntensity()),
                                        given.segmentCountPerNode(),
                                        force))));
    }

    /** Row 15; present counts, even if empty (P16). */
    private static Outcome<Boolean> oneTableList(RepairParameters given) {
        return given.tables().isPresent() && given.blacklistedTables().isPresent()
                ? Outcome.refused(new BadRequest("invalid to specify a table list and a blacklist"))
                : Outcome.of(true);
    }

    private RepairUnit unit(
            RepairParameters given, Cluster cluster, boolean incremental, boolean subrange, int timeout) {
        return new RepairUnit(
                RepairUnitService.NO_ID,
                cluster.name(),
                given.keyspace(),
                Names.set(given.tables().orElse(List.of())),
                incremental,
                subrange,
                Names.set(given.nodes()),
                Names.set(given.datacenters()),
                Names.set(given.blacklistedTables().orElse(List.of())),
                given.repairThreadCount().orElse(context.configuration().repairThreadCount()),
                timeout);
    }
}
