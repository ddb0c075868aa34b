package io.understudy.reaper;

import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.CassandraNode;
import io.understudy.world.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Notices which nodes go down and come back: repairs under way suffer from it, and the other nodes tell their subscribers (spec reaper
 * 1.10).
 */
final class GossipWatch implements Service {
    private final AppContext context;
    private final ReaperFaults faults;
    private final RepairManager manager;
    private final DiagEventService diagEvents;
    private final Set<String> down = new TreeSet<>();
    private @Nullable PlannedFlap planned;

    /** When a node is going to flap, and under which number that is planned. */
    record PlannedFlap(Instant at, long sequence) {}

    /**
     * What is remembered.
     *
     * @param down the nodes that were down at the last look
     */
    record State(List<String> down, @Nullable PlannedFlap planned) {
        static final State EMPTY = new State(List.of(), null);
    }

    /** A node that flaps goes down or comes back. */
    record NodeFlap() implements Event {}

    GossipWatch(AppContext context, ReaperFaults faults, RepairManager manager, DiagEventService diagEvents) {
        this.context = context;
        this.faults = faults;
        this.manager = manager;
        this.diagEvents = diagEvents;
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(NodeFlap.class);
    }

    /** What is down when the process begins is no news. */
    @Override
    public void start() {
        context.timers().cancelIf(NodeFlap.class::isInstance);
        planned = null;
        down.clear();
        down.addAll(downNow());
        plan();
    }

    @Override
    public void handle(Event event) {
        planned = null;
        observe();
    }

    /** To be called when nodes may have gone or come, and when somebody has subscribed. */
    void observe() {
        Set<String> before = Set.copyOf(down);
        Set<String> now = downNow();
        down.clear();
        down.addAll(now);
        for (CassandraCluster cassandra : context.universe().clusters()) {
            for (CassandraNode node : cassandra.nodes()) {
                String key = key(cassandra, node);
                if (before.contains(key) != now.contains(key)) {
                    tell(cassandra, node, !now.contains(key));
                }
            }
        }
        plan();
    }

    private void tell(CassandraCluster cassandra, CassandraNode node, boolean isUp) {
        String cluster = Names.symbolic(cassandra.name());
        context.emit(isUp ? "nodeUp" : "nodeDown", Map.of("cluster", cluster, "node", node.address()));
        if (!isUp) {
            manager.nodeDown(cluster, node.address());
        }
        diagEvents.gossip(cluster, context.management().liveNodes(cassandra), node.address(), isUp);
    }

    private Set<String> downNow() {
        Set<String> found = new TreeSet<>();
        for (CassandraCluster cassandra : context.universe().clusters()) {
            for (CassandraNode node : cassandra.nodes()) {
                if (!context.management().isLive(cassandra, node)) {
                    found.add(key(cassandra, node));
                }
            }
        }
        return found;
    }

    private static String key(CassandraCluster cassandra, CassandraNode node) {
        return cassandra.name() + "/" + node.address();
    }

    private void plan() {
        Optional<Instant> next = faults.nextFlap();
        PlannedFlap before = planned;
        if (before != null && next.filter(before.at()::equals).isPresent()) {
            return;
        }
        if (before != null) {
            context.timers().cancel(before.sequence());
        }
        planned = next.map(at -> new PlannedFlap(at, context.timers().at(at, new NodeFlap())))
                .orElse(null);
    }

    State state() {
        return new State(List.copyOf(down), planned);
    }

    void restore(State state) {
        down.clear();
        down.addAll(state.down());
        planned = state.planned();
    }
}
