package io.understudy.reaper;

import io.understudy.reaper.Refusal.Conflict;
import io.understudy.reaper.Refusal.Failed;
import io.understudy.reaper.Refusal.NotFound;
import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.reaper.cassandra.Keyspace;
import io.understudy.reaper.cassandra.Table;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Repair units: which are the same, which are in each other's way, and what they come to (spec reaper 3.6). */
final class RepairUnitService {
    /** The id of a unit that is not stored. */
    static final UUID NO_ID = new UUID(0, 0);

    /** Spec reaper 1.4.3 row 26. */
    static final Failed UNREACHABLE = new Failed(
            "java.util.concurrent.ExecutionException: io.cassandrareaper.ReaperException: " + Management.UNREACHABLE);

    private final AppContext context;

    RepairUnitService(AppContext context) {
        this.context = context;
    }

    /** Checks keyspace, tables, blacklist and nodes of a new run or schedule (spec reaper 1.4.3 rows 18 to 21). */
    Outcome<Keyspace> check(Cluster cluster, RepairUnit unit) {
        Optional<CassandraCluster> cassandra = context.management().connect(cluster);
        if (cassandra.isEmpty()) {
            return Outcome.refused(UNREACHABLE);
        }
        Optional<Keyspace> found = context.management().metadata(cluster).flatMap(it -> keyspace(it, unit));
        if (found.isEmpty() || found.get().tables().isEmpty()) {
            return Outcome.refused(new NotFound("no column families found for keyspace"));
        }
        Set<String> tables = Set.copyOf(found.get().tableNames());
        Optional<String> unknownTable = Stream.concat(unit.columnFamilies().stream(), unit.blacklistedTables().stream())
                .filter(Predicate.not(tables::contains))
                .findFirst();
        if (unknownTable.isPresent()) {
            return Outcome.refused(
                    new NotFound("keyspace doesn't contain a table named \"" + unknownTable.get() + "\""));
        }
        return checkNodes(cluster, cassandra.get(), unit)
                .<Outcome<Keyspace>>map(Outcome::refused)
                .orElseGet(() -> Outcome.of(found.get()));
    }

    private static Optional<Refusal> checkNodes(Cluster cluster, CassandraCluster cassandra, RepairUnit unit) {
        Set<String> known = cassandra.nodes().stream()
                .filter(node -> !node.hasLeft())
                .map(CassandraNode::address)
                .collect(Collectors.toSet());
        if (known.isEmpty()) {
            return Optional.of(new NotFound("no nodes found in cluster"));
        }
        return unit.nodes().stream()
                .filter(Predicate.not(known::contains))
                .findFirst()
                .map(node -> new NotFound(
                        "cluster \"" + cluster.name() + "\" doesn't contain a node named \"" + node + "\""));
    }

    /** The stored unit that equals this one. */
    Optional<RepairUnit> find(RepairUnit unit) {
        StorageFlavour flavour = context.configuration().storageFlavour();
        return context.store().units().stream()
                .filter(stored -> stored.equalTo(unit, flavour))
                .findFirst();
    }

    /**
     * The stored unit that equals this one, or else this one, stored under an id of its own.
     *
     * @param unit the unit wished for, whatever its id
     */
    Outcome<RepairUnit> getOrCreate(RepairUnit unit) {
        Optional<RepairUnit> found = find(unit);
        if (found.isPresent()) {
            return differsInIncremental(found.get(), unit)
                    ? Outcome.refused(otherIncremental(found.get(), unit))
                    : Outcome.of(found.get());
        }
        RepairUnit created = unit.withId(context.nextId());
        context.store().put(created);
        return Outcome.of(created);
    }

    /** Possible in the memory flavour alone, which does not compare the flags (spec reaper 1.4.3 row 23). */
    private static boolean differsInIncremental(RepairUnit found, RepairUnit wished) {
        return found.incrementalRepair() != wished.incrementalRepair()
                && found.subrangeIncrementalRepair() != wished.subrangeIncrementalRepair();
    }

    private static Refusal otherIncremental(RepairUnit found, RepairUnit wished) {
        return new Conflict("A repair unit " + found.id()
                + " already exist for the same cluster/keyspace/tables but with a different incremental repair value."
                + " Requested value " + wished.incrementalRepair() + " | Existing value: "
                + found.incrementalRepair());
    }

    /** The schedules whose units such a unit would be in the way of: those of the same cluster and keyspace, paused ones included. */
    List<RepairSchedule> conflicting(Cluster cluster, RepairUnit unit) {
        return schedules(unit, scheduled -> conflict(cluster, scheduled, unit));
    }

    /** The schedules whose units come to the same. */
    List<RepairSchedule> identical(Cluster cluster, RepairUnit unit) {
        return schedules(unit, scheduled -> areIdentical(cluster, scheduled, unit));
    }

    private List<RepairSchedule> schedules(RepairUnit unit, Predicate<RepairUnit> which) {
        return context.store().schedules().stream()
                .filter(schedule -> {
                    RepairUnit scheduled = context.store().requireUnit(schedule.repairUnitId());
                    return scheduled.clusterName().equals(unit.clusterName())
                            && scheduled.keyspaceName().equals(unit.keyspaceName())
                            && which.test(scheduled);
                })
                .toList();
    }

    private boolean conflict(Cluster cluster, RepairUnit one, RepairUnit other) {
        if (equal(one, other)) {
            return true;
        }
        Set<String> common = tables(cluster, one);
        common.retainAll(tables(cluster, other));
        return !common.isEmpty();
    }

    private boolean areIdentical(Cluster cluster, RepairUnit one, RepairUnit other) {
        return equal(one, other)
                || (one.incrementalRepair() == other.incrementalRepair()
                        && one.subrangeIncrementalRepair() == other.subrangeIncrementalRepair()
                        && tables(cluster, one).equals(tables(cluster, other))
                        && nodes(cluster, one).equals(nodes(cluster, other))
                        && datacenters(cluster, one).equals(datacenters(cluster, other)));
    }

    private boolean equal(RepairUnit one, RepairUnit other) {
        return one.equalTo(other, context.configuration().storageFlavour());
    }

    /** As far as a comparison goes: requested or all, minus blacklist; tables with time windows count. */
    private Set<String> tables(Cluster cluster, RepairUnit unit) {
        Set<String> tables = new HashSet<>(unit.columnFamilies());
        if (tables.isEmpty()) {
            context.management()
                    .metadata(cluster)
                    .flatMap(cassandra -> keyspace(cassandra, unit))
                    .ifPresent(keyspace -> tables.addAll(keyspace.tableNames()));
        }
        unit.blacklistedTables().forEach(tables::remove);
        return tables;
    }

    private Set<String> nodes(Cluster cluster, RepairUnit unit) {
        return new HashSet<>(
                unit.nodes().isEmpty()
                        ? context.management()
                                .connect(cluster)
                                .map(context.management()::liveNodes)
                                .orElse(List.of())
                        : unit.nodes());
    }

    private Set<String> datacenters(Cluster cluster, RepairUnit unit) {
        if (!unit.datacenters().isEmpty()) {
            return new HashSet<>(unit.datacenters());
        }
        return context.management().connect(cluster).stream()
                .flatMap(cassandra -> nodes(cluster, unit).stream()
                        .map(cassandra::node)
                        .flatMap(Optional::stream)
                        .map(CassandraNode::datacenter))
                .collect(Collectors.toSet());
    }

    /**
     * The tables that a unit's run repairs, in the order of {@link Names#set}: those requested, or all but those with time windows if
     * Reaper is told to leave them out; minus the blacklist. Empty if the blacklist leaves nothing.
     *
     * <p>A keyspace that has nothing but tables with time windows gives all of them: Cassandra is then asked without table names, and a
     * run never shows none (spec reaper 2.4).
     */
    List<String> tablesToRepair(Keyspace keyspace, RepairUnit unit) {
        if (!unit.columnFamilies().isEmpty()) {
            return withoutBlacklist(unit.columnFamilies(), unit);
        }
        List<String> wanted = keyspace.tables().stream()
                .filter(table -> !context.configuration().blacklistTwcsTables() || !table.timeWindowed())
                .map(Table::name)
                .toList();
        boolean isNothingAsked = wanted.isEmpty() && unit.blacklistedTables().isEmpty();
        return withoutBlacklist(isNothingAsked ? keyspace.tableNames() : wanted, unit);
    }

    private static List<String> withoutBlacklist(Collection<String> tables, RepairUnit unit) {
        return Names.set(tables.stream()
                .filter(table -> !unit.blacklistedTables().contains(table))
                .toList());
    }

    private static Optional<Keyspace> keyspace(CassandraCluster cassandra, RepairUnit unit) {
        return cassandra.keyspaceIgnoringCase(unit.keyspaceName());
    }
}
