package io.understudy.undermoon;

import io.understudy.system.Knob;
import io.understudy.system.Settings;
import io.understudy.world.Kernel;
import java.time.Duration;
import java.util.List;

/** What can be set about Undermoon (spec undermoon 11, and the real broker's start configuration of 9), under its own names. */
final class UndermoonKnobs {
    static final Knob<List<String>> API_PREFIXES = Knob.list(
            "apiPrefixes", "v3,v2", List.of("v3", "v2"), "which API prefixes are served; v3 alone is a strict 0.6.2");
    static final Knob<String> VERSION_STRING = Knob.text("versionString", "0.6.2", "what GET /version says");
    static final Knob<WireSettings.Gzip> GZIP = Knob.choice(
            "gzip",
            WireSettings.Gzip.ALWAYS,
            "whether the three gzipped GETs of v3 are so always, as the client's Accept-Encoding says, or never");
    static final Knob<Boolean> DOCUMENTED_STATUSES = Knob.flag(
            "documentedStatuses",
            false,
            "FREE_NODE_NOT_FOUND and INVALID_CONFIG as 409 like the published document, not 404 and 400 like the release");
    static final Knob<Long> MIGRATION_LIMIT =
            Knob.integer("migrationLimit", 1, 0, Integer.MAX_VALUE, "how many migrations are shown at a time; 0 = all");
    static final Knob<Duration> FAILURE_TTL =
            Knob.duration("failureTtl", "60s", "how long a failure report counts after it was first made");
    static final Knob<Long> FAILURE_QUORUM = Knob.integer(
            "failureQuorum",
            1,
            1,
            Integer.MAX_VALUE,
            "how many reporters it takes for an address to be listed as failed");
    static final Knob<Boolean> ORDERED_PROXY =
            Knob.flag("orderedProxy", false, "StatefulSet mode: proxies have an index and chunks go by it");
    static final Knob<ClusterConfig> DEFAULT_CLUSTER_CONFIG = new Knob<>(
            "defaultClusterConfig",
            "a comma list of KEY=VALUE with the keys of PATCH /clusters/config",
            "",
            "what the configuration of new clusters differs in from the release's default",
            UndermoonKnobs::clusterConfig);
    static final Knob<Ordering> ORDERING = Knob.choice(
            "ordering",
            Ordering.REGISTRATION,
            "lists, maps and allocation ties as registered, or shuffled by the world's seed as upstream shuffles by chance");
    static final Knob<Duration> PROXY_SYNC_LAG =
            Knob.duration("proxySyncLag", "1s", "how long after a change the server proxies know of it");
    static final Knob<Boolean> COORDINATOR_SIM = Knob.flag(
            "coordinatorSim",
            false,
            "the autopilot: a stand-in coordinator commits migrations, reports dead proxies and fails them over");
    static final Knob<Duration> MIGRATION_DURATION = Knob.duration(
            "migrationDuration", "5s", "with the autopilot: how long a migration runs before it is committed");
    static final Knob<Duration> MIGRATION_DURATION_PER_SLOT = Knob.duration(
            "migrationDurationPerSlot", "0s", "with the autopilot: how much longer for each slot it moves");
    static final Knob<String> REPORTER_ID = Knob.text(
            "reporterId", "127.0.0.1:6699", "with the autopilot: the reporter in whose name it reports failures");

    static final Knob<Boolean> AUTO_UPDATE_META_FILE = Knob.flag(
            "autoUpdateMetaFile", false, "the metadata file is written at every change, before it is answered");
    static final Knob<Duration> UPDATE_META_FILE_INTERVAL =
            Knob.duration("updateMetaFileInterval", "0s", "how often the metadata file is written besides; 0s = never");
    static final Knob<Boolean> RECOVER_FROM_META_FILE = Knob.flag(
            "recoverFromMetaFile",
            false,
            "a broker that is restarted reads the metadata file; otherwise it begins empty");
    static final Knob<Storage> STORAGE = Knob.choice(
            "storage",
            Storage.MEMORY,
            "where the store is kept: in the broker's memory, or by an external service that other brokers use as well");
    static final Knob<Duration> REFRESH_INTERVAL = new Knob<>(
            "refreshInterval",
            "a duration above zero, such as 30s or PT2H",
            "30s",
            "with external storage: how often the broker refreshes its cache and drops expired failure reports",
            UndermoonKnobs::positive);
    static final Knob<List<String>> REPLICA_ADDRESSES = Knob.list(
            "replicaAddresses",
            "",
            List.of(),
            "the brokers that the store is pushed to, until PUT /config says others");
    static final Knob<Duration> SYNC_META_INTERVAL =
            Knob.duration("syncMetaInterval", "0s", "how often the store is pushed to the replicas; 0s = never");

    static final List<Knob<?>> ALL = List.of(
            API_PREFIXES,
            VERSION_STRING,
            GZIP,
            DOCUMENTED_STATUSES,
            MIGRATION_LIMIT,
            FAILURE_TTL,
            FAILURE_QUORUM,
            ORDERED_PROXY,
            DEFAULT_CLUSTER_CONFIG,
            ORDERING,
            PROXY_SYNC_LAG,
            COORDINATOR_SIM,
            MIGRATION_DURATION,
            MIGRATION_DURATION_PER_SLOT,
            REPORTER_ID,
            AUTO_UPDATE_META_FILE,
            UPDATE_META_FILE_INTERVAL,
            RECOVER_FROM_META_FILE,
            STORAGE,
            REFRESH_INTERVAL,
            REPLICA_ADDRESSES,
            SYNC_META_INTERVAL);

    private UndermoonKnobs() {}

    /** How unordered collections are ordered. */
    enum Ordering {
        REGISTRATION,
        SHUFFLE
    }

    /** Who keeps the store. */
    enum Storage {
        MEMORY,
        EXTERNAL
    }

    static BrokerConfig brokerConfig(Settings settings, Kernel kernel) {
        TieOrder ties = settings.get(ORDERING) == Ordering.SHUFFLE
                ? TieOrder.shuffled(kernel.entropy().seed())
                : TieOrder.REGISTRATION;
        return new BrokerConfig(
                settings.get(MIGRATION_LIMIT),
                settings.get(FAILURE_TTL),
                settings.get(FAILURE_QUORUM),
                settings.get(ORDERED_PROXY),
                settings.get(DEFAULT_CLUSTER_CONFIG),
                ties);
    }

    static WireSettings wire(Settings settings) {
        return new WireSettings(
                settings.get(API_PREFIXES),
                settings.get(VERSION_STRING),
                settings.get(GZIP),
                settings.get(DOCUMENTED_STATUSES));
    }

    static Autopilot.Settings autopilot(Settings settings) {
        return new Autopilot.Settings(
                settings.get(MIGRATION_DURATION), settings.get(MIGRATION_DURATION_PER_SLOT), settings.get(REPORTER_ID));
    }

    static MetaFile.Settings metaFile(Settings settings) {
        return new MetaFile.Settings(
                settings.get(AUTO_UPDATE_META_FILE),
                settings.get(UPDATE_META_FILE_INTERVAL),
                settings.get(RECOVER_FROM_META_FILE));
    }

    private static Duration positive(String text) {
        Duration duration = Knob.duration("", text, "").parser().apply(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("not above zero");
        }
        return duration;
    }

    private static ClusterConfig clusterConfig(String text) {
        ClusterConfig config = ClusterConfig.DEFAULT;
        for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("no = in " + pair);
            }
            Outcome<ClusterConfig> changed = config.with(pair.substring(0, equals), pair.substring(equals + 1));
            if (!(changed instanceof Outcome.Accepted<ClusterConfig> accepted)) {
                throw new IllegalArgumentException("refused: " + changed);
            }
            config = accepted.value();
        }
        return config;
    }
}
