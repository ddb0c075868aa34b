package io.understudy.undermoon;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The virtual server proxies behind the broker: what epoch each of them has got to know, which is what it would answer to
 * {@code UMCTL GETEPOCH} (spec undermoon 8.3, knob {@code proxyEpochs} of 11).
 *
 * <p>A proxy learns the epoch of its proxy view (a used one its cluster's, a free one the global) one lag after that
 * epoch changed, and never forgets: a proxy refuses metadata that is not newer, even of a broker that lost its memory.
 * Nothing ticks; call {@link #noteChange} after every command, and what is known at any later instant follows.
 *
 * <pre>
 *   view epoch    7 ────── 8 ── 9 ─────────────
 *   known         7 ────────────── 8 ── 9 ─────     lag 1 s; not while silent, frozen or never in sync
 * </pre>
 */
final class ServerProxies {
    /** Default time from a change to its being known, virtual. */
    static final Duration SYNC_LAG = Duration.ofSeconds(1);
    /** Proxies ever seen; beyond, unregistered ones are forgotten. Far above any world somebody tests with. */
    static final int MAX_REMEMBERED = 100_000;
    /** Changes on their way to one proxy; beyond, one but the newest is skipped, as a slow coordinator would. */
    static final int MAX_PENDING = 64;

    private final Duration syncLag;
    private final Conditions conditions;
    private final LinkedHashMap<String, ProxyState> states;

    /** What {@link #noteChange} last saw; forgotten in a snapshot, which costs one look at all proxies. */
    private @Nullable MetaStore notedStore;

    private long notedGlobalEpoch;

    ServerProxies(Duration syncLag, Conditions conditions) {
        this(new State(syncLag.toMillis(), Map.of()), conditions);
    }

    ServerProxies(State state, Conditions conditions) {
        this.syncLag = Duration.ofMillis(state.syncLagMillis());
        this.conditions = conditions;
        this.states = new LinkedHashMap<>(state.proxies());
    }

    /** After a command at {@code now}: whichever view epochs have changed become known one lag later. */
    void noteChange(Broker broker, Instant now) {
        MetaStore store = broker.store();
        long globalEpoch = store.globalEpoch();
        if (store == notedStore && globalEpoch == notedGlobalEpoch) {
            return; // spec undermoon 5.11: no view gets another epoch without the global one going up
        }
        notedStore = store;
        notedGlobalEpoch = globalEpoch;
        for (ProxyResource proxy : store.allProxies().values()) {
            ProxyState before = stateOf(proxy.proxyAddress());
            Optional<Cluster> cluster = proxy.cluster().flatMap(store::cluster);
            long viewEpoch = cluster.isPresent() ? cluster.get().epoch() : globalEpoch;
            boolean replacement = before.replacement() && cluster.isPresent();
            if (before.viewEpoch() != viewEpoch || before.replacement() != replacement) {
                ProxyState settled = settled(proxy.proxyAddress(), before, proxy.host(), now);
                states.put(
                        proxy.proxyAddress(),
                        settled.asReplacement(replacement).expecting(viewEpoch, due(settled, now)));
            }
        }
        forgetSome(store);
    }

    /**
     * After a failover at {@code now} has put this proxy in a failed one's place, and before {@link #noteChange}: what the
     * condition {@link Conditions#staleEpochAfterFailover} is about.
     */
    void noteReplacement(String address, Broker broker, Instant now) {
        ProxyState settled = settled(address, stateOf(address), hostOf(address, broker), now);
        states.put(address, settled.asReplacement(true));
    }

    /** Whatever is due is known now. To be called before a condition changes, so that the past keeps its conditions. */
    void settle(Broker broker, Instant now) {
        states.replaceAll((address, state) ->
                state.pending().isEmpty() ? state : settled(address, state, hostOf(address, broker), now));
    }

    /** Asks these proxies, all at once. */
    EpochAnswers ask(List<String> addresses, Broker broker, Instant now) {
        Map<String, Long> epochs = new LinkedHashMap<>();
        List<String> unreachable = new ArrayList<>();
        for (String address : addresses) {
            if (conditions.isDown(address, hostOf(address, broker))) {
                unreachable.add(address);
            } else {
                epochs.put(address, knownEpoch(address, broker, now));
            }
        }
        return new EpochAnswers(epochs, unreachable);
    }

    /** What the proxy knows; 0 if it was never told anything. */
    long knownEpoch(String address, Broker broker, Instant now) {
        ProxyState state = stateOf(address);
        Long frozen = state.frozenEpoch();
        return frozen != null
                ? frozen
                : settled(address, state, hostOf(address, broker), now).knownEpoch();
    }

    /** When the proxy knows the epoch, not before {@code now}; empty if it will not as things are. */
    Optional<Instant> knowsAt(String address, long epoch, Broker broker, Instant now) {
        ProxyState state = stateOf(address);
        String host = hostOf(address, broker);
        if (conditions.isDown(address, host)) {
            return Optional.empty();
        }
        if (Epoch.isAtLeast(knownEpoch(address, broker, now), epoch)) {
            return Optional.of(now);
        }
        return isCutOff(address, state, host)
                ? Optional.empty()
                : state.pending().stream()
                        .filter(pending -> Epoch.isAtLeast(pending.epoch(), epoch))
                        .findFirst()
                        .map(pending -> Instant.ofEpochMilli(pending.dueMillis()));
    }

    /** Overrides the lag of one proxy for changes from now on. */
    void setLag(String address, Duration lag) {
        ProxyState state = stateOf(address);
        states.put(address, state.withLag(lag.toMillis()));
    }

    /** Nails the proxy's epoch until {@link #thaw}, be it lower or higher than the broker's. */
    void freeze(String address, long epoch) {
        states.put(address, stateOf(address).frozenAt(epoch));
    }

    /** From now on the proxy learns again, beginning at the epoch it was frozen at. */
    void thaw(String address, Instant now) {
        ProxyState state = stateOf(address);
        Long epoch = state.frozenEpoch();
        if (epoch != null) {
            ProxyState thawed =
                    new ProxyState(epoch, state.viewEpoch(), List.of(), state.lagMillis(), null, state.replacement());
            states.put(address, thawed.expecting(state.viewEpoch(), due(thawed, now)));
        }
    }

    State state() {
        return new State(syncLag.toMillis(), new LinkedHashMap<>(states));
    }

    private ProxyState stateOf(String address) {
        ProxyState state = states.get(address);
        return state == null ? ProxyState.NEW : state;
    }

    private long due(ProxyState state, Instant now) {
        Long own = state.lagMillis();
        return now.toEpochMilli() + (own == null ? syncLag.toMillis() : own);
    }

    /** What is due is known; a proxy that is cut off gets it one lag after it was last seen so. */
    private ProxyState settled(String address, ProxyState state, String host, Instant now) {
        if (state.pending().isEmpty() || state.pending().get(0).dueMillis() > now.toEpochMilli()) {
            return state;
        }
        return isCutOff(address, state, host)
                ? state.postponed(now.toEpochMilli(), due(state, now))
                : state.learnt(now.toEpochMilli());
    }

    private boolean isCutOff(String address, ProxyState state, String host) {
        return state.frozenEpoch() != null
                || conditions.isDown(address, host)
                || conditions.neverInSync(address)
                || (state.replacement() && conditions.staleEpochAfterFailover());
    }

    private static String hostOf(String address, Broker broker) {
        return broker.store()
                .proxy(address)
                .map(ProxyResource::host)
                .orElseGet(() -> address.substring(0, Math.max(0, address.indexOf(':'))));
    }

    private void forgetSome(MetaStore store) {
        Iterator<String> addresses = states.keySet().iterator();
        while (states.size() > MAX_REMEMBERED && addresses.hasNext()) {
            if (store.proxy(addresses.next()).isEmpty()) {
                addresses.remove();
            }
        }
    }

    /** An epoch that becomes known at a moment. */
    record Pending(long dueMillis, long epoch) {}

    /**
     * One proxy.
     *
     * @param viewEpoch the epoch of its proxy view when last looked at
     * @param pending what it will learn, ascending in time and epoch
     * @param lagMillis instead of the lag for all; null = none
     * @param frozenEpoch what it answers whatever it knows; null = it is not frozen
     * @param replacement whether it serves its cluster since a failover
     */
    record ProxyState(
            long knownEpoch,
            long viewEpoch,
            List<Pending> pending,
            @Nullable Long lagMillis,
            @Nullable Long frozenEpoch,
            boolean replacement) {
        static final ProxyState NEW = new ProxyState(0, 0, List.of(), null, null, false);

        ProxyState {
            pending = List.copyOf(pending);
        }

        ProxyState expecting(long epoch, long dueMillis) {
            long latest = pending.isEmpty()
                    ? knownEpoch
                    : pending.get(pending.size() - 1).epoch();
            List<Pending> expected = new ArrayList<>(pending);
            if (Epoch.isLess(latest, epoch)) {
                // Metadata is pushed whole: whatever arrives later than the newest is of no use.
                expected.removeIf(earlier -> earlier.dueMillis() >= dueMillis);
                expected.add(new Pending(dueMillis, epoch));
            }
            if (expected.size() > MAX_PENDING) {
                expected.remove(MAX_PENDING - 1);
            }
            return new ProxyState(knownEpoch, epoch, expected, lagMillis, frozenEpoch, replacement);
        }

        ProxyState learnt(long nowMillis) {
            long known = knownEpoch;
            List<Pending> left = new ArrayList<>();
            for (Pending next : pending) {
                if (next.dueMillis() <= nowMillis) {
                    known = next.epoch();
                } else {
                    left.add(next);
                }
            }
            return new ProxyState(known, viewEpoch, left, lagMillis, frozenEpoch, replacement);
        }

        ProxyState postponed(long nowMillis, long dueMillis) {
            List<Pending> later = new ArrayList<>();
            for (Pending next : pending) {
                if (next.dueMillis() <= nowMillis) {
                    later.clear();
                    later.add(new Pending(dueMillis, next.epoch()));
                } else {
                    later.removeIf(earlier -> earlier.dueMillis() >= next.dueMillis());
                    later.add(next);
                }
            }
            return new ProxyState(knownEpoch, viewEpoch, later, lagMillis, frozenEpoch, replacement);
        }

        ProxyState withLag(long lag) {
            return new ProxyState(knownEpoch, viewEpoch, pending, lag, frozenEpoch, replacement);
        }

        ProxyState frozenAt(long epoch) {
            return new ProxyState(knownEpoch, viewEpoch, pending, lagMillis, epoch, replacement);
        }

        ProxyState asReplacement(boolean isReplacement) {
            return isReplacement == replacement
                    ? this
                    : new ProxyState(knownEpoch, viewEpoch, pending, lagMillis, frozenEpoch, isReplacement);
        }
    }

    /** Everything remembered. */
    record State(long syncLagMillis, Map<String, ProxyState> proxies) {}
}
