package io.understudy.undermoon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The virtual server proxies behind the broker: what epoch each of them has got to know, which is what it would answer to
 * {@code UMCTL GETEPOCH} (spec undermoon 8.3, knob {@code proxyEpochs} of 11).
 *
 * <p>A proxy learns the epoch of its proxy view (a used one its cluster's, a free one the global) one lag after that
 * epoch changed, and never forgets: a proxy refuses metadata that is not newer. Nothing ticks; call {@link #noteChange}
 * after every command, and what is known at any later instant follows.
 */
final class ServerProxies {
    ServerProxies(Duration syncLag, Conditions conditions) {
        throw new UnsupportedOperationException();
    }

    ServerProxies(State state, Conditions conditions) {
        throw new UnsupportedOperationException();
    }

    /** After a command at {@code now}: whichever view epochs have changed become known one lag later. */
    void noteChange(Broker broker, Instant now) {
        throw new UnsupportedOperationException();
    }

    /** After a failover at {@code now} that put this proxy in a failed one's place; see the condition of that name. */
    void noteReplacement(String address) {
        throw new UnsupportedOperationException();
    }

    /** Asks these proxies, all at once. */
    EpochAnswers ask(List<String> addresses, Broker broker, Instant now) {
        throw new UnsupportedOperationException();
    }

    /** What the proxy knows; 0 if it was never told anything. */
    long knownEpoch(String address, Instant now) {
        throw new UnsupportedOperationException();
    }

    /** Overrides the lag of one proxy for changes from now on. */
    void setLag(String address, Duration lag) {
        throw new UnsupportedOperationException();
    }

    /** Nails the proxy's epoch until {@link #thaw}. */
    void freeze(String address, long epoch) {
        throw new UnsupportedOperationException();
    }

    void thaw(String address) {
        throw new UnsupportedOperationException();
    }

    State state() {
        throw new UnsupportedOperationException();
    }

    /** An epoch that becomes known at a moment. */
    record Pending(long dueMillis, long epoch) {}

    /** One proxy. */
    record ProxyState(
            long knownEpoch,
            long viewEpoch,
            List<Pending> pending,
            Optional<Long> lagMillis,
            Optional<Long> frozenEpoch,
            boolean replacement) {}

    /** Everything remembered. */
    record State(long syncLagMillis, Map<String, ProxyState> proxies) {}
}
