package io.understudy.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.World;
import io.understudy.fault.FaultRule;
import io.understudy.fault.LoseReply;
import io.understudy.journal.Match;
import io.understudy.undermoon.UndermoonSimulator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.testkit.engine.EngineExecutionResults;

class FailureReportTest {
    @Test
    void aFailureShowsSeedJournalFaultsAndHowToRunItOnceMore() {
        assertThat(report(Kit.run(Failing.class)))
                .isEqualTo("""
                seed 42, clock per-request:PT1S, 2026-01-01T01:00:02Z
                \tthe journal, its last 2 of 2:
                \t\t#1 2026-01-01T00:00:01Z undermoon.createCluster POST /api/v3/clusters/meta/mine {"node_number":4} -> 200
                \t\t#2 2026-01-01T01:00:02Z undermoon.createCluster POST /api/v3/clusters/meta/mine {"node_number":4} -> 409 %s
                \tthe fault rules, 1 in all:
                \t\tslow, struck 0 of 0: {"id":"slow","match":{"operation":"undermoon.expand"},"trigger":{"first":1},\
                "fault":{"type":"loseReply"}}
                \tonce more: mvn test -Dtest='%s#test' -Dunderstudy.seed=42""".formatted("{\"error\":\"ALREADY_EXISTED\"}", Failing.class.getName()));
    }

    @Test
    void itStandsInTheStackTraceWhichEveryToolPrints() {
        StringWriter trace = new StringWriter();
        Kit.failure(Kit.run(Failing.class)).printStackTrace(new PrintWriter(trace));

        assertThat(trace.toString())
                .contains("Suppressed: io.understudy.junit.WorldAtFailure: seed 42, clock per-request:PT1S");
    }

    @Test
    void runOnceMoreAsItSaysTheTestGoesTheSameWay() {
        String once = report(Kit.run(Failing.class));
        String onceMore = report(Kit.run(Map.of("understudy.seed", "42"), Failing.class));

        assertThat(onceMore).isEqualTo(once);
    }

    @Test
    void aSeedThatTheTestChangedIsShownBesideTheOneThatItBeganWith() {
        assertThat(report(Kit.run(Reseeding.class)))
                .startsWith("seed 42 (later reset to 7), clock")
                .endsWith("-Dunderstudy.seed=42");
    }

    @Test
    void itIsShortHoweverMuchHasHappened() {
        List<String> lines = report(Kit.run(Talkative.class)).lines().toList();

        assertThat(lines).hasSize(1 + 1 + WorldAtFailure.MAX_ENTRIES + 1 + WorldAtFailure.MAX_FAULTS + 1);
        assertThat(lines.get(1)).isEqualTo("\tthe journal, its last 20 of 25:");
        assertThat(lines.get(22)).isEqualTo("\tthe fault rules, 12 in all:");
        assertThat(lines.subList(0, lines.size() - 1))
                .allSatisfy(line -> assertThat(line.strip()).hasSizeLessThanOrEqualTo(WorldAtFailure.MAX_WIDTH));
    }

    @Test
    void aFailureInAConstructorOrLifecycleMethodShowsTheWorld() {
        assertThat(report(Kit.run(FailingInConstructor.class)))
                .startsWith("seed 4, ")
                .contains("#1 ")
                .contains("FailingInConstructor#test'");
        assertThat(report(Kit.run(FailingBeforeEach.class)))
                .startsWith("seed 1, ")
                .contains("#1 ");
        assertThat(report(Kit.run(FailingAfterEach.class)))
                .startsWith("seed 2, ")
                .contains("#1 ");
        assertThat(report(Kit.run(FailingBeforeAll.class)))
                .startsWith("seed 3, ")
                .contains("#1 ");
    }

    @Test
    void theWorldIsShownAsItWasBeforeAnythingWasTidiedUp() {
        assertThat(report(Kit.run(TidyingUp.class))).contains("its last 1 of 1:");
    }

    @Test
    void everyFailingDynamicTestShowsTheWorld() {
        List<Throwable> failures = Kit.failures(Kit.run(Dynamic.class));

        assertThat(failures).hasSize(2);
        assertThat(report(failures.get(0))).contains("its last 1 of 1:");
        assertThat(report(failures.get(1))).contains("its last 2 of 2:").contains("Dynamic#tests'");
    }

    @Test
    void aConcurrentTestShowsItsOwnWorld() {
        assertThat(Kit.failures(Kit.run(Kit.CONCURRENT, Concurrent.class)))
                .hasSize(4)
                .allSatisfy(failure -> assertThat(report(failure)).contains("its last 1 of 1:"));
    }

    @Test
    void theTestIsNamedSoThatAShellLeavesTheNameAlone() {
        assertThat(report(Kit.run(Outer.class)))
                .endsWith("-Dtest='io.understudy.junit.FailureReportTest$Outer$Inner#test' -Dunderstudy.seed=0");
    }

    @Test
    void aTestThatIsAbortedHasNotFailed() {
        EngineExecutionResults results = Kit.run(Aborted.class);

        results.testEvents().assertStatistics(counts -> counts.aborted(1));
        assertThat(results.allEvents().aborted().stream()
                        .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class))
                        .flatMap(result -> result.getThrowable().stream()))
                .singleElement()
                .satisfies(aborted -> assertThat(aborted.getSuppressed()).isEmpty());
    }

    private static String report(EngineExecutionResults results) {
        return report(Kit.failure(results));
    }

    /** The one report there is. */
    private static String report(Throwable failure) {
        List<String> reports = Arrays.stream(failure.getSuppressed())
                .filter(WorldAtFailure.class::isInstance)
                .map(Throwable::getMessage)
                .toList();
        assertThat(reports).hasSize(1);
        return reports.get(0);
    }

    @Understudy(seed = 42, systems = "undermoon", preset = "undermoon=worldSixProxies")
    static class Failing {
        @Test
        void test(World world, UndermoonSimulator undermoon) {
            world.faults()
                    .add(FaultRule.on(Match.operation("undermoon.expand"))
                            .named("slow")
                            .first(1)
                            .inject(new LoseReply()));
            Kit.createCluster(undermoon.baseUrl(), "mine");
            world.clock().advance(Duration.ofHours(1));
            assertThat(Kit.createCluster(undermoon.baseUrl(), "mine")).isEqualTo(200);
        }
    }

    @Understudy(seed = 42, systems = "undermoon")
    static class Reseeding {
        @Test
        void test(World world) {
            world.reset(7);
            fail();
        }
    }

    @Understudy(systems = "undermoon")
    static class Talkative {
        @Test
        void test(World world, UndermoonSimulator undermoon) {
            for (int i = 0; i < 12; i++) {
                world.faults()
                        .add(FaultRule.on(Match.ANY.withPath("/" + "x".repeat(300)))
                                .inject(new LoseReply()));
            }
            for (int i = 0; i < 25; i++) {
                Kit.createCluster(undermoon.baseUrl(), "cluster" + i + "x".repeat(1000));
            }
            fail();
        }
    }

    @Understudy(seed = 1, systems = "undermoon")
    static class FailingBeforeEach {
        @BeforeEach
        void beforeEach(UndermoonSimulator undermoon) {
            Kit.createCluster(undermoon.baseUrl(), "mine");
            fail();
        }

        @Test
        void test() {}
    }

    @Understudy(seed = 2, systems = "undermoon")
    static class FailingAfterEach {
        @Test
        void test() {}

        @AfterEach
        void afterEach(UndermoonSimulator undermoon) {
            Kit.createCluster(undermoon.baseUrl(), "mine");
            fail();
        }
    }

    @Understudy(seed = 4, systems = "undermoon")
    static class FailingInConstructor {
        FailingInConstructor(UndermoonSimulator undermoon) {
            Kit.createCluster(undermoon.baseUrl(), "mine");
            fail();
        }

        @Test
        void test() {}
    }

    @Understudy(seed = 3, systems = "undermoon")
    static class FailingBeforeAll {
        @BeforeAll
        static void beforeAll(UndermoonSimulator undermoon) {
            Kit.createCluster(undermoon.baseUrl(), "mine");
            fail();
        }

        @Test
        void test() {}
    }

    @Understudy(systems = "undermoon")
    static class TidyingUp {
        @Test
        void test(UndermoonSimulator undermoon) {
            Kit.createCluster(undermoon.baseUrl(), "mine");
            fail();
        }

        @AfterEach
        void tidyUp(World world) {
            world.reset();
        }
    }

    @Understudy(systems = "undermoon")
    static class Dynamic {
        @TestFactory
        Stream<DynamicTest> tests(UndermoonSimulator undermoon) {
            return Stream.of("one", "two")
                    .map(name -> DynamicTest.dynamicTest(name, () -> {
                        Kit.createCluster(undermoon.baseUrl(), name);
                        fail();
                    }));
        }
    }

    @Understudy(systems = "undermoon")
    static class Concurrent {
        @RepeatedTest(4)
        void test(UndermoonSimulator undermoon) {
            Kit.createCluster(undermoon.baseUrl(), "mine");
            fail();
        }
    }

    @Understudy(systems = "undermoon")
    static class Outer {
        @Nested
        class Inner {
            @Test
            void test() {
                fail();
            }
        }
    }

    @Understudy(systems = "undermoon")
    static class Aborted {
        @Test
        void test() {
            assumeTrue(false);
        }
    }
}
