package io.understudy.reaper;

import io.understudy.reaper.ReaperConfiguration.DatacenterAvailability;
import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.reaper.cassandra.Keyspace;
import io.understudy.reaper.cassandra.Replicas;
import io.understudy.reaper.cassandra.ReplicatedRange;
import io.understudy.reaper.cassandra.TokenRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run has to know of its cluster as it is now: who could coordinate a segment, and whether its replicas are ready for it. */
final class Coordinators {
    private final AppContext context;
    private final RepairRun run;
    private final RepairUnit unit;
    private final CassandraCluster cassandra;
    private final Optional<Keyspace> keyspace;

    private Coordinators(AppContext context, RepairRun run, CassandraCluster cassandra) {
        this.context = context;
        this.run = run;
        this.unit = context.store().requireUnit(run.plan().repairUnitId());
        this.cassandra = cassandra;
        this.keyspace = cassandra.keyspaceIgnoringCase(unit.keyspaceName());
    }

    /** Empty if no seed of the run's cluster belongs to any cluster any more. */
    static Optional<Coordinators> of(AppContext context, RepairRun run) {
        return context.store()
                .cluster(run.plan().clusterName())
                .flatMap(context.management()::cassandra)
                .map(cassandra -> new Coordinators(context, run, cassandra));
    }

    RepairUnit unit() {
        return unit;
    }

    Optional<Keyspace> keyspace() {
        return keyspace;
    }

    /** The nodes that could coordinate the segment, reachable or not. None if the range or its replicas are gone. */
    List<CassandraNode> potential(RepairSegment segment) {
        if (segment.hostId() != null) {
            // by the id, so that a node which came back under another address is still the one
            return cassandra.nodes().stream()
                    .filter(node -> node.hostId().equals(segment.hostId()))
                    .toList();
        }
        List<CassandraNode> nodes = new ArrayList<>();
        for (String host : replicas(segment.baseRange()).hosts()) {
            cassandra.node(host).ifPresent(nodes::add);
        }
        return nodes;
    }

    List<CassandraNode> reachable(RepairSegment segment) {
        return potential(segment).stream()
                .filter(node -> context.management().isReachable(cassandra, node))
                .toList();
    }

    private Replicas replicas(TokenRange range) {
        Replicas all = keyspace.flatMap(known -> cassandra.enclosing(known, range))
                .map(ReplicatedRange::replicas)
                .orElse(Replicas.NONE);
        return unit.datacenters().isEmpty() ? all : all.in(unit.datacenters());
    }

    /** Asks all replicas for their compactions: what the run says of itself if the segment must wait (spec reaper 3.1.3, 3.1.5). */
    Optional<String> whyNotReady(RepairSegment segment) {
        int max = context.configuration().maxPendingCompactions();
        List<CassandraNode> unreachable = new ArrayList<>();
        for (String host : replicas(segment.baseRange()).datacenters().keySet()) {
            Optional<CassandraNode> node = cassandra.node(host);
            if (node.isEmpty()) {
                continue;
            }
            if (!context.management().isReachable(cassandra, node.get())) {
                unreachable.add(node.get());
                continue;
            }
            int pending = context.management().pendingCompactions(cassandra, node.get());
            if (pending > max) {
                // literally so: the run's id, and the Optional that upstream prints
                return Optional.of("postponed repair segment " + run.id()
                        + " because of too many pending compactions (Optional[" + pending + "] > " + max + ") on host "
                        + host);
            }
        }
        return whyUnreachable(segment, unreachable);
    }

    private Optional<String> whyUnreachable(RepairSegment segment, List<CassandraNode> unreachable) {
        if (unreachable.isEmpty()) {
            return Optional.empty();
        }
        boolean isLocal = context.configuration().datacenterAvailability() == DatacenterAvailability.LOCAL;
        if (isLocal) {
            // only the datacenter of the node that Reaper is connected to counts
            reachable(segment).stream()
                    .findFirst()
                    .ifPresent(connected ->
                            unreachable.removeIf(node -> !node.datacenter().equals(connected.datacenter())));
        }
        if (unreachable.isEmpty()) {
            return Optional.empty();
        }
        List<String> hosts = unreachable.stream().map(CassandraNode::address).toList();
        return Optional.of("Postponed repair segment " + segment.id() + " on repair run with id " + run.id()
                + " because we couldn't get " + (isLocal ? "datacenter " : "") + "hosts metrics on "
                + String.join(" ", hosts));
    }

    /** The segment's share of the ring, above 0 and up to 1. */
    double share(RepairSegment segment) {
        return cassandra
                .partitioner()
                .space()
                .map(space -> share(segment, space.size()))
                .orElse(1.0);
    }

    private static double share(RepairSegment segment, BigInteger ringSize) {
        BigInteger span = BigInteger.ZERO;
        for (TokenRange range : segment.tokenRanges()) {
            span = span.add(range.span(ringSize));
        }
        return span.doubleValue() / ringSize.doubleValue();
    }
}
