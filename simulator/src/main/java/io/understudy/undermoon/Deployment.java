package io.understudy.undermoon;

import io.understudy.system.Settings;
import io.understudy.undermoon.Outcome.Done;
import io.understudy.world.Event;
import io.understudy.world.Kernel;
import io.understudy.world.Part;
import io.understudy.world.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The broker and what stands around it in a real deployment, living in a world: server proxies that get to know its epochs, and
 * a coordinator if there is one.
 *
 * <p>Whoever commands the broker does so through {@link #update}, so that proxies and coordinator take notice. Two things
 * happen by themselves: the rounds of a waiting {@code auto} (spec undermoon 3.5), and the coordinator's rounds in which it has
 * something to do.
 */
final class Deployment implements MemBrokerService, Part<Deployment.State> {
    private static final Duration ROUND = Duration.ofSeconds(AutoScale.ROUND_SECONDS);

    private final Kernel kernel;
    private final Timers timers;
    private final Settings settings;
    private final Conditions conditions;
    private final UndermoonPreset preset;
    private @Nullable AutoScaleListener listener;

    private Broker broker;
    private ServerProxies proxies;
    private Autopilot autopilot;
    private boolean autopilotOn;
    private long announcedEpoch;
    private Optional<PlannedRound> planned = Optional.empty();

    /** Is told when a waiting {@code auto} has come to its end. */
    interface AutoScaleListener {
        void finished(String ticket, Outcome<Done> outcome);
    }

    /** Everything remembered. */
    record State(
            BrokerState broker,
            ServerProxies.State proxies,
            Autopilot.State autopilot,
            boolean autopilotOn,
            @Nullable PlannedRound planned) {}

    /** The one coordinator's round that is scheduled. */
    record PlannedRound(Instant at, long sequence) {}

    /** A round of the wait of that {@code auto}. */
    record AutoScaleRound(String ticket) implements Event {}

    /** A round of the coordinator. */
    record CoordinatorRound() implements Event {}

    Deployment(Kernel kernel, Settings settings, Conditions conditions) {
        this.kernel = kernel;
        this.timers = kernel.timers(this);
        this.settings = settings;
        this.conditions = conditions;
        this.preset = UndermoonPreset.parse(settings.preset());
        this.broker = new Broker(UndermoonKnobs.brokerConfig(settings, kernel));
        this.proxies = new ServerProxies(settings.get(UndermoonKnobs.PROXY_SYNC_LAG), conditions);
        this.autopilot = newAutopilot();
    }

    void listen(AutoScaleListener newListener) {
        listener = newListener;
    }

    @Override
    public Broker broker() {
        return broker;
    }

    ServerProxies proxies() {
        return proxies;
    }

    Instant now() {
        return kernel.clock().now();
    }

    @Override
    public long nowUnixSeconds() {
        return now().getEpochSecond();
    }

    @Override
    public <T> Outcome<T> update(Function<Broker, Outcome<T>> command) {
        Outcome<T> outcome = command.apply(broker);
        changed();
        return outcome;
    }

    @Override
    public Outcome<Optional<ProxyView>> failover(String address) {
        return update(b -> {
            Outcome<Optional<ProxyView>> outcome = b.failover(address);
            if (outcome instanceof Outcome.Accepted<Optional<ProxyView>> accepted) {
                accepted.value().ifPresent(view -> proxies.noteReplacement(view.address(), b, now()));
            }
            return outcome;
        });
    }

    @Override
    public Outcome<Done> triggerUpdate() {
        return Outcome.done();
    }

    @Override
    public EpochAnswers fetchEpochs(List<String> proxyAddresses) {
        return proxies.ask(proxyAddresses, broker, now());
    }

    @Override
    public void waitForProxyEpoch(AutoScale waiting) {
        timers.after(ROUND, new AutoScaleRound(waiting.ticket()));
    }

    /** Commits every migration that the cluster shows now, and says how many. */
    int commitShownMigrations(String cluster) {
        List<MigrationTask> shown =
                broker.cluster(cluster).map(Deployment::migratingTasks).orElse(List.of());
        shown.forEach(task -> committed(task, broker.commitMigration(task)));
        changed();
        return shown.size();
    }

    private static List<MigrationTask> migratingTasks(ClusterView view) {
        return view.nodes().stream()
                .flatMap(node -> node.slots().stream())
                .filter(slots -> slots.tag() instanceof SlotRangeTag.Migrating)
                .map(slots -> new MigrationTask(view.name(), slots))
                .toList();
    }

    boolean isAutopilotOn() {
        return autopilotOn;
    }

    void switchAutopilot(boolean on) {
        autopilotOn = on;
        changed();
    }

    /** Does something to the server proxies and lets everybody take notice. */
    void changeProxies(Consumer<ServerProxies> change) {
        proxies.settle(broker, now());
        change.accept(proxies);
        changed();
    }

    /** Called before a condition changes: the past keeps the conditions that it had. */
    void conditionsWillChange() {
        proxies.settle(broker, now());
    }

    /** Called after a condition has changed. */
    void conditionsChanged() {
        changed();
    }

    private void changed() {
        Instant now = now();
        proxies.noteChange(broker, now);
        autopilot.observe(now);
        planCoordinator();
        announceEpoch();
    }

    private void announceEpoch() {
        long epoch = broker.globalEpoch();
        if (epoch != announcedEpoch) {
            announcedEpoch = epoch;
            emit("epochChanged", Map.of("globalEpoch", Epoch.text(epoch)));
        }
    }

    private void planCoordinator() {
        Optional<Instant> next = autopilotOn ? autopilot.nextTick(now()) : Optional.empty();
        if (next.equals(planned.map(PlannedRound::at))) {
            return;
        }
        planned.ifPresent(round -> timers.cancel(round.sequence()));
        planned = next.map(at -> new PlannedRound(at, timers.at(at, new CoordinatorRound())));
    }

    private void coordinatorRound() {
        planned = Optional.empty();
        for (Autopilot.Deed deed : autopilot.tick(now())) {
            if (deed instanceof Autopilot.Deed.Reported reported) {
                emit("failureReported", Map.of("address", reported.address()));
            } else if (deed instanceof Autopilot.Deed.Committed done) {
                committed(done.task(), Outcome.done());
            } else if (deed instanceof Autopilot.Deed.FailedOver failover) {
                failedOver(failover);
            }
        }
        changed();
    }

    private void committed(MigrationTask task, Outcome<Done> outcome) {
        if (outcome.isAccepted()) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("cluster", task.clusterName());
            details.put("slots", task.slotRange().rangeList().toString());
            emit("migrationCommitted", details);
        }
    }

    private void failedOver(Autopilot.Deed.FailedOver failover) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("address", failover.address());
        if (failover.outcome() instanceof Outcome.Refused<Optional<ProxyView>> refused) {
            details.put("error", refused.rejection().code().name());
        } else if (failover.outcome() instanceof Outcome.Accepted<Optional<ProxyView>> accepted) {
            accepted.value().ifPresent(view -> details.put("replacement", view.address()));
        }
        emit("proxyFailedOver", details);
    }

    private void autoScaleRound(String ticket) {
        Optional<AutoScale> waiting =
                broker.autoScale().filter(scale -> scale.ticket().equals(ticket));
        if (waiting.isEmpty()) {
            return; // given up, or another one waits by now
        }
        AutoScale.Step step = broker.autoScaleRound(fetchEpochs(waiting.get().proxies()));
        changed();
        if (step instanceof AutoScale.Step.Finished finished) {
            if (listener != null) {
                listener.finished(ticket, finished.outcome());
            }
        } else {
            timers.after(ROUND, new AutoScaleRound(ticket));
        }
    }

    private void emit(String type, Map<String, Object> details) {
        kernel.emit(UndermoonFaults.SYSTEM, type, details);
    }

    private Autopilot newAutopilot() {
        return new Autopilot(UndermoonKnobs.autopilot(settings), broker, proxies, conditions, now());
    }

    // ---- a part of the world ----

    @Override
    public String name() {
        return UndermoonFaults.SYSTEM;
    }

    @Override
    public void reset() {
        broker = new Broker(UndermoonKnobs.brokerConfig(settings, kernel));
        proxies = new ServerProxies(settings.get(UndermoonKnobs.PROXY_SYNC_LAG), conditions);
        autopilot = newAutopilot();
        autopilotOn = settings.get(UndermoonKnobs.COORDINATOR_SIM);
        planned = Optional.empty();
        preset.apply(this);
        announcedEpoch = broker.globalEpoch();
        changed();
    }

    @Override
    public State state() {
        return new State(broker.state(), proxies.state(), autopilot.state(), autopilotOn, planned.orElse(null));
    }

    @Override
    public void restore(State state) {
        broker = new Broker(UndermoonKnobs.brokerConfig(settings, kernel), state.broker());
        proxies = new ServerProxies(state.proxies(), conditions);
        autopilot = new Autopilot(state.autopilot(), broker, proxies, conditions);
        autopilotOn = state.autopilotOn();
        planned = Optional.ofNullable(state.planned());
        announcedEpoch = broker.globalEpoch();
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(AutoScaleRound.class, CoordinatorRound.class);
    }

    @Override
    public void handle(Event event) {
        if (event instanceof AutoScaleRound round) {
            autoScaleRound(round.ticket());
        } else if (event instanceof CoordinatorRound) {
            coordinatorRound();
        }
    }
}
