package io.understudy.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Simulation;
import io.understudy.World;
import io.understudy.fault.FaultRule;
import io.understudy.fault.LoseReply;
import io.understudy.journal.Match;
import io.understudy.undermoon.UndermoonSimulator;
import io.understudy.world.ClockMode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.platform.testkit.engine.EngineExecutionResults;

class ResetTest {
    @Test
    void everyTestBeginsInTheInitialWorldOnTheSameListeners() {
        EngineExecutionResults results = Kit.succeed(3, Havoc.class);

        assertThat(Kit.published(results, "url"))
                .hasSize(3)
                .containsOnly(Kit.published(results, "url").get(0));
    }

    @Test
    void theConstructorOfATestSeesTheInitialWorldToo() {
        Kit.succeed(3, InConstructor.class);
    }

    @Test
    void whatWasDoneBeforeAllIsWoundBackLikeEverythingElse() {
        Kit.succeed(1, DoneBeforeAll.class);
    }

    @Test
    void withResetNeverTheTestsAreChaptersOfOneStory() {
        Kit.succeed(2, Story.class);
    }

    @Test
    void aTestThatClosesTheSimulationSpoilsNothingForTheNext() {
        Kit.succeed(2, Closing.class);
    }

    @Test
    void aTestThatClosesWhatAStaticFieldHoldsIsToldSo() {
        Throwable failure = Kit.failure(Kit.run(ClosingTheStatic.class));

        assertThat(failure)
                .hasMessageContaining("a test has closed the simulation that the static field")
                .hasMessageContaining("ClosingTheStatic.simulation holds");
    }

    @Understudy(
            seed = 42,
            systems = "undermoon",
            preset = "undermoon=worldSixProxies+cluster(mycluster,4)",
            set = "undermoon.failureTtl=30s")
    static class Havoc {
        @RepeatedTest(3)
        void test(World world, UndermoonSimulator undermoon, TestReporter reporter) {
            assertThat(world.seed()).isEqualTo(42);
            assertThat(world.clock().now()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(world.clock().mode()).isEqualTo(ClockMode.perRequest(Duration.ofSeconds(1)));
            assertThat(world.journal().entries()).isEmpty();
            assertThat(world.faults().rules()).isEmpty();
            assertThat(undermoon.clusterNames()).containsExactly("mycluster");
            assertThat(world.settings("undermoon").values()).containsEntry("failureTtl", "30s");

            Kit.createCluster(undermoon.baseUrl(), "another");
            world.clock().advance(Duration.ofDays(1));
            world.clock().setMode(ClockMode.manual());
            world.faults().add(FaultRule.on(Match.ANY).inject(new LoseReply()));
            world.reset(7);
            Kit.createCluster(undermoon.baseUrl(), "another");
            assertThat(undermoon.clusterNames()).containsExactly("mycluster", "another");
            reporter.publishEntry("url", undermoon.baseUrl().toString());
        }
    }

    @Understudy(systems = "undermoon", preset = "undermoon=worldSixProxies")
    static class InConstructor {
        InConstructor(UndermoonSimulator undermoon) {
            assertThat(undermoon.clusterNames()).isEmpty();
            Kit.createCluster(undermoon.baseUrl(), "mine");
        }

        @RepeatedTest(3)
        void whatTheConstructorDidStands(UndermoonSimulator undermoon) {
            assertThat(undermoon.clusterNames()).containsExactly("mine");
        }
    }

    @Understudy(systems = "undermoon", preset = "undermoon=worldSixProxies")
    static class DoneBeforeAll {
        @BeforeAll
        static void create(UndermoonSimulator undermoon) {
            assertThat(Kit.createCluster(undermoon.baseUrl(), "early")).isEqualTo(200);
        }

        @Test
        void test(UndermoonSimulator undermoon) {
            assertThat(undermoon.clusterNames()).isEmpty();
        }
    }

    @Understudy(systems = "undermoon", preset = "undermoon=worldSixProxies", reset = Reset.NEVER)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Story {
        @BeforeAll
        static void create(UndermoonSimulator undermoon) {
            Kit.createCluster(undermoon.baseUrl(), "early");
        }

        @Test
        void chapter1(UndermoonSimulator undermoon) {
            assertThat(undermoon.clusterNames()).containsExactly("early");
            Kit.createCluster(undermoon.baseUrl(), "one");
        }

        @Test
        void chapter2(UndermoonSimulator undermoon) {
            assertThat(undermoon.clusterNames()).containsExactly("early", "one");
        }
    }

    @Understudy(systems = "undermoon", preset = "undermoon=worldSixProxies")
    static class Closing {
        @RepeatedTest(2)
        void test(Simulation simulation, UndermoonSimulator undermoon) {
            assertThat(Kit.createCluster(undermoon.baseUrl(), "mine")).isEqualTo(200);
            simulation.close();
        }
    }

    @Understudy(systems = "undermoon")
    static class ClosingTheStatic {
        static Simulation simulation;

        @RepeatedTest(2)
        void test() {
            simulation.close();
        }
    }
}
