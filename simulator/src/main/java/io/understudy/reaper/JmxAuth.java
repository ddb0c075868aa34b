package io.understudy.reaper;

import java.util.Map;
import java.util.Optional;

/**
 * The JMX credentials that Reaper is configured with, for clusters that have none of their own (spec reaper 2.3).
 *
 * @param global for every cluster; a blank user name or password = none
 * @param byCluster for clusters of that name, as Cassandra or as Reaper writes it
 */
record JmxAuth(Credentials global, Map<String, Credentials> byCluster) {
    JmxAuth {
        byCluster = Map.copyOf(byCluster);
    }

    /** A user name and a password in clear. */
    record Credentials(String username, String password) {
        boolean isComplete() {
            return !username.isBlank() && !password.isBlank();
        }

        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    /** What is shown as {@code jmx_username} and {@code jmx_password_is_set}. */
    record Shown(String username, boolean passwordIsSet) {
        static final Shown NONE = new Shown("", false);
    }

    /** Those of a cluster: its own, or those configured for its name, or the global ones. */
    Shown of(Cluster cluster) {
        Cluster.JmxCredentials own = cluster.credentials();
        if (own != null) {
            return new Shown(own.username(), !own.password().isBlank());
        }
        return byName(cluster.name())
                .or(() -> Optional.of(global).filter(Credentials::isComplete))
                .map(found -> new Shown(found.username(), true))
                .orElse(Shown.NONE);
    }

    /** Those configured for clusters of that name. */
    Optional<Credentials> byName(String clusterName) {
        return byCluster.entrySet().stream()
                .filter(entry -> Names.symbolic(entry.getKey()).equals(Names.symbolic(clusterName)))
                .map(Map.Entry::getValue)
                .filter(Credentials::isComplete)
                .findFirst();
    }
}
