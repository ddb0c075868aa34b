package io.understudy.bench;

import io.understudy.Understudy;
import io.understudy.World;
import io.understudy.WorldBuilder;
import io.understudy.undermoon.UndermoonPreset;
import io.understudy.world.Advance;
import io.understudy.world.ClockMode;
import io.understudy.world.Snapshot;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What jumps in time and copies of a world cost, by the size of its cluster. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class WorldBenchmark {
    private static final Duration MONTH = Duration.ofDays(30);

    /** Virtual time ends with the year 9999, which this is safely before. */
    private static final long MAX_MONTHS = 50_000;

    private static WorldBuilder world() {
        return Understudy.world().system("undermoon").clock(ClockMode.manual()).set("undermoon.coordinatorSim", "on");
    }

    /** A cluster, and nothing going on. */
    @State(Scope.Thread)
    public static class Idle {
        @Param({"4", "1000"})
        public int n;

        private World world;
        private Snapshot snapshot;
        private long advances;

        @Setup
        public void aCluster() {
            world = world().preset(UndermoonPreset.proxies(n).cluster("mycluster", n))
                    .build();
            world.clock().advance(Duration.ofMinutes(1));
            snapshot = world.snapshot();
        }

        Advance advance(Duration by) {
            if (++advances % MAX_MONTHS == 0) {
                world.restore(snapshot);
            }
            return world.clock().advance(by);
        }
    }

    /** A cluster that is growing to twice its size, one migration after the other. */
    @State(Scope.Thread)
    public static class Busy {
        @Param({"4", "1000"})
        public int n;

        private World world;
        private Snapshot snapshot;

        @Setup
        public void anExpansion() {
            world = world().preset(UndermoonPreset.proxies(n).midMigration(n, 2 * n, 0))
                    .build();
            snapshot = world.snapshot();
        }

        @Setup(Level.Invocation)
        public void again() {
            world.restore(snapshot);
        }
    }

    @Benchmark
    public Advance idleMonth(Idle idle) {
        return idle.advance(MONTH);
    }

    @Benchmark
    public Advance idleSecond(Idle idle) {
        return idle.advance(Duration.ofSeconds(1));
    }

    @Benchmark
    public Advance busyMonth(Busy busy) {
        return busy.world.clock().advance(MONTH);
    }

    @Benchmark
    public Snapshot snapshot(Idle idle) {
        return idle.world.snapshot();
    }

    @Benchmark
    public World restore(Idle idle) {
        idle.world.restore(idle.snapshot);
        return idle.world;
    }

    @Benchmark
    public World fork(Idle idle) {
        return idle.world.fork();
    }
}
