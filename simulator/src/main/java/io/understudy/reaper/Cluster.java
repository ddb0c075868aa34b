package io.understudy.reaper;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered cluster (spec reaper 2.2).
 *
 * @param name the symbolic name
 * @param partitioner the partitioner's class
 * @param seedHosts what Reaper connects to, in the order of {@link Names#set}
 * @param jmxPort the JMX port
 * @param credentials the cluster's own JMX credentials
 * @param state whether it could be reached of late
 * @param lastContact when it was last reached
 */
record Cluster(
        String name,
        String partitioner,
        List<String> seedHosts,
        int jmxPort,
        @Nullable JmxCredentials credentials,
        State state,
        Instant lastContact) {
    Cluster {
        seedHosts = List.copyOf(seedHosts);
    }

    /** In the order in which {@code GET /cluster} sorts. */
    enum State {
        UNKNOWN,
        ACTIVE,
        UNREACHABLE
    }

    /** @param password encrypted, as it is stored */
    record JmxCredentials(String username, String password) {
        @Override
        public String toString() {
            return "JmxCredentials[" + username + "]";
        }
    }

    Cluster withSeeds(List<String> seeds) {
        return new Cluster(name, partitioner, seeds, jmxPort, credentials, state, lastContact);
    }

    Cluster contacted(State newState, Instant at) {
        return new Cluster(name, partitioner, seedHosts, jmxPort, credentials, newState, at);
    }
}
