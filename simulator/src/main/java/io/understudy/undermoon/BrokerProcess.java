package io.understudy.undermoon;

import io.understudy.system.Settings;
import io.understudy.system.Surroundings;
import io.understudy.undermoon.Outcome.Done;
import io.understudy.world.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The broker as a running process: where it keeps its store, the file it saves it to, the replicas it pushes it to. It can be
 * restarted; then what is in memory is lost, and what is outside is not.
 */
final class BrokerProcess {
    private final List<String> initialReplicas;
    private final Duration refreshInterval;
    private final Duration syncMetaInterval;
    private final BrokerConfig config;
    private final Agenda agenda;
    private final Announcer announcer;
    private final ReplicaSync replicas;
    private final Broker broker;
    private final MetaStorage storage;
    private final MetaFile metaFile;
    private Instant startedAt;

    /**
     * Everything remembered.
     *
     * @param external what the external storage keeps; null if there is none
     * @param metaFile what was last saved; null if nothing ever was
     * @param startedAt when the process was last started
     */
    record State(
            BrokerState broker,
            @Nullable ExternalStore external,
            @Nullable MetaStoreData metaFile,
            Instant startedAt) {}

    /** The metadata file is written. */
    record MetaFileRound() implements Event {}

    /** The cache of the external storage is refreshed. */
    record RefreshRound() implements Event {}

    /** The store is pushed to the replicas. */
    record ReplicaRound() implements Event {}

    static final Set<Class<? extends Event>> ROUNDS =
            Set.of(MetaFileRound.class, RefreshRound.class, ReplicaRound.class);

    BrokerProcess(
            Surroundings world,
            Conditions conditions,
            Agenda agenda,
            Announcer announcer,
            ReplicaSync replicas,
            State state) {
        Settings settings = world.settings();
        this.initialReplicas = settings.get(UndermoonKnobs.REPLICA_ADDRESSES);
        this.refreshInterval = settings.get(UndermoonKnobs.REFRESH_INTERVAL);
        this.syncMetaInterval = settings.get(UndermoonKnobs.SYNC_META_INTERVAL);
        this.config = UndermoonKnobs.brokerConfig(settings, world.kernel());
        this.agenda = agenda;
        this.announcer = announcer;
        this.replicas = replicas;
        this.broker = new Broker(config, state.broker());
        this.storage = state.external() == null
                ? new MemoryStorage(broker)
                : new ExternalStorage(broker, conditions, state.external());
        this.metaFile =
                new MetaFile(UndermoonKnobs.metaFile(settings), conditions, Optional.ofNullable(state.metaFile()));
        this.startedAt = state.startedAt();
    }

    /** A process that has just begun with that store, which its storage keeps and, if it saves every change, its file. */
    static State begun(Settings settings, MetaStoreData store, Instant now) {
        boolean isExternal = settings.get(UndermoonKnobs.STORAGE) == UndermoonKnobs.Storage.EXTERNAL;
        boolean isSaved = settings.get(UndermoonKnobs.AUTO_UPDATE_META_FILE);
        return new State(
                new BrokerState(store, settings.get(UndermoonKnobs.REPLICA_ADDRESSES), null),
                isExternal ? ExternalStore.first(store) : null,
                isSaved ? store : null,
                now);
    }

    State state() {
        return new State(
                broker.state(), external().orElse(null), metaFile.content().orElse(null), startedAt);
    }

    Broker broker() {
        return broker;
    }

    MetaStorage storage() {
        return storage;
    }

    MetaFile metaFile() {
        return metaFile;
    }

    /** What the external storage keeps, if there is one. */
    Optional<ExternalStore> external() {
        return storage instanceof ExternalStorage external ? Optional.of(external.external()) : Optional.empty();
    }

    /** Another broker writes to the external storage. */
    void writeExternal(MetaStoreData store) {
        if (!(storage instanceof ExternalStorage external)) {
            throw new IllegalStateException("there is no external storage; set undermoon.storage=external");
        }
        external.writtenByAnother(store);
        announcer.writtenByAnother(external.external());
    }

    /** The persist step (spec undermoon 3.0). */
    Outcome<Done> triggerUpdate() {
        return metaFile.settings().autoUpdate() ? writeMetaFile() : Outcome.done();
    }

    private Outcome<Done> writeMetaFile() {
        Outcome<Done> outcome = metaFile.write(broker);
        announcer.metaFile(broker, outcome);
        return outcome;
    }

    void restart(Instant now) {
        boolean isRecovered = storage instanceof MemoryStorage
                && metaFile.settings().recover()
                && metaFile.content().isPresent();
        broker.restart(
                isRecovered ? metaFile.content().orElseThrow() : MetaStoreData.empty(config.enableOrderedProxy()),
                initialReplicas);
        startedAt = now;
        for (Event round : List.of(new MetaFileRound(), new RefreshRound(), new ReplicaRound())) {
            agenda.plan(round, Optional.empty());
        }
        announcer.restarted(broker, isRecovered);
    }

    // ---- rounds ----

    /** Called after everything that may have changed something. */
    void planRounds(Instant now) {
        agenda.planRegular(
                new MetaFileRound(), every(metaFile.settings().updateInterval()).after(now), now);
        if (storage instanceof ExternalStorage external) {
            Interval rounds = every(refreshInterval);
            agenda.planRegular(new RefreshRound(), external.nextRefresh(rounds, now), now);
        }
        planReplicas(now);
    }

    private void planReplicas(Instant now) {
        Optional<Instant> next = broker.replicaAddresses().isEmpty()
                ? Optional.empty()
                : every(syncMetaInterval).after(now);
        agenda.planRegular(new ReplicaRound(), next, now);
        replicas.expect(next.isPresent());
    }

    private Interval every(Duration interval) {
        return new Interval(startedAt, interval);
    }

    /** Makes a round. */
    void round(Event round, Instant now) {
        if (round instanceof MetaFileRound) {
            writeMetaFile();
        } else if (round instanceof RefreshRound && storage instanceof ExternalStorage external) {
            announcer.refreshed(broker, external.refresh(now.getEpochSecond()));
        } else if (round instanceof ReplicaRound) {
            // however many rounds one step of the world goes past, the store is pushed once: it is pushed whole
            replicas.pushAfterStep(broker, this::planReplicas);
        }
    }
}
