package io.understudy.undermoon;

import io.understudy.system.Settings;
import io.understudy.system.Surroundings;
import io.understudy.undermoon.Outcome.Done;
import io.understudy.world.Event;
import io.understudy.world.Kernel;
import io.understudy.world.Part;
import io.understudy.world.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The broker and what stands around it in a real deployment, living in a world: server proxies that get to know its
 * epochs, and a coordinator if there is one.
 *
 * <p>Whoever commands the broker does so through {@link #update} and its kin, so that all of them take notice. What happens by
 * itself are rounds, scheduled while they can change something: those of a waiting {@code auto} (spec undermoon 3.5), of the
 * coordinator, and of the broker's process.
 */
final class Deployment implements MemBrokerService, Part<Deployment.State> {
    private static final Duration ROUND = Duration.ofSeconds(AutoScale.ROUND_SECONDS);

    private final Kernel kernel;
    private final Timers timers;
    private final Surroundings world;
    private final Settings settings;
    private final Conditions conditions;
    private final UndermoonPreset preset;
    private final Agenda agenda;
    private final Announcer announcer;
    private final ReplicaSync replicas;
    private @Nullable AutoScaleListener listener;

    private BrokerProcess process;
    private ServerProxies proxies;
    private Autopilot autopilot;
    private boolean autopilotOn;

    /**
     * Everything remembered.
     *
     * @param rounds the rounds ahead, by kind
     */
    record State(
            BrokerProcess.State process,
            ServerProxies.State proxies,
            Autopilot.State autopilot,
            boolean autopilotOn,
            Map<String, Agenda.Planned> rounds) {}

    /** A round of the wait of that {@code auto}. */
    record AutoScaleRound(String ticket) implements Event {}

    /** A round of the coordinator. */
    record CoordinatorRound() implements Event {}

    Deployment(Surroundings world, Conditions conditions) {
        this.world = world;
        this.kernel = world.kernel();
        this.timers = kernel.timers(this);
        this.settings = world.settings();
        this.conditions = conditions;
        this.preset = UndermoonPreset.parse(settings.preset());
        this.agenda = new Agenda(timers);
        this.announcer = new Announcer(kernel);
        this.replicas = new ReplicaSync(world, announcer);
        this.process = process(
                BrokerProcess.begun(settings, MetaStoreData.empty(settings.get(UndermoonKnobs.ORDERED_PROXY)), now()));
        this.proxies = newProxies();
        this.autopilot = newAutopilot();
    }

    void listen(AutoScaleListener newListener) {
        listener = newListener;
    }

    @Override
    public Broker broker() {
        return process.broker();
    }

    BrokerProcess process() {
        return process;
    }

    ServerProxies proxies() {
        return proxies;
    }

    Instant now() {
        return kernel.clock().now();
    }

    // ---- commands ----

    @Override
    public <T> Outcome<T> update(Function<Broker, Outcome<T>> command) {
        return noticed(process.storage().update(MetaStorage.Write.IF_ACCEPTED, command));
    }

    @Override
    public Outcome<Done> restore(MetaStoreData data) {
        return noticed(process.storage().restore(data));
    }

    @Override
    public Outcome<Done> registerProxy(ProxyRegistration registration) {
        return noticed(process.storage().registerProxy(registration));
    }

    @Override
    public Outcome<Done> reportFailure(String address, String reporterId) {
        return noticed(process.storage().reportFailure(address, reporterId, now().getEpochSecond()));
    }

    @Override
    public List<String> failures() {
        List<String> failures = process.storage().failures(now().getEpochSecond());
        changed();
        return failures;
    }

    @Override
    public void setReplicaAddresses(List<String> addresses) {
        broker().setReplicaAddresses(addresses);
        changed();
    }

    @Override
    public Outcome<Optional<ProxyView>> failover(String address) {
        Outcome<Optional<ProxyView>> outcome = process.storage().failover(address);
        if (outcome instanceof Outcome.Accepted<Optional<ProxyView>> accepted) {
            accepted.value().ifPresent(this::noteReplacement);
        }
        return noticed(outcome);
    }

    private void noteReplacement(ProxyView replacement) {
        proxies.noteReplacement(replacement.address(), broker(), now());
    }

    @Override
    public Outcome<Done> triggerUpdate() {
        return process.triggerUpdate();
    }

    @Override
    public EpochAnswers fetchEpochs(List<String> proxyAddresses) {
        return proxies.ask(proxyAddresses, broker(), now());
    }

    @Override
    public void waitForProxyEpoch(AutoScale waiting) {
        timers.after(ROUND, new AutoScaleRound(waiting.ticket()));
    }

    // ---- domain controls ----

    /** The broker's process ends and is started anew; what stands around it goes on. */
    void restart() {
        Optional<AutoScale> waiting = broker().autoScale();
        process.restart(now());
        if (listener != null) {
            waiting.map(AutoScale::ticket).ifPresent(listener::autoScaleLost);
        }
        changed();
    }

    /** The broker has this store from now on, whatever its epoch, as if it had always been so. */
    void replaceStore(MetaStoreData store) {
        process.storage().replaceStore(store);
        changed();
    }

    /** Another broker writes to the external process.storage(). */
    void writeExternal(MetaStoreData store) {
        process.writeExternal(store);
        changed();
    }

    /** Commits every migration that the cluster shows now, as a coordinator would, and says how many it committed. */
    int commitShownMigrations(String cluster) {
        int committed = 0;
        for (MigrationTask task :
                broker().cluster(cluster).map(Deployment::migratingTasks).orElse(List.of())) {
            if (process.storage().commitMigration(task).isAccepted()) {
                announcer.committed(task);
                triggerUpdate();
                committed++;
            }
        }
        changed();
        return committed;
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
        proxies.settle(broker(), now());
        change.accept(proxies);
        changed();
    }

    /** Called before a condition changes: the past keeps the conditions that it had. */
    void conditionsWillChange() {
        proxies.settle(broker(), now());
    }

    /** Called after a condition has changed. */
    void conditionsChanged() {
        changed();
    }

    // ---- what happens by itself ----

    private <T> Outcome<T> noticed(Outcome<T> outcome) {
        changed();
        return outcome;
    }

    private void changed() {
        Instant now = now();
        proxies.noteChange(broker(), now);
        autopilot.observe(now);
        agenda.plan(new CoordinatorRound(), autopilotOn ? autopilot.nextTick(now) : Optional.empty());
        process.planRounds(now);
        announcer.epoch(broker().globalEpoch());
    }

    private void coordinatorRound() {
        for (Autopilot.Deed deed : autopilot.tick(now())) {
            announcer.deed(deed);
            triggerUpdate();
        }
        changed();
    }

    private void autoScaleRound(String ticket) {
        Optional<AutoScale> waiting =
                broker().autoScale().filter(scale -> scale.ticket().equals(ticket));
        if (waiting.isEmpty()) {
            return; // given up, or another one waits by now
        }
        AutoScale.Step step = autoScaleRound(waiting.get());
        changed();
        if (step instanceof AutoScale.Step.Finished finished) {
            if (listener != null) {
                listener.autoScaleFinished(ticket, finished.outcome());
            }
        } else {
            timers.after(ROUND, new AutoScaleRound(ticket));
        }
    }

    private AutoScale.Step autoScaleRound(AutoScale waiting) {
        EpochAnswers answers = fetchEpochs(waiting.proxies());
        if (!waiting.isSatisfiedBy(answers)) {
            return broker().autoScaleRound(answers);
        }
        Outcome<Done> outcome = process.storage()
                .update(
                        MetaStorage.Write.IF_ACCEPTED,
                        it -> it.autoScaleRound(answers) instanceof AutoScale.Step.Finished finished
                                ? finished.outcome()
                                : Outcome.done());
        return new AutoScale.Step.Finished(outcome);
    }

    private Autopilot newAutopilot() {
        return new Autopilot(UndermoonKnobs.autopilot(settings), process.storage(), proxies, conditions, now());
    }

    private ServerProxies newProxies() {
        return new ServerProxies(settings.get(UndermoonKnobs.PROXY_SYNC_LAG), conditions);
    }

    private BrokerProcess process(BrokerProcess.State state) {
        return new BrokerProcess(world, conditions, agenda, announcer, replicas, state);
    }

    // ---- a part of the world ----

    @Override
    public String name() {
        return UndermoonFaults.SYSTEM;
    }

    @Override
    public void reset() {
        agenda.restore(Map.of());
        proxies = newProxies();
        Broker begun = new Broker(UndermoonKnobs.brokerConfig(settings, kernel));
        preset.apply(begun, replacement -> proxies.noteReplacement(replacement.address(), begun, now()));
        process = process(BrokerProcess.begun(settings, begun.metadata(), now()));
        autopilot = newAutopilot();
        autopilotOn = settings.get(UndermoonKnobs.COORDINATOR_SIM);
        announcer.epochIsKnown(broker().globalEpoch());
        changed();
    }

    @Override
    public State state() {
        return new State(process.state(), proxies.state(), autopilot.state(), autopilotOn, agenda.state());
    }

    @Override
    public void restore(State state) {
        agenda.restore(state.rounds());
        process = process(state.process());
        proxies = new ServerProxies(state.proxies(), conditions);
        autopilot = new Autopilot(state.autopilot(), process.storage(), proxies, conditions);
        autopilotOn = state.autopilotOn();
        announcer.epochIsKnown(broker().globalEpoch());
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        Set<Class<? extends Event>> types = new HashSet<>(BrokerProcess.ROUNDS);
        types.add(AutoScaleRound.class);
        types.add(CoordinatorRound.class);
        return types;
    }

    @Override
    public void handle(Event event) {
        if (event instanceof AutoScaleRound round) {
            autoScaleRound(round.ticket());
            return;
        }
        agenda.came(event);
        if (event instanceof CoordinatorRound) {
            coordinatorRound();
        } else {
            process.round(event, now());
            if (event instanceof BrokerProcess.RefreshRound) {
                changed();
            }
        }
    }
}
