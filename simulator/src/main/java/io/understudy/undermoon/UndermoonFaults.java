package io.understudy.undermoon;

import io.understudy.fault.DomainFault;
import io.understudy.fault.DomainFaultType;
import io.understudy.fault.DomainFaultType.Parameter;
import io.understudy.fault.Faults;
import io.understudy.world.ClockMode;
import io.understudy.world.Entropy;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Predicate;

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

    static final String META_FILE_UNWRITABLE = "metaFileUnwritable";
    static final String EXTERNAL_UNAVAILABLE = "externalUnavailable";
    static final String EXTERNAL_TIMEOUT = "externalTimeout";
    static final String EXTERNAL_CONFLICT = "externalConflict";
    static final String EXTERNAL_VERSION_MISSING = "externalVersionMissing";

    private static final String ADDRESS = "address";
    private static final String HOST = "host";
    private static final String CLUSTER = "cluster";
    private static final String FACTOR = "factor";
    private static final String EXTRA = "extra";
    private static final String PROBABILITY = "probability";
    private static final String WRITTEN = "written";

    private static final Parameter HOW_OFTEN = new Parameter(
            PROBABILITY, false, "how likely it strikes each exchange with the storage, 0 to 1; 1 by default");

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
                    List.of()),
            new DomainFaultType(
                    META_FILE_UNWRITABLE,
                    "the metadata file cannot be written: 500 PERSISTENCE_IO_ERROR with autoUpdateMetaFile, although the"
                            + " state has changed",
                    List.of()),
            new DomainFaultType(
                    EXTERNAL_UNAVAILABLE,
                    "the external storage cannot be reached: mutations are 500 EXTERNAL, reads become stale",
                    List.of(HOW_OFTEN)),
            new DomainFaultType(
                    EXTERNAL_TIMEOUT,
                    "the external storage does not answer in time: mutations are 504 EXTERNAL_TIMEOUT, reads become stale",
                    List.of(
                            HOW_OFTEN,
                            new Parameter(
                                    WRITTEN,
                                    false,
                                    "true = it does what it is asked and only its answer is late; false by default"))),
            new DomainFaultType(
                    EXTERNAL_CONFLICT,
                    "another broker always writes to the external storage first: mutations are 409 RETRY",
                    List.of(HOW_OFTEN)),
            new DomainFaultType(
                    EXTERNAL_VERSION_MISSING,
                    "the external storage leaves out the version: mutations are 500 EMPTY_EXTERNAL_VERSION",
                    List.of(HOW_OFTEN)));

    private final Faults faults;
    private final Entropy entropy;

    UndermoonFaults(Faults faults, Entropy entropy) {
        this.faults = faults;
        this.entropy = entropy;
    }

    /** Checks values beyond presence. */
    static void check(DomainFault fault) {
        if (fault.name().equals(SLOW_COMMIT)) {
            factor(fault);
            extra(fault);
        }
        probability(fault);
        written(fault);
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

    @Override
    public boolean metaFileUnwritable() {
        return !faults.inForce(SYSTEM, META_FILE_UNWRITABLE).isEmpty();
    }

    @Override
    public ExternalTrouble externalTrouble() {
        if (strikes(EXTERNAL_UNAVAILABLE, fault -> true)) {
            return ExternalTrouble.UNAVAILABLE;
        }
        if (strikes(EXTERNAL_TIMEOUT, fault -> !written(fault))) {
            return ExternalTrouble.TIMEOUT;
        }
        if (strikes(EXTERNAL_VERSION_MISSING, fault -> true)) {
            return ExternalTrouble.NO_VERSION;
        }
        if (strikes(EXTERNAL_CONFLICT, fault -> true)) {
            return ExternalTrouble.CONFLICT;
        }
        return strikes(EXTERNAL_TIMEOUT, UndermoonFaults::written) ? ExternalTrouble.ANSWER_LOST : ExternalTrouble.NONE;
    }

    private boolean strikes(String name, Predicate<DomainFault> kind) {
        return faults.inForce(SYSTEM, name).stream().filter(kind).anyMatch(fault -> {
            double probability = probability(fault);
            return probability == 1 || entropy.stream(SYSTEM + "/" + name).nextDouble() < probability;
        });
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

    private static double probability(DomainFault fault) {
        String text = fault.arguments().getOrDefault(PROBABILITY, "1");
        try {
            double probability = Double.parseDouble(text);
            if (probability >= 0 && probability <= 1) {
                return probability;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(PROBABILITY + " is '" + text + "'; it must be a number from 0 to 1");
    }

    private static boolean written(DomainFault fault) {
        String text = fault.arguments().getOrDefault(WRITTEN, "false");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(WRITTEN + " is '" + text + "'; it must be true or false");
        };
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
