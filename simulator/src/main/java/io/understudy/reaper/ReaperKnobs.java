package io.understudy.reaper;

import io.understudy.reaper.ReaperConfiguration.AutoScheduling;
import io.understudy.reaper.ReaperConfiguration.DatacenterAvailability;
import io.understudy.reaper.ReaperConfiguration.Release;
import io.understudy.reaper.ReaperConfiguration.Repairs;
import io.understudy.reaper.ReaperConfiguration.ScheduleOverlapRule;
import io.understudy.reaper.ReaperConfiguration.SegmentOrder;
import io.understudy.system.Knob;
import io.understudy.system.Settings;
import io.understudy.world.ClockMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What can be set about Reaper (spec reaper 8.2), under the names of its yaml file where it has one.
 *
 * <p>The spec's {@code profile} is {@link #RELEASE}, which profiles set, and its {@code randomSeed} is the world's seed.
 */
final class ReaperKnobs {
    /** Nothing is kept secret here. */
    private static final String PASSPHRASE = "understudy";

    // ---- what is served ----

    static final Knob<Release> RELEASE = new Knob<>(
            "release",
            "one of 4.x, 3.x, 2.x",
            "4.x",
            "the release line whose routes, fields and authentication are served; profiles set it",
            text -> switch (text.toLowerCase(Locale.ROOT)) {
                case "4.x" -> Release.V4;
                case "3.x" -> Release.V3;
                case "2.x" -> Release.V2;
                default -> throw new IllegalArgumentException("none of them");
            });
    static final Knob<Boolean> STRICT_ROUTES = Knob.flag(
            "strictRoutes", false, "routes that the release no longer has are gone, although they are documented");
    static final Knob<StorageFlavour> STORAGE_FLAVOUR =
            constant("storageFlavour", StorageFlavour.CASSANDRA, "the storage backend, which shows in many answers");
    static final Knob<Long> INSTANCES = Knob.integer(
            "instances", 1, 1, 9, "how many Reaper processes share the storage, each with ports of its own");
    static final Knob<Boolean> ENABLE_CROSS_ORIGIN =
            Knob.flag("enableCrossOrigin", true, "replies have CORS headers when the request has an Origin");
    static final Knob<DatacenterAvailability> DATACENTER_AVAILABILITY =
            constant("datacenterAvailability", DatacenterAvailability.ALL, "which nodes one Reaper process reaches");
    static final Knob<Boolean> HTTP_MANAGEMENT = Knob.flag(
            "httpManagement", false, "nodes are managed over HTTP; there are no diagnostic event routes then");
    static final Knob<Boolean> LENIENT_DIAG_PARAMS = Knob.flag(
            "lenientDiagParams",
            false,
            "a diagnostic event subscription may leave out exportFileLogger and exportHttpEndpoint");

    // ---- access control ----

    static final Knob<Boolean> AUTH_ENABLED = Knob.flag("auth.enabled", false, "access control");
    static final Knob<String> AUTH_USERS = new Knob<>(
            "auth.users",
            "a comma list of NAME:PASSWORD:ROLE, with further roles behind +",
            AccessControl.DEFAULT_USERS,
            "with access control: who may log in, and as what",
            text -> valid(text, AccessControl.DEFAULT_SECRET, text),
            true);
    static final Knob<String> AUTH_JWT_SECRET = new Knob<>(
            "auth.jwtSecret",
            "text of 32 bytes or more",
            AccessControl.DEFAULT_SECRET,
            "with access control: what tokens are signed with; its length chooses the algorithm",
            text -> valid(AccessControl.DEFAULT_USERS, text, text),
            true);
    static final Knob<Duration> AUTH_SESSION_TIMEOUT =
            aboveZero("auth.sessionTimeout", "10m", "with access control: how long a token is valid");
    static final Knob<AccessControl.Mode> AUTH_MODE = constant(
            "auth.mode",
            AccessControl.Mode.JWT,
            "with access control on 4.x: a login gives a token only, or also a session cookie as in 2.x and 3.x");
    static final Knob<Boolean> AUTH_BASIC =
            Knob.flag("auth.basic", false, "with access control: Basic authentication is accepted as well");
    static final Knob<Cryptograph> CRYPTOGRAPH = new Knob<>(
            "cryptograph",
            "one of none, symmetric",
            "none",
            "how JMX credentials are encrypted that clusters are registered with; with none there can be no such clusters",
            text -> switch (text.toLowerCase(Locale.ROOT)) {
                case "none" -> Cryptograph.NONE;
                case "symmetric" -> new Cryptograph(PASSPHRASE);
                default -> throw new IllegalArgumentException("none of them");
            });
    static final Knob<String> JMX_USERNAME = Knob.text(
            "jmxAuth.username", "", "the global JMX user name, for clusters without credentials of their own");
    static final Knob<String> JMX_PASSWORD =
            new Knob<>("jmxAuth.password", "text", "", "the global JMX password", Function.identity(), true);
    static final Knob<Map<String, JmxAuth.Credentials>> JMX_CREDENTIALS = new Knob<>(
            "jmxCredentials",
            "a comma list of CLUSTER:USERNAME:PASSWORD",
            "",
            "JMX credentials by cluster name",
            ReaperKnobs::jmxCredentials,
            true);

    // ---- runs ----

    static final Knob<Long> SEGMENT_COUNT_PER_NODE =
            Knob.integer("segmentCountPerNode", 64, 1, 1000, "segments per node of runs that do not say");
    static final Knob<RepairParallelism> REPAIR_PARALLELISM = constant(
            "repairParallelism",
            RepairParallelism.DATACENTER_AWARE,
            "the parallelism of runs and schedules that do not say");
    static final Knob<Double> REPAIR_INTENSITY = number(
            "repairIntensity", "0.9", Double.MIN_VALUE, 1, "the intensity of runs and schedules that do not say");
    static final Knob<Boolean> INCREMENTAL_REPAIR =
            Knob.flag("incrementalRepair", false, "whether runs and schedules are incremental that do not say");
    static final Knob<Boolean> SUBRANGE_INCREMENTAL_REPAIR = Knob.flag(
            "subrangeIncrementalRepair", false, "whether runs and schedules are subrange incremental that do not say");
    static final Knob<Long> REPAIR_THREAD_COUNT =
            Knob.integer("repairThreadCount", 1, 1, 4, "the thread count of runs and schedules that do not say");
    static final Knob<Long> HANGING_REPAIR_TIMEOUT_MINS = Knob.integer(
            "hangingRepairTimeoutMins",
            30,
            1,
            Integer.MAX_VALUE,
            "the time-out of a segment's first attempt of runs and schedules that do not say, in minutes");
    static final Knob<Boolean> BLACKLIST_TWCS_TABLES =
            Knob.flag("blacklistTwcsTables", true, "tables with time window or date tiered compaction are left out");
    static final Knob<Long> MAX_PARALLEL_REPAIRS = Knob.integer(
            "maxParallelRepairs", 2, 1, Integer.MAX_VALUE, "how many runs of a cluster make progress at a time");
    static final Knob<Long> MAX_PENDING_COMPACTIONS = Knob.integer(
            "maxPendingCompactions",
            20,
            0,
            Integer.MAX_VALUE,
            "more pending compactions on a replica postpone a segment");
    static final Knob<Long> SCHEDULING_INTERVAL = Knob.integer(
            "repairManagerSchedulingIntervalSeconds", 30, 1, 86_400, "how often a run looks for a segment to start");
    static final Knob<Boolean> ENABLE_DYNAMIC_SEED_LIST =
            Knob.flag("enableDynamicSeedList", true, "all live nodes of a cluster become its seeds");
    static final Knob<Long> PURGE_RECORDS_AFTER_IN_DAYS = Knob.integer(
            "purgeRecordsAfterInDays", 30, 0, 36_500, "after how many days ended runs are purged; 0 = never");
    static final Knob<Long> NUMBER_OF_RUNS_TO_KEEP_PER_UNIT = Knob.integer(
            "numberOfRunsToKeepPerUnit", 50, 0, Integer.MAX_VALUE, "how many ended runs of a unit are kept; 0 = all");

    // ---- schedules ----

    static final Knob<Long> SCHEDULER_PERIOD =
            Knob.integer("schedulerPeriodSeconds", 60, 1, 86_400, "how often schedules are looked at");
    static final Knob<ScheduleOverlapRule> SCHEDULE_OVERLAP_RULE = constant(
            "scheduleOverlapRule",
            ScheduleOverlapRule.ACTIVE_RUN,
            "which runs keep a schedule from firing: those that have not ended (up to 4.2.1), or any that it created (4.2.2, 4.2.3)");
    static final Knob<Boolean> SCHEDULE_RETRY_ON_ERROR =
            Knob.flag("scheduleRetryOnError", false, "a schedule fires again soon after a run that ended in ERROR");
    static final Knob<Duration> SCHEDULE_RETRY_DELAY = Knob.duration("scheduleRetryDelay", "PT1H", "how soon that is");
    static final Knob<Long> PERCENT_REPAIRED_CHECK_INTERVAL = Knob.integer(
            "percentRepairedCheckIntervalMinutes",
            30,
            1,
            10_080,
            "how often percent repaired is collected for incremental schedules");
    static final Knob<Boolean> AUTO_SCHEDULING = Knob.flag(
            "autoScheduling.enabled", false, "every keyspace of every registered cluster gets a schedule by itself");
    static final Knob<Duration> AUTO_INITIAL_DELAY = Knob.duration(
            "autoScheduling.initialDelayPeriod", "PT15S", "how long after the start the first round of that is");
    static final Knob<Duration> AUTO_PERIOD_BETWEEN_POLLS =
            aboveZero("autoScheduling.periodBetweenPolls", "PT10M", "how often there is one");
    static final Knob<Duration> AUTO_TIME_BEFORE_FIRST = Knob.duration(
            "autoScheduling.timeBeforeFirstSchedule", "PT5M", "how soon the first of the new schedules fires");
    static final Knob<Duration> AUTO_SPREAD =
            Knob.duration("autoScheduling.scheduleSpreadPeriod", "PT6H", "how much later each further one does");
    static final Knob<List<String>> AUTO_EXCLUDED_KEYSPACES = Knob.list(
            "autoScheduling.excludedKeyspaces", "", List.of(), "keyspaces that get no schedule by themselves");
    static final Knob<List<String>> AUTO_EXCLUDED_CLUSTERS =
            Knob.list("autoScheduling.excludedClusters", "", List.of(), "clusters whose keyspaces get none");

    // ---- how the repairs behave that Cassandra does ----

    static final Knob<Duration> TRIGGER_LATENCY = Knob.duration(
            "segment.triggerLatency",
            "500ms",
            "from the poll until a segment's coordinator has it: NOT_STARTED to STARTED");
    static final Knob<Duration> START_LATENCY = Knob.duration(
            "segment.startLatency", "1s", "from then until the coordinator says that it began: STARTED to RUNNING");
    static final Knob<Span> SEGMENT_DURATION = new Knob<>(
            "segment.duration",
            "a duration such as 4s, or two such as 2s..8s",
            "4s",
            "how long a segment is RUNNING, always so or at random between the two",
            ReaperKnobs::span);
    static final Knob<Duration> DURATION_PER_RING = Knob.duration(
            "segment.durationPerRing",
            "0s",
            "unless 0s: how long the repair of a whole ring takes, of which a segment takes its share");
    static final Knob<Double> NOTHING_TO_REPAIR_SHARE = number(
            "segment.nothingToRepairShare",
            "0",
            0,
            1,
            "the share of segments for which the coordinator finds nothing to repair, 0 to 1");
    static final Knob<SegmentOrder> SEGMENT_ORDER = new Knob<>(
            "segmentOrder",
            "one of seeded, ring",
            "seeded",
            "in which order a run takes its segments: at random by the world's seed, or around the ring",
            text -> switch (text.toLowerCase(Locale.ROOT)) {
                case "seeded", "random" -> SegmentOrder.RANDOM;
                case "ring" -> SegmentOrder.RING;
                default -> throw new IllegalArgumentException("none of them");
            });

    // ---- caches ----

    static final Knob<Long> CLUSTER_LIST_CACHE = Knob.integer(
            "clusterListCacheSeconds",
            0,
            0,
            86_400,
            "how long the list of clusters is remembered; upstream with Cassandra storage: 10");
    static final Knob<Long> METADATA_CACHE = Knob.integer(
            "metadataCacheSeconds",
            0,
            0,
            86_400,
            "how long version, tables and ranges of a cluster are remembered; upstream: 60");

    static final List<Knob<?>> ALL = List.of(
            RELEASE,
            STRICT_ROUTES,
            STORAGE_FLAVOUR,
            INSTANCES,
            ENABLE_CROSS_ORIGIN,
            DATACENTER_AVAILABILITY,
            HTTP_MANAGEMENT,
            LENIENT_DIAG_PARAMS,
            AUTH_ENABLED,
            AUTH_USERS,
            AUTH_JWT_SECRET,
            AUTH_SESSION_TIMEOUT,
            AUTH_MODE,
            AUTH_BASIC,
            CRYPTOGRAPH,
            JMX_USERNAME,
            JMX_PASSWORD,
            JMX_CREDENTIALS,
            SEGMENT_COUNT_PER_NODE,
            REPAIR_PARALLELISM,
            REPAIR_INTENSITY,
            INCREMENTAL_REPAIR,
            SUBRANGE_INCREMENTAL_REPAIR,
            REPAIR_THREAD_COUNT,
            HANGING_REPAIR_TIMEOUT_MINS,
            BLACKLIST_TWCS_TABLES,
            MAX_PARALLEL_REPAIRS,
            MAX_PENDING_COMPACTIONS,
            SCHEDULING_INTERVAL,
            ENABLE_DYNAMIC_SEED_LIST,
            PURGE_RECORDS_AFTER_IN_DAYS,
            NUMBER_OF_RUNS_TO_KEEP_PER_UNIT,
            SCHEDULER_PERIOD,
            SCHEDULE_OVERLAP_RULE,
            SCHEDULE_RETRY_ON_ERROR,
            SCHEDULE_RETRY_DELAY,
            PERCENT_REPAIRED_CHECK_INTERVAL,
            AUTO_SCHEDULING,
            AUTO_INITIAL_DELAY,
            AUTO_PERIOD_BETWEEN_POLLS,
            AUTO_TIME_BEFORE_FIRST,
            AUTO_SPREAD,
            AUTO_EXCLUDED_KEYSPACES,
            AUTO_EXCLUDED_CLUSTERS,
            TRIGGER_LATENCY,
            START_LATENCY,
            SEGMENT_DURATION,
            DURATION_PER_RING,
            NOTHING_TO_REPAIR_SHARE,
            SEGMENT_ORDER,
            CLUSTER_LIST_CACHE,
            METADATA_CACHE);

    private ReaperKnobs() {}

    /** From one duration to another. */
    record Span(Duration min, Duration max) {}

    static ReaperConfiguration configuration(Settings settings) {
        return new ReaperConfiguration(
                settings.get(RELEASE),
                settings.get(STRICT_ROUTES),
                settings.get(STORAGE_FLAVOUR),
                count(settings, INSTANCES),
                count(settings, SEGMENT_COUNT_PER_NODE),
                settings.get(REPAIR_PARALLELISM),
                settings.get(REPAIR_INTENSITY),
                settings.get(INCREMENTAL_REPAIR),
                settings.get(SUBRANGE_INCREMENTAL_REPAIR),
                count(settings, REPAIR_THREAD_COUNT),
                count(settings, HANGING_REPAIR_TIMEOUT_MINS),
                settings.get(BLACKLIST_TWCS_TABLES),
                count(settings, MAX_PARALLEL_REPAIRS),
                count(settings, MAX_PENDING_COMPACTIONS),
                Duration.ofSeconds(settings.get(SCHEDULING_INTERVAL)),
                settings.get(ENABLE_DYNAMIC_SEED_LIST),
                settings.get(DATACENTER_AVAILABILITY),
                settings.get(HTTP_MANAGEMENT),
                Duration.ofSeconds(settings.get(SCHEDULER_PERIOD)),
                settings.get(SCHEDULE_OVERLAP_RULE),
                settings.get(SCHEDULE_RETRY_ON_ERROR),
                settings.get(SCHEDULE_RETRY_DELAY),
                Duration.ofMinutes(settings.get(PERCENT_REPAIRED_CHECK_INTERVAL)),
                count(settings, PURGE_RECORDS_AFTER_IN_DAYS),
                count(settings, NUMBER_OF_RUNS_TO_KEEP_PER_UNIT),
                autoScheduling(settings),
                repairs(settings),
                Duration.ofSeconds(settings.get(CLUSTER_LIST_CACHE)),
                Duration.ofSeconds(settings.get(METADATA_CACHE)),
                settings.get(LENIENT_DIAG_PARAMS));
    }

    private static AutoScheduling autoScheduling(Settings settings) {
        return new AutoScheduling(
                settings.get(AUTO_SCHEDULING),
                settings.get(AUTO_INITIAL_DELAY),
                settings.get(AUTO_PERIOD_BETWEEN_POLLS),
                settings.get(AUTO_TIME_BEFORE_FIRST),
                settings.get(AUTO_SPREAD),
                settings.get(AUTO_EXCLUDED_KEYSPACES),
                settings.get(AUTO_EXCLUDED_CLUSTERS));
    }

    private static Repairs repairs(Settings settings) {
        Span duration = settings.get(SEGMENT_DURATION);
        return new Repairs(
                settings.get(TRIGGER_LATENCY),
                settings.get(START_LATENCY),
                duration.min(),
                duration.max(),
                settings.get(DURATION_PER_RING),
                settings.get(NOTHING_TO_REPAIR_SHARE),
                settings.get(SEGMENT_ORDER));
    }

    /** Who is asked for at the nodes. */
    static JmxAuth jmxAuth(Settings settings) {
        return new JmxAuth(
                new JmxAuth.Credentials(settings.get(JMX_USERNAME), settings.get(JMX_PASSWORD)),
                settings.get(JMX_CREDENTIALS));
    }

    /** Who may do what. */
    static AccessControl accessControl(Settings settings) {
        return settings.get(AUTH_ENABLED)
                ? AccessControl.on(
                        settings.get(AUTH_USERS),
                        settings.get(AUTH_JWT_SECRET),
                        settings.get(AUTH_SESSION_TIMEOUT),
                        settings.get(AUTH_MODE),
                        settings.get(AUTH_BASIC))
                : AccessControl.OFF;
    }

    /** What concerns nothing but the wire. */
    static ReaperWire wire(Settings settings) {
        return ReaperWire.of(
                configuration(settings),
                settings.get(ENABLE_CROSS_ORIGIN),
                accessControl(settings),
                settings.get(CRYPTOGRAPH));
    }

    private static int count(Settings settings, Knob<Long> knob) {
        return Math.toIntExact(settings.get(knob));
    }

    // ---- kinds of knobs that only Reaper has ----

    /** An enum's constant by the name that the yaml file has, whatever its case; hyphens are as good as underscores. */
    private static <E extends Enum<E>> Knob<E> constant(String name, E byDefault, String summary) {
        List<E> all = List.of(byDefault.getDeclaringClass().getEnumConstants());
        return new Knob<>(
                name,
                "one of " + String.join(", ", all.stream().map(E::name).toList()),
                byDefault.name(),
                summary,
                text -> all.stream()
                        .filter(one -> one.name().equalsIgnoreCase(text.replace('-', '_')))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("none of them")));
    }

    private static Knob<Double> number(String name, String byDefault, double min, double max, String summary) {
        String kind = (min > 0 ? "a number above 0 and up to " : "a number from 0 to ") + (int) max;
        return new Knob<>(name, kind, byDefault, summary, text -> {
            double value = Double.parseDouble(text);
            if (!(value >= min && value <= max)) {
                throw new IllegalArgumentException("out of bounds");
            }
            return value;
        });
    }

    private static Knob<Duration> aboveZero(String name, String byDefault, String summary) {
        return new Knob<>(name, "a duration above zero, such as 30s or PT2H", byDefault, summary, text -> {
            Duration value = duration(text);
            if (value.isZero()) {
                throw new IllegalArgumentException("not above zero");
            }
            return value;
        });
    }

    private static Duration duration(String text) {
        try {
            Duration value = ClockMode.duration(text);
            if (value.isNegative()) {
                throw new IllegalArgumentException("negative");
            }
            return value;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Span span(String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            Duration always = duration(text);
            return new Span(always, always);
        }
        Span span = new Span(duration(text.substring(0, dots)), duration(text.substring(dots + 2)));
        if (span.max().compareTo(span.min()) < 0) {
            throw new IllegalArgumentException("the second is shorter than the first");
        }
        return span;
    }

    /** Spec reaper 1.2.1: otherwise Reaper refuses to start. */
    private static String valid(String users, String secret, String text) {
        if (users.isEmpty() || secret.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        AccessControl.on(users, secret, AccessControl.DEFAULT_SESSION_TIMEOUT, AccessControl.Mode.JWT, false);
        return text;
    }

    private static Map<String, JmxAuth.Credentials> jmxCredentials(String text) {
        Map<String, JmxAuth.Credentials> credentials = new LinkedHashMap<>();
        for (String one : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] parts = one.split(":", 3);
            if (parts.length < 3) {
                throw new IllegalArgumentException("no cluster, name and password");
            }
            credentials.put(parts[0], new JmxAuth.Credentials(parts[1], parts[2]));
        }
        return credentials;
    }
}
