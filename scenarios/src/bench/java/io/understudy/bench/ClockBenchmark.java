package io.understudy.bench;

import io.understudy.world.Advance;
import io.understudy.world.ClockMode;
import io.understudy.world.Kernel;
import io.understudy.world.WallClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a jump in virtual time costs when nothing is due: microseconds, however far. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ClockBenchmark {

    private Kernel world;

    @Setup
    public void anIdleWorld() {
        world = new Kernel(42, Kernel.DEFAULT_START, new ClockMode.Manual(), WallClock.system());
    }

    @Benchmark
    public Advance thirtyDaysOfAnIdleWorld() {
        return world.clock().advance(Duration.ofDays(30));
    }
}
