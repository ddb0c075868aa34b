package io.understudy.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.World;
import io.understudy.undermoon.UndermoonSimulator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

class ConcurrencyTest {
    @RepeatedTest(10)
    void fiftyConcurrentTestsOfOneClassNeverMeet() {
        EngineExecutionResults results = Kit.succeeded(50, Kit.run(Kit.CONCURRENT, Fifty.class));

        assertThat(new HashSet<>(Kit.published(results, "cluster"))).hasSize(50);
        assertThat(Fifty.CROWD.most()).isGreaterThan(1);
    }

    @Test
    void concurrentClassesWithOneDescriptionNeverMeet() {
        Map<String, String> classes = new HashMap<>(Kit.CONCURRENT);
        classes.put("junit.jupiter.execution.parallel.mode.default", "same_thread");
        classes.put("junit.jupiter.execution.parallel.mode.classes.default", "concurrent");

        Kit.succeeded(4, Kit.run(classes, InOrder.class, AlsoInOrder.class));
    }

    @Test
    void concurrentNestedClassesWhoseTestsRunInOrderNeverMeet() {
        Kit.succeeded(2, Kit.run(Kit.CONCURRENT, OuterOfConcurrent.class));
    }

    @Test
    void aRegisteredExtensionKeepsConcurrentTestsApartToo() {
        Kit.succeeded(8, Kit.run(Kit.CONCURRENT, Registered.class));
        Kit.succeeded(8, Kit.run(Kit.CONCURRENT, RegisteredPerInstance.class));
    }

    @Test
    void testsInOrderHaveTheWorldOfTheClassInTurnAlsoWhenOthersRunConcurrently() {
        Kit.succeeded(6, Kit.run(Kit.CONCURRENT, Mixed.class));

        assertThat(Mixed.IN_TURN).hasSize(1);
        assertThat(Mixed.OWN).hasSize(4).doesNotContainAnyElementsOf(Mixed.IN_TURN);
    }

    @Test
    void withResetNeverConcurrentTestsShareOneWorld() {
        Kit.succeeded(8, Kit.run(Kit.CONCURRENT, OneForAll.class));
    }

    @Test
    void aModeOfConcurrencyMeansNothingWhereNothingRunsInParallel() {
        Map<String, String> off = Map.of("junit.jupiter.execution.parallel.mode.default", "concurrent");

        Kit.succeeded(2, Kit.run(off, StaticField.class));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {StaticField.class, FieldOfPerClass.class, ParameterBeforeAll.class, ParameterAfterAll.class})
    void whatOutlivesATestCannotHoldTheWorldOfConcurrentTests(Class<?> wrong) {
        assertThat(Kit.failures(Kit.run(Kit.CONCURRENT, wrong)))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessageContaining("holds one world for all tests, but ")
                        .hasMessageContaining("has a world of its own. Let the test take it as a parameter"));
    }

    @Test
    void anInheritedStaticFieldCannotHoldTheWorldsOfConcurrentClasses() {
        assertThat(Kit.failures(Kit.run(Kit.CONCURRENT, Heir.class)))
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("the static field Ancestor.inherited: the classes that inherit it may run"
                                + " concurrently and would share it; declare it in Heir itself"));
    }

    /** The world is this test's alone, from the first request to the last, although others are in the middle of theirs. */
    private static void useAlone(Crowd crowd, World world, UndermoonSimulator undermoon, String cluster)
            throws Exception {
        assertThat(world.journal().entries()).isEmpty();
        assertThat(Kit.createCluster(undermoon.baseUrl(), cluster)).isEqualTo(200);
        crowd.join();
        assertThat(undermoon.clusterNames()).containsExactly(cluster);
        assertThat(Kit.createCluster(undermoon.baseUrl(), cluster)).isEqualTo(409);
        assertThat(world.journal().entries()).hasSize(2);
        crowd.leave();
    }

    @Understudy(seed = 42, systems = "undermoon", preset = "undermoon=worldSixProxies")
    static class Fifty {
        static final Crowd CROWD = new Crowd();

        World ofField;

        @RepeatedTest(50)
        void test(RepetitionInfo repetition, World world, UndermoonSimulator undermoon, TestReporter reporter)
                throws Exception {
            assertThat(ofField).isSameAs(world);
            String cluster = "cluster" + repetition.getCurrentRepetition();
            useAlone(CROWD, world, undermoon, cluster);
            reporter.publishEntry("cluster", cluster);
        }
    }

    @Understudy(systems = "undermoon", preset = "undermoon=worldSixProxies")
    abstract static class OneAfterTheOther {
        static final Crowd CROWD = new Crowd();

        @RepeatedTest(2)
        void test(World world, UndermoonSimulator undermoon) throws Exception {
            useAlone(CROWD, world, undermoon, getClass().getSimpleName());
        }
    }

    static class InOrder extends OneAfterTheOther {
        static World world;
    }

    static class AlsoInOrder extends OneAfterTheOther {
        static World world;
    }

    @Understudy(systems = "undermoon", preset = "undermoon=worldSixProxies")
    static class OuterOfConcurrent {
        static final Crowd CROWD = new Crowd();

        @Nested
        class One {
            @Test
            @Execution(ExecutionMode.SAME_THREAD)
            void test(World world, UndermoonSimulator undermoon) throws Exception {
                useAlone(CROWD, world, undermoon, "one");
            }
        }

        @Nested
        class Two {
            @Test
            @Execution(ExecutionMode.SAME_THREAD)
            void test(World world, UndermoonSimulator undermoon) throws Exception {
                useAlone(CROWD, world, undermoon, "two");
            }
        }
    }

    static class Registered {
        static final Crowd CROWD = new Crowd();

        @RegisterExtension
        static final UnderstudyExtension UNDERSTUDY = UnderstudyExtension.builder()
                .preset("undermoon", "worldSixProxies")
                .build();

        @RepeatedTest(8)
        void test(World world, UndermoonSimulator undermoon) throws Exception {
            useAlone(CROWD, world, undermoon, "mine");
        }
    }

    static class RegisteredPerInstance {
        static final Crowd CROWD = new Crowd();

        @RegisterExtension
        final UnderstudyExtension understudy = UnderstudyExtension.builder()
                .preset("undermoon", "worldSixProxies")
                .build();

        @RepeatedTest(8)
        void test(World world, UndermoonSimulator undermoon) throws Exception {
            useAlone(CROWD, world, undermoon, "mine");
        }
    }

    @Understudy(systems = "undermoon")
    static class Mixed {
        static final Set<World> IN_TURN = ConcurrentHashMap.newKeySet();
        static final Set<World> OWN = ConcurrentHashMap.newKeySet();

        @Execution(ExecutionMode.SAME_THREAD)
        @RepeatedTest(2)
        void inOrder(World world) {
            IN_TURN.add(world);
        }

        @RepeatedTest(4)
        void concurrent(World world) {
            OWN.add(world);
        }
    }

    @Understudy(systems = "undermoon", preset = "undermoon=proxies(64)", reset = Reset.NEVER)
    static class OneForAll {
        static World world;
        static UndermoonSimulator undermoon;

        @RepeatedTest(8)
        void test(RepetitionInfo repetition, World parameter) {
            assertThat(parameter).isSameAs(world);
            Kit.createCluster(undermoon.baseUrl(), "cluster" + repetition.getCurrentRepetition());
        }

        @AfterAll
        static void allAreThere() {
            assertThat(undermoon.clusterNames()).hasSize(8);
        }
    }

    @Understudy
    static class StaticField {
        static World world;

        @RepeatedTest(2)
        void test() {}
    }

    @Understudy
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @Execution(ExecutionMode.CONCURRENT)
    static class FieldOfPerClass {
        World world;

        @Test
        @Execution(ExecutionMode.CONCURRENT)
        void test() {}
    }

    @Understudy
    static class ParameterBeforeAll {
        @BeforeAll
        static void beforeAll(World world) {}

        @RepeatedTest(2)
        void test() {}
    }

    @Understudy
    static class ParameterAfterAll {
        @RepeatedTest(2)
        void test() {}

        @AfterAll
        static void afterAll(World world) {}
    }

    @Understudy
    abstract static class Ancestor {
        static World inherited;
    }

    static class Heir extends Ancestor {
        @Test
        void test() {}
    }
}
