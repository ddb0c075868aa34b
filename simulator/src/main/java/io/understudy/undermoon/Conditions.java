package io.understudy.undermoon;

import java.time.Duration;

/**
 * What is wrong with the world right now, as far as server proxies, migrations and what the broker writes to are concerned. The
 * model asks each time and keeps no copies. Whoever changes a condition calls {@link ServerProxies#settle} before and
 * {@link Autopilot#observe} after, both with the instant of the change.
 */
interface Conditions {
    /** Nothing is wrong. */
    Conditions NONE = new Conditions() {};

    /** The proxy process does not answer: dead for the coordinator, unreachable for {@code UMCTL GETEPOCH}. */
    default boolean proxySilent(String proxyAddress) {
        return false;
    }

    /** All proxies of the host are as good as silent. */
    default boolean hostDown(String host) {
        return false;
    }

    /** Silent by itself or with its host. */
    default boolean isDown(String proxyAddress, String host) {
        return proxySilent(proxyAddress) || hostDown(host);
    }

    /** The proxy answers, but its epoch stays where it is. */
    default boolean neverInSync(String proxyAddress) {
        return false;
    }

    /** Migrations of the cluster do not progress. */
    default boolean migrationStuck(String clusterName) {
        return false;
    }

    /** By how much longer than usual every migration takes; 1 = as usual. */
    default double slowCommitFactor() {
        return 1;
    }

    /** How much longer every migration takes on top, virtual time. */
    default Duration slowCommitExtra() {
        return Duration.ZERO;
    }

    /** A proxy that replaced a failed one keeps the epoch it had when it was free. */
    default boolean staleEpochAfterFailover() {
        return false;
    }

    /** The metadata file cannot be written. */
    default boolean metaFileUnwritable() {
        return false;
    }

    /** What becomes of the next exchange with the external storage. Chance may decide: to be asked once for each. */
    default ExternalTrouble externalTrouble() {
        return ExternalTrouble.NONE;
    }
}
