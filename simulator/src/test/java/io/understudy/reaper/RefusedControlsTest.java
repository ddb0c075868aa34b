package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Controls that could have no effect say so. */
class RefusedControlsTest {
    @Test
    void percentRepairedIsOfTablesThatThereAre() {
        try (ReaperOnAir reaper = new ReaperOnAir(ReaperOnAir.world())) {
            ReaperSimulator simulator = reaper.simulation().world().simulator(ReaperSimulator.class);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> simulator.setPercentRepaired("127.0.0.1", "nope", "booya1", 10))
                    .withMessage("there is no keyspace nope");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> simulator.setPercentRepaired("127.0.0.1", "booya", "nope", 10))
                    .withMessage("keyspace booya has no table nope");
            simulator.setPercentRepaired("127.0.0.1", "booya", "booya1", 10);
        }
    }
}
