package io.understudy.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.journal.Journal;
import io.understudy.world.ClockMode;
import io.understudy.world.Kernel;
import io.understudy.world.Snapshot;
import io.understudy.world.Tally;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A world that is saved in the middle and continued elsewhere goes the same way. */
class SnapshotProperties {
    /** One thing done to a world. */
    interface Command {
        void doTo(World world);
    }

    record Add(int amount) implements Command {
        @Override
        public void doTo(World world) {
            world.tally.add(amount);
        }
    }

    record Plan(int seconds, int amount) implements Command {
        @Override
        public void doTo(World world) {
            world.tally.plan(Duration.ofSeconds(seconds), new Tally.Add(amount));
        }
    }

    record Repeat(int times, int millis) implements Command {
        @Override
        public void doTo(World world) {
            world.tally.plan(Duration.ZERO, new Tally.Again(times, Duration.ofMillis(millis)));
        }
    }

    record Draw(String stream) implements Command {
        @Override
        public void doTo(World world) {
            world.tally.draw(stream);
        }
    }

    record Advance(int seconds) implements Command {
        @Override
        public void doTo(World world) {
            world.kernel.clock().advance(Duration.ofSeconds(seconds));
        }
    }

    record Request(int amount) implements Command {
        @Override
        public void doTo(World world) {
            world.kernel.request(() -> {
                world.tally.add(amount);
                return amount;
            });
        }
    }

    record Mode(ClockMode mode) implements Command {
        @Override
        public void doTo(World world) {
            world.kernel.clock().setMode(mode);
        }
    }

    private static final class World {
        private final Kernel kernel;
        private final Tally tally;

        private World(long seed) {
            kernel = new Kernel(seed, Kernel.DEFAULT_START, ClockMode.manual(), () -> 0);
            kernel.add(new Journal(kernel));
            tally = Tally.in(kernel);
        }

        private void all(List<Command> commands) {
            commands.forEach(command -> command.doTo(this));
        }

        private String json() {
            return SnapshotJson.write(kernel.snapshot());
        }
    }

    @Property
    void aRestoredWorldContinuesAsTheOldOne(
            @ForAll long seed, @ForAll("commands") List<Command> before, @ForAll("commands") List<Command> after) {
        World old = new World(seed);
        old.all(before);
        String saved = old.json();
        Snapshot snapshot = old.kernel.snapshot();
        old.all(after);

        World fresh = new World(seed + 1);
        fresh.all(after);
        fresh.kernel.restore(SnapshotJson.read(saved, fresh.kernel));
        assertThat(fresh.json()).isEqualTo(saved);
        fresh.all(after);
        World forked = new World(0);
        forked.kernel.restore(snapshot);
        forked.all(after);

        assertThat(fresh.json()).isEqualTo(old.json());
        assertThat(forked.kernel.snapshot()).isEqualTo(old.kernel.snapshot());
    }

    @Property
    void theSameCommandsUnderTheSameSeedEndInTheSameWorld(
            @ForAll long seed, @ForAll("commands") List<Command> commands) {
        World one = new World(seed);
        World other = new World(seed);
        one.all(commands);
        other.all(commands);

        assertThat(one.kernel.snapshot()).isEqualTo(other.kernel.snapshot());
    }

    @Provide
    Arbitrary<List<Command>> commands() {
        Arbitrary<Integer> small = Arbitraries.integers().between(0, 20);
        return Arbitraries.<Command>oneOf(
                        small.map(Add::new),
                        small.flatMap(s -> small.map(a -> new Plan(s, a))),
                        small.flatMap(t -> small.map(ms -> new Repeat(t, ms))),
                        Arbitraries.of("a", "b", "fault/é").map(Draw::new),
                        small.map(Advance::new),
                        small.map(Request::new),
                        Arbitraries.of(ClockMode.manual(), ClockMode.perRequest(Duration.ofMillis(1500)))
                                .map(Mode::new))
                .list()
                .ofMaxSize(25);
    }
}
