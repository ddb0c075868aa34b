package io.understudy.undermoon;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Conditions a test can set. */
final class Troubles implements Conditions {
    final Set<String> silent = new HashSet<>();
    final Set<String> downHosts = new HashSet<>();
    final Set<String> neverInSync = new HashSet<>();
    final Set<String> stuck = new HashSet<>();
    double slowCommitFactor = 1;
    Duration slowCommitExtra = Duration.ZERO;
    boolean staleEpochAfterFailover;

    @Override
    public boolean proxySilent(String proxyAddress) {
        return silent.contains(proxyAddress);
    }

    @Override
    public boolean hostDown(String host) {
        return downHosts.contains(host);
    }

    @Override
    public boolean neverInSync(String proxyAddress) {
        return neverInSync.contains(proxyAddress);
    }

    @Override
    public boolean migrationStuck(String clusterName) {
        return stuck.contains(clusterName);
    }

    @Override
    public double slowCommitFactor() {
        return slowCommitFactor;
    }

    @Override
    public Duration slowCommitExtra() {
        return slowCommitExtra;
    }

    @Override
    public boolean staleEpochAfterFailover() {
        return staleEpochAfterFailover;
    }
}
