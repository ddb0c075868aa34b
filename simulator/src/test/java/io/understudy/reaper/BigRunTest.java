package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.reaper.RunWorld.UnitDraft;
import io.understudy.reaper.cassandra.Universe;
import io.understudy.reaper.cassandra.Universes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs as large as the interface lets them be: how much happens stays in proportion. */
final class BigRunTest {
    @Test
    void aRunOfAHundredThousandSegmentsIsThroughAfterAsManyPolls() {
        RunWorld world = new RunWorld(
                1, Universe.of(List.of(Universes.grid("grid", 100, 4, 3).state())), settings -> {});
        RepairRun run = world.started(UnitDraft.of("grid").with(unit -> {
            unit.cluster = "grid";
            unit.segmentCountPerNode = 1000;
        }));
        int total = run.plan().totalSegments();
        assertThat(total).isGreaterThan(100_000);

        Duration took = world.until(run, RunState.DONE);

        assertThat(took).isBetween(Duration.ofSeconds(30L * total), Duration.ofSeconds(31L * total));
        assertThat(world.segments(run).isAllDone()).isTrue();
    }
}
