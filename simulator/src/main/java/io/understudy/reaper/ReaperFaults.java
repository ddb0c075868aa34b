package io.understudy.reaper;

import io.understudy.fault.DomainFault;
import io.understudy.fault.DomainFaultType;
import io.understudy.fault.DomainFaultType.Parameter;
import io.understudy.fault.Faults;
import io.understudy.fault.Faults.ActiveRule;
import io.understudy.world.Kernel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reaper's domain faults: their list, and the conditions that those in force amount to (spec reaper 4). Which faults there are is
 * asked of the world's fault rules each time; what is kept here is how often one has struck, and since when it is in force.
 */
final class ReaperFaults implements Conditions {
    static final String NODE_DOWN = "nodeDown";
    static final String NODE_FLAPPING = "nodeFlapping";
    static final String JMX_UNREACHABLE = "jmxUnreachable";
    static final String SEGMENT_FAILS = "segmentFails";
    static final String SEGMENT_HANGS = "segmentHangs";
    static final String SEGMENT_SLOW = "segmentSlow";
    static final String PENDING_COMPACTIONS = "pendingCompactions";
    static final String STORAGE_DOWN = "storageDown";
    static final String TOKENS_EXPIRED = "tokensExpired";
    static final String CLUSTER_UNREACHABLE = "clusterUnreachable";
    static final String SCHEDULE_MISSED = "scheduleMissed";

    static final String CLUSTER = "cluster";
    static final String HOST = "host";
    static final String KEYSPACE = "keyspace";
    static final String RUN = "run";
    static final String COORDINATOR = "coordinator";
    static final String SEGMENT = "segment";
    static final String TIMES = "times";
    static final String AFTER = "after";
    static final String FACTOR = "factor";
    static final String PERIOD = "period";
    static final String PENDING = "pending";
    static final String SEED_HOST = "seedHost";
    static final String SCHEDULE = "schedule";

    /** As long as Cassandra takes to find out in the ordinary case: half of a segment's usual 4 s. */
    private static final String FAILS_AFTER = "2s";

    private static final String FLAPPING_PERIOD = "2m";
    private static final int MANY_COMPACTIONS = 100;
    private static final int ALWAYS = Integer.MAX_VALUE;

    private static final Parameter SOME_CLUSTER =
            new Parameter(CLUSTER, false, "the cluster's symbolic name; any by default");
    private static final Parameter THE_HOST = new Parameter(HOST, true, "the node's address in the ring");
    private static final List<Parameter> WHICH_SEGMENTS = List.of(
            SOME_CLUSTER,
            new Parameter(KEYSPACE, false, "the keyspace; any by default"),
            new Parameter(RUN, false, "the run's id; any by default"),
            new Parameter(
                    COORDINATOR, false, "the address of the coordinator that the segment is handed to; any by default"),
            new Parameter(SEGMENT, false, "the segment's place in the list of its run, counted from 0; any by default"),
            new Parameter(
                    TIMES, false, "how many attempts it strikes, those of all segments together; all by default"));

    static final List<DomainFaultType> TYPES = List.of(
            new DomainFaultType(
                    NODE_DOWN, "a node is dead for gossip, and unreachable", List.of(THE_HOST, SOME_CLUSTER)),
            new DomainFaultType(
                    NODE_FLAPPING,
                    "a node goes down and comes back, over and over",
                    List.of(
                            THE_HOST,
                            SOME_CLUSTER,
                            new Parameter(
                                    PERIOD,
                                    false,
                                    "after how long it goes down again; it is down for the first half of that, from when the"
                                            + " fault begins; " + FLAPPING_PERIOD + " by default"))),
            new DomainFaultType(
                    JMX_UNREACHABLE,
                    "Reaper cannot connect to a node, which is up for all others",
                    List.of(THE_HOST, SOME_CLUSTER)),
            new DomainFaultType(
                    SEGMENT_FAILS,
                    "Cassandra reports an error for a segment, which is postponed and tried again",
                    with(
                            WHICH_SEGMENTS,
                            new Parameter(
                                    AFTER, false, "how long it runs before that; " + FAILS_AFTER + " by default"))),
            new DomainFaultType(
                    SEGMENT_HANGS, "nothing is heard of a segment any more, until its time-out", WHICH_SEGMENTS),
            new DomainFaultType(
                    SEGMENT_SLOW,
                    "segments take longer",
                    with(
                            WHICH_SEGMENTS,
                            new Parameter(FACTOR, true, "how many times as long, above 0 and up to 1000000"))),
            new DomainFaultType(
                    PENDING_COMPACTIONS,
                    "compactions pile up on a node; with more than maxPendingCompactions nothing is repaired there",
                    List.of(
                            THE_HOST,
                            SOME_CLUSTER,
                            new Parameter(
                                    PENDING, false, "how many are pending; " + MANY_COMPACTIONS + " by default"))),
            new DomainFaultType(STORAGE_DOWN, "Reaper cannot reach its storage", List.of()),
            new DomainFaultType(
                    TOKENS_EXPIRED, "tokens that were issued before the fault began are not accepted", List.of()),
            new DomainFaultType(
                    CLUSTER_UNREACHABLE,
                    "no node can be reached when a cluster is registered",
                    List.of(new Parameter(SEED_HOST, false, "the seed host as given; any by default"))),
            new DomainFaultType(
                    SCHEDULE_MISSED,
                    "a schedule does not fire when it is due: its next activation moves on, no run is created",
                    List.of(
                            new Parameter(SCHEDULE, false, "the schedule's id; any by default"),
                            SOME_CLUSTER,
                            new Parameter(KEYSPACE, false, "the keyspace; any by default"),
                            new Parameter(TIMES, false, "how many activations it strikes; all by default"))));

    private final Faults faults;
    private final Kernel kernel;
    private final RunStore runs;
    private final Map<String, Strikes> known = new TreeMap<>();

    /**
     * What is remembered of a fault rule in force.
     *
     * @param since when it came into force
     * @param count how often it has struck
     */
    record Strikes(Instant since, int count) {}

    /** @param known by the rule's id */
    record State(Map<String, Strikes> known) {
        static final State EMPTY = new State(Map.of());
    }

    ReaperFaults(Faults faults, Kernel kernel, RunStore runs) {
        this.faults = faults;
        this.kernel = kernel;
        this.runs = runs;
    }

    private static List<Parameter> with(List<Parameter> parameters, Parameter another) {
        return Stream.concat(parameters.stream(), Stream.of(another)).toList();
    }

    /** Checks values beyond presence. */
    static void check(DomainFault fault) {
        FaultArguments arguments = FaultArguments.of(fault);
        arguments.count(TIMES, ALWAYS);
        arguments.count(SEGMENT, 0);
        arguments.count(PENDING, MANY_COMPACTIONS);
        arguments.factor(FACTOR);
        arguments.duration(AFTER, FAILS_AFTER);
        if (arguments.duration(PERIOD, FLAPPING_PERIOD).compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(PERIOD + " must be 1s or longer");
        }
    }

    /** To be called whenever faults have come into force or gone. */
    void changed() {
        List<String> inForce = faults.rules().stream()
                .filter(ReaperFaults::isOurs)
                .map(ReaperFaults::id)
                .toList();
        known.keySet().retainAll(inForce);
        inForce.forEach(id -> known.putIfAbsent(id, new Strikes(now(), 0)));
    }

    State state() {
        return new State(new TreeMap<>(known));
    }

    void restore(State state) {
        known.clear();
        known.putAll(state.known());
    }

    // ---- the conditions ----

    @Override
    public boolean nodeDown(String cluster, String host) {
        return isSomethingWrong() && isDown(cluster, host);
    }

    private boolean isDown(String cluster, String host) {
        return about(NODE_DOWN, cluster, host).findAny().isPresent()
                || inForce(NODE_FLAPPING).anyMatch(rule -> isAbout(rule, cluster, host) && isInDownHalf(rule));
    }

    private boolean isInDownHalf(ActiveRule rule) {
        long period = arguments(rule).duration(PERIOD, FLAPPING_PERIOD).toMillis();
        return elapsed(rule).toMillis() % period < period / 2;
    }

    private Duration elapsed(ActiveRule rule) {
        return Duration.between(strikes(rule).since(), now());
    }

    @Override
    public boolean jmxUnreachable(String cluster, String host) {
        return isSomethingWrong()
                && about(JMX_UNREACHABLE, cluster, host).findAny().isPresent();
    }

    @Override
    public boolean flaps(String cluster) {
        return isSomethingWrong()
                && inForce(NODE_FLAPPING).anyMatch(rule -> arguments(rule).admit(CLUSTER, cluster));
    }

    /** When the next flapping node goes down or comes back, if one flaps. */
    Optional<Instant> nextFlap() {
        return inForce(NODE_FLAPPING)
                .map(rule -> {
                    long half =
                            arguments(rule).duration(PERIOD, FLAPPING_PERIOD).toMillis() / 2;
                    long halves = elapsed(rule).toMillis() / half + 1;
                    return strikes(rule).since().plusMillis(half * halves);
                })
                .min(Instant::compareTo);
    }

    @Override
    public OptionalInt pendingCompactions(String cluster, String host) {
        return !isSomethingWrong()
                ? OptionalInt.empty()
                : about(PENDING_COMPACTIONS, cluster, host)
                        .mapToInt(rule -> arguments(rule).count(PENDING, MANY_COMPACTIONS))
                        .max();
    }

    @Override
    public Attempt attempt(RepairRun run, RepairSegment segment, String coordinator) {
        return isSomethingWrong() ? struck(run, segment, coordinator) : new Attempt.Succeeds(1);
    }

    private Attempt struck(RepairRun run, RepairSegment segment, String coordinator) {
        Optional<ActiveRule> hangs =
                striking(SEGMENT_HANGS, run, segment, coordinator).findFirst();
        if (hangs.isPresent()) {
            strike(hangs.get());
            return new Attempt.Hangs();
        }
        Optional<ActiveRule> fails =
                striking(SEGMENT_FAILS, run, segment, coordinator).findFirst();
        if (fails.isPresent()) {
            strike(fails.get());
            return new Attempt.Fails(arguments(fails.get()).duration(AFTER, FAILS_AFTER));
        }
        double slower = 1;
        for (ActiveRule rule : striking(SEGMENT_SLOW, run, segment, coordinator).toList()) {
            strike(rule);
            slower *= arguments(rule).factor(FACTOR);
        }
        return new Attempt.Succeeds(slower);
    }

    @Override
    public boolean storageDown() {
        return isSomethingWrong() && inForce(STORAGE_DOWN).findAny().isPresent();
    }

    @Override
    public boolean registrationFails(String seedHost) {
        return inForce(CLUSTER_UNREACHABLE).anyMatch(rule -> arguments(rule).admit(SEED_HOST, seedHost));
    }

    @Override
    public boolean scheduleMissed(RepairSchedule schedule, RepairUnit unit) {
        Optional<ActiveRule> striking = inForce(SCHEDULE_MISSED)
                .filter(this::hasStrikesLeft)
                .filter(rule -> arguments(rule).admit(SCHEDULE, schedule.id().toString())
                        && arguments(rule).admit(CLUSTER, unit.clusterName())
                        && arguments(rule).admit(KEYSPACE, unit.keyspaceName()))
                .findFirst();
        striking.ifPresent(this::strike);
        return striking.isPresent();
    }

    @Override
    public Optional<Instant> tokensExpiredBefore() {
        return inForce(TOKENS_EXPIRED).map(rule -> strikes(rule).since()).max(Instant::compareTo);
    }

    // ---- which rules ----

    private Stream<ActiveRule> striking(String name, RepairRun run, RepairSegment segment, String coordinator) {
        return inForce(name)
                .filter(this::hasStrikesLeft)
                .filter(rule -> arguments(rule).admit(CLUSTER, run.plan().clusterName())
                        && arguments(rule).admit(KEYSPACE, run.plan().keyspaceName())
                        && arguments(rule).admit(RUN, run.id().toString())
                        && arguments(rule).admit(COORDINATOR, coordinator)
                        && isThatSegment(arguments(rule), run, segment));
    }

    private boolean isThatSegment(FaultArguments arguments, RepairRun run, RepairSegment segment) {
        return !arguments.has(SEGMENT) || runs.segments(run).all().indexOf(segment) == arguments.count(SEGMENT, 0);
    }

    private Stream<ActiveRule> about(String name, String cluster, String host) {
        return inForce(name).filter(rule -> isAbout(rule, cluster, host));
    }

    private static boolean isAbout(ActiveRule rule, String cluster, String host) {
        return arguments(rule).admit(HOST, host) && arguments(rule).admit(CLUSTER, cluster);
    }

    /** Mostly nothing is, and that is asked for every replica of every candidate. */
    private boolean isSomethingWrong() {
        return !known.isEmpty();
    }

    private Stream<ActiveRule> inForce(String name) {
        return faults.rules().stream()
                .filter(ReaperFaults::isOurs)
                .filter(rule -> ((DomainFault) rule.rule().fault()).name().equals(name));
    }

    private static boolean isOurs(ActiveRule active) {
        return active.begun()
                && active.rule().fault() instanceof DomainFault
                && AppContext.SYSTEM.equals(active.rule().match().system());
    }

    private boolean hasStrikesLeft(ActiveRule rule) {
        return strikes(rule).count() < arguments(rule).count(TIMES, ALWAYS);
    }

    private void strike(ActiveRule rule) {
        known.computeIfPresent(id(rule), (id, before) -> new Strikes(before.since(), before.count() + 1));
    }

    private Strikes strikes(ActiveRule rule) {
        return known.getOrDefault(id(rule), new Strikes(now(), 0));
    }

    private static FaultArguments arguments(ActiveRule rule) {
        return FaultArguments.of((DomainFault) rule.rule().fault());
    }

    private static String id(ActiveRule rule) {
        return Objects.requireNonNull(rule.rule().id());
    }

    private Instant now() {
        return kernel.clock().now();
    }
}
