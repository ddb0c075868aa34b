package io.understudy.undermoon;

import io.understudy.undermoon.Outcome.Done;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The store is kept by another service, which other brokers use as well; what this broker shows is a cache (spec undermoon 8.2).
 *
 * <pre>
 *   read      ◄── cache
 *   command   ──► GET ─ apply ─ PUT ─► cache          refused: neither PUT nor cache, and so no epoch moves
 *   refresh   ──► GET ─ drop expired reports ─ PUT if there were any ─► cache
 * </pre>
 */
final class ExternalStorage implements MetaStorage {
    private final Broker broker;
    private final Conditions conditions;
    private ExternalStore external;

    ExternalStorage(Broker broker, Conditions conditions, ExternalStore external) {
        this.broker = broker;
        this.conditions = conditions;
        this.external = external;
    }

    @Override
    public Broker broker() {
        return broker;
    }

    /** What the external service keeps. */
    ExternalStore external() {
        return external;
    }

    /** Another broker writes; this one sees it when it refreshes or writes next. */
    void writtenByAnother(MetaStoreData store) {
        external = external.written(store);
    }

    @Override
    public <T> Outcome<T> update(Write when, Function<Broker, Outcome<T>> command) {
        MetaStoreData cached = broker.metadata();
        boolean scaled = broker.autoScale().isPresent();
        ExternalTrouble trouble = conditions.externalTrouble();
        broker.replaceStore(external.store());
        long epoch = broker.globalEpoch();

        Outcome<T> outcome = command.apply(broker);

        // the scale lock is asked before the storage (spec undermoon 3.0), so its refusal outranks all others
        Optional<ErrorCode> refusal = isRefusedWith(ErrorCode.NODE_NUMBER_CHANGING, outcome)
                ? Optional.of(ErrorCode.NODE_NUMBER_CHANGING)
                : trouble.onGet();
        boolean writes = refusal.isEmpty() && writes(when, outcome, epoch);
        if (writes) {
            refusal = put(broker.metadata(), trouble);
        }
        if (!writes || refusal.isPresent()) {
            broker.replaceStore(cached);
        }
        if (refusal.isPresent() && !scaled) {
            broker.abortAutoScale(); // a command that has come to nothing holds no lock
        }
        return refusal.<Outcome<T>>map(Outcome::refused).orElse(outcome);
    }

    private static boolean isRefusedWith(ErrorCode code, Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?> refused
                && refused.rejection().code() == code;
    }

    private boolean writes(Write when, Outcome<?> outcome, long epochBefore) {
        return switch (when) {
            case IF_ACCEPTED -> outcome.isAccepted();
            case IF_EPOCH_MOVED -> broker.globalEpoch() != epochBefore;
            case ALWAYS -> true;
        };
    }

    private Optional<ErrorCode> put(MetaStoreData store, ExternalTrouble trouble) {
        if (trouble.putArrives()) {
            external = external.written(store);
        }
        return trouble.onPut();
    }

    /** Touches the cache only, and only with a newer store; checks nothing else. */
    @Override
    public Outcome<Done> restore(MetaStoreData data) {
        if (Epoch.isLess(broker.globalEpoch(), data.globalEpoch())) {
            broker.replaceStore(data);
        }
        return Outcome.done();
    }

    /** Looks at a copy: only refreshing drops reports. */
    @Override
    public List<String> failures(long nowUnixSeconds) {
        return new Broker(broker.config(), broker.state()).failures(nowUnixSeconds);
    }

    @Override
    public void replaceStore(MetaStoreData data) {
        external = external.written(data);
        broker.replaceStore(data);
    }

    /** A round of refreshing; refused if the cache stays as it is. */
    Outcome<Done> refresh(long nowUnixSeconds) {
        ExternalTrouble trouble = conditions.externalTrouble();
        if (trouble.onGet().isPresent()) {
            return Outcome.refused(trouble.onGet().get());
        }
        MetaStore store = new MetaStore(external.store());
        store.purgeReports(nowUnixSeconds, broker.config().failureTtl().toSeconds());
        if (!store.failures().equals(external.store().failures())) {
            Optional<ErrorCode> refusal = put(store.data(), trouble);
            if (refusal.isPresent()) {
                return Outcome.refused(refusal.get());
            }
        }
        broker.replaceStore(external.store());
        return Outcome.done();
    }

    /** The next of those rounds that can change something: the cache is behind, or a report expires. */
    Optional<Instant> nextRefresh(Interval rounds, Instant now) {
        if (!external.store().equals(broker.metadata())) {
            return rounds.after(now);
        }
        long ttl = broker.config().failureTtl().toSeconds();
        return external.store().failures().values().stream()
                .map(Map::values)
                .flatMap(times -> times.stream().map(time -> Instant.ofEpochSecond(time + ttl)))
                .min(Instant::compareTo)
                .flatMap(expiry -> rounds.after(expiry.isAfter(now) ? expiry.minusNanos(1) : now));
    }
}
