package io.understudy.undermoon;

import java.time.Duration;

/**
 * What the real broker reads from its start configuration (spec undermoon 9, 11); fixed for a broker's life.
 *
 * @param migrationLimit how many migrations endpoints 5, 6, 19 and 23 show at a time; unsigned, 0 = all; default 1
 * @param failureTtl how long a failure report counts after it was first made, whole seconds; default 60 s
 * @param failureQuorum reporters needed for endpoint 25 to list an address; default 1
 * @param enableOrderedProxy StatefulSet mode of a store that starts empty; default false
 * @param defaultClusterConfig what new clusters start with
 * @param tieOrder how ties and unordered collections are ordered; default: as registered
 */
record BrokerConfig(
        long migrationLimit,
        Duration failureTtl,
        long failureQuorum,
        boolean enableOrderedProxy,
        ClusterConfig defaultClusterConfig,
        TieOrder tieOrder) {
    static final BrokerConfig DEFAULT =
            new BrokerConfig(1, Duration.ofSeconds(60), 1, false, ClusterConfig.DEFAULT, TieOrder.REGISTRATION);

    BrokerConfig withMigrationLimit(long limit) {
        return new BrokerConfig(limit, failureTtl, failureQuorum, enableOrderedProxy, defaultClusterConfig, tieOrder);
    }

    BrokerConfig withFailureTtl(Duration ttl) {
        return new BrokerConfig(migrationLimit, ttl, failureQuorum, enableOrderedProxy, defaultClusterConfig, tieOrder);
    }

    BrokerConfig withFailureQuorum(long quorum) {
        return new BrokerConfig(migrationLimit, failureTtl, quorum, enableOrderedProxy, defaultClusterConfig, tieOrder);
    }

    BrokerConfig withOrderedProxy(boolean ordered) {
        return new BrokerConfig(migrationLimit, failureTtl, failureQuorum, ordered, defaultClusterConfig, tieOrder);
    }

    BrokerConfig withDefaultClusterConfig(ClusterConfig config) {
        return new BrokerConfig(migrationLimit, failureTtl, failureQuorum, enableOrderedProxy, config, tieOrder);
    }

    BrokerConfig withTieOrder(TieOrder order) {
        return new BrokerConfig(
                migrationLimit, failureTtl, failureQuorum, enableOrderedProxy, defaultClusterConfig, order);
    }
}
