package io.understudy.undermoon;

import io.understudy.fault.DomainFault;
import io.understudy.fault.DomainFaultType;
import io.understudy.fault.DomainFaultType.Parameter;
import io.understudy.fault.Faults;
import io.understudy.world.ClockMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * Undermoon's domain faults: their list, and the conditions that those in force amount to (spec undermoon 7). No condition is
 * kept here; each question is asked of the world's fault rules.
 */
final class UndermoonFaults implements Conditions {
    static final String SYSTEM = "undermoon";

    static final String PROXY_SILENT = "proxySilent";
    static final String HOST_DOWN = "hostDown";
    static final String PROXY_NEVER_IN_SYNC = "proxyNeverInSync";
    static final String MIGRATION_STUCK = "migrationStuck";
    static final String SLOW_COMMIT = "slowCommit";
    static final String STALE_EPOCH_AFTER_FAILOVER = "staleEpochAfterFailover";

    private static final String ADDRESS = "address";
    private static final String HOST = "host";
    private static final String CLUSTER = "cluster";
    private static final String FACTOR = "factor";
    private static final String EXTRA = "extra";

    static final List<DomainFaultType> TYPES = List.of(
            new DomainFaultType(
                    PROXY_SILENT,
                    "a server proxy does not answer: dead for the coordinator, unreachable for UMCTL GETEPOCH",
                    List.of(new Parameter(ADDRESS, true, "the proxy's address, as it was registered"))),
            new DomainFaultType(
                    HOST_DOWN,
                    "all server proxies of a host do not answer",
                    List.of(new Parameter(HOST, true, "the host, as it was registered"))),
            new DomainFaultType(
                    PROXY_NEVER_IN_SYNC,
                    "a server proxy answers, but its epoch stays where it is",
                    List.of(new Parameter(ADDRESS, true, "the proxy's address, as it was registered"))),
            new DomainFaultType(
                    MIGRATION_STUCK,
                    "migrations do not progress",
                    List.of(new Parameter(CLUSTER, false, "the cluster; all of them by default"))),
            new DomainFaultType(
                    SLOW_COMMIT,
                    "migrations take longer",
                    List.of(
                            new Parameter(FACTOR, false, "how many times longer, 1 or more; 1 by default"),
                            new Parameter(EXTRA, false, "how much longer on top, such as 30s; 0s by default"))),
            new DomainFaultType(
                    STALE_EPOCH_AFTER_FAILOVER,
                    "a proxy that replaces a failed one keeps the epoch it had when it was free",
                    List.of()));

    private final Faults faults;

    UndermoonFaults(Faults faults) {
        this.faults = faults;
    }

    /** Checks values beyond presence. */
    static void check(DomainFault fault) {
        if (fault.name().equals(SLOW_COMMIT)) {
            factor(fault);
            extra(fault);
        }
    }

    @Override
    public boolean proxySilent(String proxyAddress) {
        return anyAbout(PROXY_SILENT, ADDRESS, proxyAddress);
    }

    @Override
    public boolean hostDown(String host) {
        return anyAbout(HOST_DOWN, HOST, host);
    }

    @Override
    public boolean neverInSync(String proxyAddress) {
        return anyAbout(PROXY_NEVER_IN_SYNC, ADDRESS, proxyAddress);
    }

    @Override
    public boolean migrationStuck(String clusterName) {
        return faults.inForce(SYSTEM, MIGRATION_STUCK).stream()
                .anyMatch(fault -> clusterName.equals(fault.arguments().getOrDefault(CLUSTER, clusterName)));
    }

    @Override
    public double slowCommitFactor() {
        return faults.inForce(SYSTEM, SLOW_COMMIT).stream()
                .mapToDouble(UndermoonFaults::factor)
                .reduce(1, (a, b) -> a * b);
    }

    @Override
    public Duration slowCommitExtra() {
        return faults.inForce(SYSTEM, SLOW_COMMIT).stream()
                .map(UndermoonFaults::extra)
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public boolean staleEpochAfterFailover() {
        return !faults.inForce(SYSTEM, STALE_EPOCH_AFTER_FAILOVER).isEmpty();
    }

    private boolean anyAbout(String name, String parameter, String what) {
        for (DomainFault fault : faults.inForce(SYSTEM, name)) {
            if (what.equals(fault.arguments().get(parameter))) {
                return true;
            }
        }
        return false;
    }

    private static double factor(DomainFault fault) {
        String text = fault.arguments().getOrDefault(FACTOR, "1");
        try {
            double factor = Double.parseDouble(text);
            if (factor >= 1 && factor <= 1e6) {
                return factor;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(FACTOR + " is '" + text + "'; it must be a number from 1 to 1000000");
    }

    private static Duration extra(DomainFault fault) {
        String text = fault.arguments().getOrDefault(EXTRA, "0s");
        try {
            Duration extra = ClockMode.duration(text);
            if (!extra.isNegative()) {
                return extra;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new IllegalArgumentException(EXTRA + " is '" + text + "'; it must be a duration such as 30s or PT2M");
    }
}
