package io.understudy.undermoon;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a coordinator (knob {@code coordinatorSim}, spec undermoon 8.4, 11): once a second it reports dead
 * proxies, commits migrations that have run their time, and fails over what is suspected by enough reporters.
 *
 * <p>A migration runs from when it is shown and the proxies at both its ends have got to know of it; it stands still while
 * one of them is down or the cluster's migrations are stuck, and starts anew when a failover has given it a new epoch.
 *
 * <pre>
 *   expand   synced                     done, committed at the next tick
 *     │──lag──│─────── 5 s ──────────────│──│
 * </pre>
 *
 * <p>It never has to be woken for nothing: {@link #nextTick} is the next second at which something can happen, empty in an
 * idle world. A caller keeps one event scheduled at that instant, and asks again after every command, every
 * {@link #observe} and every {@link #tick}.
 */
final class Autopilot {
    /** A coordinator's pause between two rounds. */
    static final Duration TICK = Duration.ofSeconds(1);

    private final Settings settings;
    private final MetaStorage storage;
    private final Broker broker;
    private final ServerProxies proxies;
    private final Conditions conditions;
    private final long startMillis;
    private long lastTickMillis;
    private Map<TaskKey, Timer> timers = new LinkedHashMap<>();

    Autopilot(Settings settings, MetaStorage storage, ServerProxies proxies, Conditions conditions, Instant start) {
        this(new State(settings, start.toEpochMilli(), start.toEpochMilli(), List.of()), storage, proxies, conditions);
    }

    Autopilot(State state, MetaStorage storage, ServerProxies proxies, Conditions conditions) {
        this.settings = state.settings();
        this.storage = storage;
        this.broker = storage.broker();
        this.proxies = proxies;
        this.conditions = conditions;
        this.startMillis = state.startMillis();
        this.lastTickMillis = state.lastTickMillis();
        state.timers().forEach(timer -> timers.put(timer.key(), timer));
    }

    /** Looks at what is shown and what is wrong; call it after every command and every change of conditions. */
    void observe(Instant now) {
        Map<TaskKey, Timer> observed = new LinkedHashMap<>();
        broker.store().clusters().forEach((name, cluster) -> {
            for (StoredTask task :
                    LimitedView.migrations(cluster, broker.config().migrationLimit())) {
                TaskKey key = new TaskKey(name, task.rangeList(), task.meta().epoch());
                Timer timer = timers.getOrDefault(key, new Timer(key, cluster.epoch(), 0, null));
                Optional<Long> since = runsFrom(cluster, task, timer, now).map(Instant::toEpochMilli);
                observed.put(key, timer.continued(since, now.toEpochMilli()));
            }
        });
        timers = observed;
    }

    /** When to call {@link #tick} next, not before {@code now}; empty if never, as things are. */
    Optional<Instant> nextTick(Instant now) {
        LongStream migrations = timers.values().stream()
                .map(this::doneMillis)
                .flatMap(Optional::stream)
                .mapToLong(Long::longValue);
        LongStream reports = broker.store().failures().entrySet().stream()
                .flatMapToLong(suspect -> nextOnSuspect(suspect.getKey(), suspect.getValue(), now));
        LongStream detection = deadAndUnreported().isEmpty() ? LongStream.empty() : LongStream.of(now.toEpochMilli());
        return LongStream.concat(LongStream.concat(migrations, reports), detection).min().stream()
                .mapToObj(millis -> tickAt(Math.max(millis, now.toEpochMilli())))
                .findFirst();
    }

    /** One round of the coordinator's loops, at an instant {@link #nextTick} has given. Tells the proxies of changes. */
    List<Deed> tick(Instant now) {
        lastTickMillis = now.toEpochMilli();
        List<Deed> deeds = new ArrayList<>();
        detectFailures(now, deeds);
        commitMigrations(now, deeds);
        handleFailures(now, deeds);
        proxies.noteChange(broker, now);
        observe(now);
        return deeds;
    }

    State state() {
        return new State(settings, startMillis, lastTickMillis, List.copyOf(timers.values()));
    }

    // Loop 1: failure detection

    private void detectFailures(Instant now, List<Deed> deeds) {
        for (String address : deadAndUnreported()) {
            if (storage.reportFailure(address, settings.reporterId(), now.getEpochSecond())
                    .isAccepted()) {
                deeds.add(new Deed.Reported(address));
            }
        }
    }

    /** Failed proxies are not looked at any more; a report that stands is not repeated, it would change nothing. */
    private List<String> deadAndUnreported() {
        MetaStore store = broker.store();
        return store.allProxies().values().stream()
                .filter(proxy -> conditions.isDown(proxy.proxyAddress(), proxy.host()))
                .map(ProxyResource::proxyAddress)
                .filter(address -> !store.failedProxies().contains(address))
                .filter(address -> !isReportedByMe(address))
                .toList();
    }

    private boolean isReportedByMe(String address) {
        Map<String, Long> reports = broker.store().failures().get(address);
        return reports != null && reports.containsKey(settings.reporterId());
    }

    // Loop 3: migration (loop 2, metadata sync, is what ServerProxies does)

    private void commitMigrations(Instant now, List<Deed> deeds) {
        for (Timer timer : List.copyOf(timers.values())) {
            if (doneMillis(timer).filter(done -> done <= now.toEpochMilli()).isPresent()) {
                slotRange(timer.key()).ifPresent(slots -> {
                    MigrationTask task = new MigrationTask(timer.key().cluster(), slots);
                    if (storage.commitMigration(task).isAccepted()) {
                        deeds.add(new Deed.Committed(task));
                    }
                });
            }
        }
    }

    private Optional<SlotRange> slotRange(TaskKey key) {
        return broker.store()
                .cluster(key.cluster())
                .flatMap(cluster -> LimitedView.migrations(cluster, 0).stream()
                        .filter(task -> key.equals(new TaskKey(
                                key.cluster(), task.rangeList(), task.meta().epoch())))
                        .map(task -> MetaStoreQuery.slotRange(cluster, task))
                        .findFirst());
    }

    private Optional<Instant> runsFrom(Cluster cluster, StoredTask task, Timer timer, Instant now) {
        Optional<Instant> src = readyAt(cluster, task.meta().src(), timer.shownAtEpoch(), now);
        Optional<Instant> dst = readyAt(cluster, task.meta().dst(), timer.shownAtEpoch(), now);
        return conditions.migrationStuck(timer.key().cluster()) || src.isEmpty()
                ? Optional.empty()
                : dst.map(instant -> instant.isAfter(src.get()) ? instant : src.get());
    }

    private Optional<Instant> readyAt(Cluster cluster, ChunkPart place, long epoch, Instant now) {
        return cluster.chunkAt(place)
                .flatMap(chunk -> proxies.knowsAt(chunk.proxyOfPart(place.part()), epoch, broker, now));
    }

    private Optional<Long> doneMillis(Timer timer) {
        Duration planned = settings.migrationDuration()
                .plus(settings.perSlot().multipliedBy(timer.key().rangeList().count()));
        long needed = (long) (planned.toMillis() * conditions.slowCommitFactor())
                + conditions.slowCommitExtra().toMillis();
        return Optional.ofNullable(timer.runningSinceMillis())
                .map(since -> since + Math.max(0, needed - timer.ranMillis()));
    }

    // Loop 4: failure handling

    private void handleFailures(Instant now, List<Deed> deeds) {
        for (String address : storage.failures(now.getEpochSecond())) {
            Outcome<Optional<ProxyView>> outcome = storage.failover(address);
            if (outcome instanceof Outcome.Accepted<Optional<ProxyView>> accepted) {
                accepted.value().ifPresent(view -> proxies.noteReplacement(view.address(), broker, now));
            }
            deeds.add(new Deed.FailedOver(address, outcome));
        }
    }

    /** A suspect with a quorum is failed over in every round; any other one waits for its reports to expire. */
    private LongStream nextOnSuspect(String address, Map<String, Long> reports, Instant now) {
        boolean isListed = broker.store().proxy(address).isPresent()
                && Epoch.isAtLeast(reports.size(), broker.config().failureQuorum());
        long ttl = broker.config().failureTtl().toSeconds();
        return isListed
                ? LongStream.of(now.toEpochMilli())
                : reports.values().stream().mapToLong(seconds -> (seconds + ttl) * 1000);
    }

    /** The first tick at or after an instant, but after the last one. */
    private Instant tickAt(long millis) {
        long tick = TICK.toMillis();
        long earliest = Math.max(millis, lastTickMillis + 1);
        return Instant.ofEpochMilli(startMillis + Math.floorDiv(earliest - startMillis + tick - 1, tick) * tick);
    }

    /**
     * @param migrationDuration virtual time a migration runs; default 5 s
     * @param perSlot added for every slot it moves; default zero
     * @param reporterId in whose name failures are reported; default {@code 127.0.0.1:6699}
     */
    record Settings(Duration migrationDuration, Duration perSlot, String reporterId) {
        static final Settings DEFAULT = new Settings(Duration.ofSeconds(5), Duration.ZERO, "127.0.0.1:6699");
    }

    /** What a round did, for the journal. */
    sealed interface Deed {
        record Reported(String address) implements Deed {}

        record Committed(MigrationTask task) implements Deed {}

        record FailedOver(String address, Outcome<Optional<ProxyView>> outcome) implements Deed {}
    }

    /** What makes a migration the same one: a reset one has a new epoch and starts anew. */
    record TaskKey(String cluster, RangeList rangeList, long epoch) {}

    /**
     * A shown migration and how long it has run.
     *
     * @param shownAtEpoch the cluster's epoch when it was first shown: what the proxies must know
     * @param ranMillis before it last stood still
     * @param runningSinceMillis may lie ahead, while the proxies are being told; null while it stands still
     */
    record Timer(
            TaskKey key,
            long shownAtEpoch,
            long ranMillis,
            @Nullable Long runningSinceMillis) {
        Timer continued(Optional<Long> since, long nowMillis) {
            if (since.isPresent()) {
                return runningSinceMillis != null ? this : new Timer(key, shownAtEpoch, ranMillis, since.get());
            }
            long ran = runningSinceMillis == null ? 0 : Math.max(0, nowMillis - runningSinceMillis);
            return new Timer(key, shownAtEpoch, ranMillis + ran, null);
        }
    }

    /** Everything remembered. */
    record State(Settings settings, long startMillis, long lastTickMillis, List<Timer> timers) {}
}
