package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.json.SnapshotJson;
import io.understudy.reaper.Conditions.Attempt;
import io.understudy.reaper.RunWorld.UnitDraft;
import io.understudy.reaper.cassandra.Universes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** The invariants of spec reaper 3.7 that are about runs, over random histories of commands. */
final class RepairProperties {
    private static final int MAX_PARALLEL = 2;

    /** What may happen. */
    private enum Kind {
        CREATE,
        START,
        START_AGAIN,
        PAUSE,
        ABORT,
        ABORT_SEGMENT,
        DELETE,
        NODE_DOWN,
        NODES_UP,
        COMPACTIONS,
        RESTART,
        PURGE,
        WAIT_A_LITTLE,
        WAIT
    }

    /** Something that happens; the numbers pick among what is there. */
    record Command(Kind kind, int which, int other) {}

    @Provide
    Arbitrary<List<Command>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(Kind.CREATE)),
                Tuple.of(10, Arbitraries.just(Kind.START)),
                Tuple.of(12, Arbitraries.just(Kind.WAIT_A_LITTLE)),
                Tuple.of(12, Arbitraries.just(Kind.WAIT)),
                Tuple.of(14, Arbitraries.of(Kind.class)));
        Arbitrary<Integer> numbers =
                Arbitraries.integers().between(0, 1000).withDistribution(RandomDistribution.uniform());
        return Combinators.combine(kinds, numbers, numbers)
                .as(Command::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(60);
    }

    @Property
    void whateverHappensTheInvariantsHold(
            @ForAll long seed, @ForAll StorageFlavour flavour, @ForAll("histories") List<Command> commands) {
        History history = new History(seed, flavour, 1);
        for (Command command : commands) {
            history.play(command);
            history.checkInvariants();
        }
        Statistics.label("segments done")
                .collect(history.sawDone)
                .coverage(seen -> seen.check(true).percentage(share -> share > 60));
        Statistics.label("segments postponed")
                .collect(history.sawPostponed)
                .coverage(seen -> seen.check(true).percentage(share -> share > 30));
        history.checkThatEverythingEnds();
    }

    @Property(tries = 50)
    void theSameSeedAndTheSameCommandsMakeTheSameWorld(@ForAll long seed, @ForAll("histories") List<Command> commands) {
        History one = new History(seed, StorageFlavour.CASSANDRA, 2);
        History other = new History(seed, StorageFlavour.CASSANDRA, 2);
        commands.forEach(one::play);
        commands.forEach(other::play);
        assertThat(other.world.kernel.snapshot()).isEqualTo(one.world.kernel.snapshot());
    }

    @Property(tries = 50)
    void aWorldThatWasWrittenDownGoesOnAsItWouldHave(
            @ForAll long seed, @ForAll("histories") List<Command> before, @ForAll("histories") List<Command> after) {
        History here = new History(seed, StorageFlavour.CASSANDRA, 1);
        before.forEach(here::play);
        String json = SnapshotJson.write(here.world.kernel.snapshot());
        History there = new History(seed + 1, StorageFlavour.CASSANDRA, 1);
        there.world.trouble.down.addAll(here.world.trouble.down);
        there.world.trouble.pending.putAll(here.world.trouble.pending);
        there.world.kernel.restore(SnapshotJson.read(json, there.world.kernel));
        assertThat(SnapshotJson.write(there.world.kernel.snapshot())).isEqualTo(json);

        after.forEach(here::play);
        after.forEach(there::play);

        assertThat(SnapshotJson.write(there.world.kernel.snapshot()))
                .isEqualTo(SnapshotJson.write(here.world.kernel.snapshot()));
    }

    /** A world, and what is known of its past. */
    private static final class History {
        final RunWorld world;
        final Map<UUID, Integer> postponements = new HashMap<>();
        boolean sawDone;
        boolean sawPostponed;

        History(long seed, StorageFlavour flavour, int instances) {
            world = new RunWorld(seed, Universes.standard(), settings -> {
                settings.flavour = flavour;
                settings.instances = instances;
                settings.minDuration = Duration.ofSeconds(1);
                settings.maxDuration = Duration.ofSeconds(70);
                settings.nothingToRepair = 0.05;
                settings.maxParallelRepairs = MAX_PARALLEL;
            });
            world.trouble.attempts = (segment, coordinator) -> switch (chance(segment)) {
                case 0 -> new Attempt.Fails(Duration.ofSeconds(3));
                case 1 -> new Attempt.Hangs();
                case 2 -> new Attempt.Succeeds(5);
                default -> new Attempt.Succeeds(1);
            };
            world.kernel.onDomainEvent(event -> {
                if (event.type().equals("segmentState")
                        && event.details().get("state").equals("NOT_STARTED")) {
                    postponed(UUID.fromString(event.details().get("segment").toString()));
                }
            });
        }

        /** Without a memory, so that it is the same in a world that was restored. */
        private static int chance(RepairSegment segment) {
            return Math.floorMod(segment.id().hashCode() * 31 + segment.failCount() * 7, 9);
        }

        private void postponed(UUID segment) {
            postponements.merge(segment, 1, Integer::sum);
            sawPostponed = true;
        }

        void play(Command command) {
            List<RepairRun> runs = List.copyOf(world.context.runs().runs());
            switch (command.kind()) {
                case CREATE -> world.register(draft(command));
                case NODE_DOWN -> world.change(() -> world.trouble.down.add(host(command)));
                case NODES_UP -> world.change(world.trouble.down::clear);
                case COMPACTIONS -> world.change(() -> world.trouble.pending.put(host(command), command.other() % 40));
                case RESTART -> restart(runs);
                case PURGE -> world.step(world.purge::purge);
                case WAIT_A_LITTLE -> waitFor(Duration.ofMillis(command.which() * 40L));
                case WAIT -> waitFor(Duration.ofSeconds(command.which()));
                default -> {
                    if (!runs.isEmpty()) {
                        play(command, runs.get(command.which() % runs.size()));
                    }
                }
            }
        }

        private void play(Command command, RepairRun run) {
            switch (command.kind()) {
                case START -> world.updateState(run.id(), "RUNNING");
                case PAUSE -> world.updateState(run.id(), "PAUSED");
                case ABORT -> world.updateState(run.id(), "ABORTED");
                case DELETE -> world.step(() -> world.service.delete(run.id(), "alice"));
                case START_AGAIN -> {
                    RunWorld.State before = world.step(world::state);
                    world.updateState(run.id(), run.runState().name());
                    assertThat(world.step(world::state)).isEqualTo(before);
                }
                case ABORT_SEGMENT -> {
                    List<RepairSegment> segments = world.segments(run).all();
                    RepairSegment segment = segments.get(command.other() % segments.size());
                    Outcome<RepairSegment> outcome =
                            world.step(() -> world.service.abortSegment(run.id(), segment.id(), 0));
                    if (outcome instanceof Outcome.Accepted) {
                        postponed(segment.id());
                    }
                }
                default -> throw new IllegalStateException(command.toString());
            }
        }

        private void restart(List<RepairRun> runs) {
            runs.forEach(run -> world.segments(run).all().stream()
                    .filter(RepairSegment::isUnderRepair)
                    .forEach(segment -> postponed(segment.id())));
            world.kernel.step(world.manager::restart);
        }

        /** Spec reaper 3.7 number 6: who is not among the oldest starts nothing. */
        private void waitFor(Duration duration) {
            List<RepairRun> before = running();
            Instant began = world.kernel.clock().now();
            world.advance(duration);
            if (running().equals(before) && before.size() > MAX_PARALLEL) {
                // what was submitted before may still be on its way, by node 9.9 s and 0.5 s
                Instant latest = began.plusMillis(10_400);
                before.subList(MAX_PARALLEL, before.size())
                        .forEach(waiting -> assertThat(world.segments(waiting).all())
                                .noneMatch(segment -> segment.startTime() != null
                                        && segment.startTime().isAfter(latest)));
            }
        }

        private List<RepairRun> running() {
            return world.context.runs().runs().stream()
                    .filter(run -> run.runState() == RunState.RUNNING
                            && run.plan().clusterName().equals("test"))
                    .toList();
        }

        private static String host(Command command) {
            return "127.0.0." + (1 + command.which() % 3);
        }

        private static UnitDraft draft(Command command) {
            UnitDraft draft =
                    UnitDraft.of(List.of("booya", "shop", "system_auth").get(command.which() % 3));
            draft.timeout = 1 + command.other() % 3;
            draft.intensity = 0.3 + 0.1 * (command.other() % 8);
            draft.incremental = command.other() % 5 == 0;
            draft.subrange = command.other() % 7 == 0;
            if (command.which() % 4 == 3) {
                draft.cluster = "analytics";
                draft.keyspace = "telemetry";
                draft.segmentCountPerNode = 1;
            }
            return draft;
        }

        void checkInvariants() {
            Map<UUID, Integer> runningOfUnit = new HashMap<>();
            for (RepairRun run : world.context.runs().runs()) {
                check(run);
                world.segments(run).all().forEach(this::check);
                checkLocks(run);
                if (run.runState() == RunState.RUNNING) {
                    runningOfUnit.merge(run.plan().repairUnitId(), 1, Integer::sum);
                }
            }
            assertThat(runningOfUnit.values()).allMatch(number -> number == 1);
        }

        private void check(RepairRun run) {
            RunSegments segments = world.segments(run);
            long done = segments.all().stream()
                    .filter(segment -> segment.state() == SegmentState.DONE)
                    .count();
            sawDone |= done > 0;
            assertThat(segments.done()).isEqualTo((int) done);
            assertThat(segments.candidates().size()).isEqualTo((int) segments.all().stream()
                    .filter(segment -> segment.state() == SegmentState.NOT_STARTED)
                    .count());
            assertThat(run.plan().totalSegments()).isEqualTo(segments.all().size());
            assertThat(run.runState() == RunState.DONE && done < segments.total())
                    .isFalse();
            assertThat(world.context.store().unit(run.plan().repairUnitId())).isPresent();
            assertThat(run.startTime() == null).isEqualTo(run.runState() == RunState.NOT_STARTED);
            assertThat(run.pauseTime() != null).isEqualTo(run.runState() == RunState.PAUSED);
            assertThat(run.endTime() != null).isEqualTo(run.runState().isTerminated());
            if (run.startTime() != null) {
                assertThat(run.startTime()).isAfterOrEqualTo(run.plan().creationTime());
            }
            if (run.endTime() != null) {
                assertThat(run.endTime()).isAfterOrEqualTo(run.startTime());
            }
        }

        private void check(RepairSegment segment) {
            assertThat(segment.endTime() != null).isEqualTo(segment.state() == SegmentState.DONE);
            assertThat(segment.startTime() != null).isEqualTo(segment.state() != SegmentState.NOT_STARTED);
            assertThat(segment.coordinatorHost() != null)
                    .isEqualTo(segment.state() != SegmentState.NOT_STARTED || segment.hostId() != null);
            assertThat(segment.failCount()).isEqualTo(postponements.getOrDefault(segment.id(), 0));
        }

        private void checkLocks(RepairRun run) {
            Set<String> busy = new HashSet<>();
            List<String> twice = new ArrayList<>();
            world.segments(run).all().stream()
                    .filter(RepairSegment::isUnderRepair)
                    .flatMap(segment -> segment.replicas().hosts().stream())
                    .filter(host -> !busy.add(host))
                    .forEach(twice::add);
            assertThat(twice).isEmpty();
        }

        /** When all is well again, every run comes to its end; nobody has gone to sleep for ever. */
        void checkThatEverythingEnds() {
            world.change(() -> {
                world.trouble.down.clear();
                world.trouble.pending.clear();
            });
            world.trouble.attempts = (segment, coordinator) -> new Attempt.Succeeds(1);
            world.advance(Duration.ofDays(2));
            assertThat(world.context.runs().runs()).noneMatch(run -> run.runState() == RunState.RUNNING);
            checkInvariants();
        }
    }
}
