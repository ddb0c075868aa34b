package io.understudy.reaper;

import io.understudy.fault.DomainFault;
import io.understudy.fault.DomainFaultType;
import io.understudy.fault.FaultTarget;
import io.understudy.fault.Faults;
import io.understudy.http.Outbound;
import io.understudy.http.Replies;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.reaper.RepairScheduleService.Creation;
import io.understudy.reaper.RepairScheduleService.Wish;
import io.understudy.system.Settings;
import io.understudy.system.Surroundings;
import io.understudy.world.ClockMode;
import io.understudy.world.DomainEvent;
import io.understudy.world.Kernel;
import io.understudy.world.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A Reaper in a world whose clock the test moves, without a network. */
final class ReaperInWorld {
    /** When such worlds begin: two and a half hours into the year. */
    static final Instant START = Instant.parse("2026-01-01T02:30:00Z");

    final Kernel kernel;
    final ReaperProcess process;
    final ReaperSimulator simulator;
    final Faults faults;
    /** What was pushed, as {@code "<call>: <text>"}; {@code "<call>: END"} when that was all. */
    final List<String> pushed = new ArrayList<>();
    /** What was sent elsewhere: method, URL and body. */
    final List<String> sent = new ArrayList<>();

    final List<DomainEvent> happened = new ArrayList<>();

    ReaperInWorld(String preset, String... knobs) {
        Settings settings = settings(preset, knobs);
        kernel = new Kernel(42, START, ClockMode.manual(), System::nanoTime);
        faults = new Faults(kernel);
        Outbound outbound = (method, url, type, body) -> sent.add(method + " " + url + " " + body.text());
        Surroundings world = new Surroundings(
                kernel,
                faults,
                new Pushed(),
                node -> {
                    throw new IllegalStateException();
                },
                settings,
                outbound,
                (realTime, action) -> () -> {});
        process = new ReaperProcess(world);
        simulator = new ReaperSimulator(kernel, process, faults, world.addresses());
        faults.register(new Target());
        kernel.onDomainEvent(happened::add);
        kernel.add(faults);
        kernel.add(process);
    }

    static Settings settings(String preset, String... knobs) {
        Settings settings = Settings.of(DEFINITION).preset(preset);
        for (String knob : knobs) {
            int equals = knob.indexOf('=');
            settings = settings.set(knob.substring(0, equals), knob.substring(equals + 1));
        }
        return settings;
    }

    /** The registry's entry. */
    static final ReaperDefinition DEFINITION = new ReaperDefinition();

    private final class Pushed implements Replies {
        @Override
        public void reply(long id, Reply reply) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void send(long id, Bytes part) {
            pushed.add(id + ": " + part.text());
        }

        @Override
        public void end(long id) {
            pushed.add(id + ": END");
        }

        @Override
        public void drop(long id) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Target implements FaultTarget {
        @Override
        public String system() {
            return AppContext.SYSTEM;
        }

        @Override
        public Map<String, Reply> typicalErrors() {
            return Map.of();
        }

        @Override
        public List<DomainFaultType> domainFaults() {
            return ReaperFaults.TYPES;
        }

        @Override
        public void check(DomainFault fault) {
            ReaperFaults.check(fault);
        }

        @Override
        public void conditionsWillChange() {}

        @Override
        public void conditionsChanged() {
            process.conditionsChanged();
        }
    }

    // ---- time ----

    Instant now() {
        return kernel.clock().now();
    }

    void advance(String duration) {
        kernel.clock().advance(ClockMode.duration(duration));
    }

    /** Goes to the instant after which the scheduler ticks next, at the latest. */
    void tick() {
        kernel.clock().advance(Duration.ofSeconds(62));
    }

    Snapshot snapshot() {
        return kernel.snapshot();
    }

    // ---- commands ----

    <T> T step(Supplier<T> action) {
        return kernel.step(action);
    }

    /** What an accepted command gives. */
    <T> T accepted(Supplier<Outcome<T>> command) {
        Outcome<T> outcome = step(command);
        if (outcome instanceof Outcome.Accepted<T> accepted) {
            return accepted.value();
        }
        throw new AssertionError(outcome.toString());
    }

    /** Why a command is refused. */
    <T> Refusal refused(Supplier<Outcome<T>> command) {
        Outcome<T> outcome = step(command);
        if (outcome instanceof Outcome.Refused<T> refused) {
            return refused.refusal();
        }
        throw new AssertionError("not refused: " + outcome);
    }

    Outcome<Written<Cluster>> post(String seedHost) {
        return step(() ->
                process.registration().addOrUpdate(new ClusterRegistration.Wish(null, seedHost, null, null, null)));
    }

    Outcome<Written<Cluster>> put(String name, String seedHost) {
        return step(() ->
                process.registration().addOrUpdate(new ClusterRegistration.Wish(name, seedHost, null, null, null)));
    }

    Cluster cluster(String name) {
        return process.context().store().cluster(name).orElseThrow();
    }

    /** A schedule of the keyspace of {@code test} every so many days, as if nothing else were given. */
    RepairSchedule schedule(String keyspace, int days) {
        return schedule(wish(keyspace).days(days).build());
    }

    RepairSchedule schedule(Wish wish) {
        Creation creation =
                accepted(() -> process.schedules().create(cluster(wish.unit().clusterName()), wish));
        if (creation instanceof Creation.Created created) {
            return created.schedule();
        }
        throw new AssertionError(creation.toString());
    }

    Outcome<Creation> create(WishBuilder wish) {
        return step(() -> process.schedules().create(cluster("test"), wish.build()));
    }

    static WishBuilder wish(String keyspace) {
        return new WishBuilder(keyspace);
    }

    /** The schedule as it is stored now. */
    RepairSchedule now(RepairSchedule schedule) {
        return process.context().store().schedule(schedule.id()).orElseThrow();
    }

    RunState stateOf(RepairRun run) {
        return run.runState();
    }

    /** The runs that a schedule created, the oldest first. */
    List<RepairRun> runsOf(RepairSchedule schedule) {
        return step(() -> process.context().runs().runs().stream()
                .filter(run -> run.plan().cause().equals(schedule.cause()))
                .toList());
    }

    List<String> happened(String type) {
        return happened.stream()
                .filter(event -> event.type().equals(type))
                .map(event -> event.details().toString())
                .toList();
    }

    /** A schedule to be. */
    static final class WishBuilder {
        private final String keyspace;
        private List<String> tables = List.of();
        private List<String> blacklist = List.of();
        private boolean incremental;
        private boolean subrange;
        private String owner = "bob";
        private Integer days = 7;
        private String triggerTime;
        private int segments;
        private RepairParallelism parallelism = RepairParallelism.DATACENTER_AWARE;
        private boolean adaptive;
        private int threshold = -1;
        private boolean force;

        private WishBuilder(String keyspace) {
            this.keyspace = keyspace;
        }

        WishBuilder tables(String... names) {
            tables = List.of(names);
            return this;
        }

        WishBuilder blacklist(String... names) {
            blacklist = List.of(names);
            return this;
        }

        WishBuilder incremental() {
            incremental = true;
            parallelism = RepairParallelism.PARALLEL;
            return this;
        }

        WishBuilder subrange() {
            subrange = true;
            parallelism = RepairParallelism.PARALLEL;
            return this;
        }

        WishBuilder parallelism(RepairParallelism wished) {
            parallelism = wished;
            return this;
        }

        WishBuilder owner(String name) {
            owner = name;
            return this;
        }

        WishBuilder days(Integer count) {
            days = count;
            return this;
        }

        WishBuilder at(String time) {
            triggerTime = time;
            return this;
        }

        WishBuilder segments(int perNode) {
            segments = perNode;
            return this;
        }

        WishBuilder adaptive() {
            adaptive = true;
            return this;
        }

        WishBuilder threshold(int percent) {
            threshold = percent;
            return this;
        }

        WishBuilder force() {
            force = true;
            return this;
        }

        Wish build() {
            RepairUnit unit = new RepairUnit(
                    RepairUnitService.NO_ID,
                    "test",
                    keyspace,
                    Names.set(tables),
                    incremental,
                    subrange,
                    List.of(),
                    List.of(),
                    Names.set(blacklist),
                    1,
                    30);
            return new Wish(unit, owner, days, triggerTime, segments, parallelism, 0.9, adaptive, threshold, force);
        }
    }
}
