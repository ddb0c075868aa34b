package io.understudy.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Simulation;
import io.understudy.World;
import io.understudy.system.Simulator;
import io.understudy.undermoon.UndermoonSimulator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlesTest {
    @Test
    void parametersOfConstructorsTestsAndLifecycleMethods() {
        Kit.succeed(1, Parameters.class);
    }

    @Test
    void fieldsOfAnyVisibilityStaticOrNotInheritedOrNot() {
        Kit.succeed(2, AllFields.class);
    }

    @Test
    void staticFieldsAreEmptyAgainAfterTheClass() {
        Kit.succeed(2, AllFields.class);

        assertThat(AllFields.staticWorld).isNull();
        assertThat(FieldsAbove.staticSimulator).isNull();
    }

    @Test
    void aFieldThatIsFinalOrHasAValueIsLeftAlone() {
        Kit.succeed(1, TheirOwn.class);
    }

    @Test
    void theFieldsOfAnInstancePerClassAreThereBeforeAll() {
        Kit.succeed(2, PerClass.class);
    }

    @Test
    void parameterizedTestsTakeTheirArgumentsFirst() {
        Kit.succeed(2, Parameterized.class);
    }

    @Test
    void theDynamicTestsOfAFactoryShareItsWorld() {
        Kit.succeed(3, Dynamic.class);
    }

    @Understudy(seed = 42, systems = "undermoon", preset = "undermoon=worldSixProxies")
    static class Parameters {
        private static Simulation simulationBefore;
        private final World ofConstructor;
        private UndermoonSimulator ofBeforeEach;

        Parameters(World world) {
            ofConstructor = world;
        }

        @BeforeAll
        static void beforeAll(Simulation simulation, World world) {
            simulationBefore = simulation;
            assertThat(simulation.world()).isSameAs(world);
            assertThat(simulation.isOpen()).isTrue();
        }

        @BeforeEach
        void beforeEach(UndermoonSimulator undermoon) {
            ofBeforeEach = undermoon;
        }

        @Test
        void test(World world, Simulation simulation, UndermoonSimulator undermoon, Simulator any) {
            assertThat(world).isSameAs(ofConstructor).isSameAs(simulation.world());
            assertThat(simulation).isSameAs(simulationBefore);
            assertThat(undermoon).isSameAs(ofBeforeEach).isSameAs(any);
            assertThat(Kit.createCluster(undermoon.baseUrl(), "mine")).isEqualTo(200);
            assertThat(undermoon.clusterNames()).containsExactly("mine");
        }

        @AfterEach
        void afterEach(World world) {
            assertThat(world).isSameAs(ofConstructor);
            assertThat(world.journal().entries()).isNotEmpty();
        }

        @AfterAll
        static void afterAll(Simulation simulation) {
            assertThat(simulation).isSameAs(simulationBefore);
            assertThat(simulation.isOpen()).isTrue();
        }
    }

    static class FieldsAbove {
        static UndermoonSimulator staticSimulator;
        private World above;

        World above() {
            return above;
        }
    }

    @Understudy(systems = "undermoon")
    static class AllFields extends FieldsAbove {
        private static World staticWorld;

        private World world;
        UndermoonSimulator undermoon;
        protected Simulation simulation;
        public Simulator simulator;

        @BeforeAll
        static void beforeAll() {
            assertThat(staticWorld).isNotNull();
            assertThat(staticSimulator.baseUrl()).isNotNull();
        }

        @BeforeEach
        void allAreThere() {
            assertThat(world).isSameAs(staticWorld).isSameAs(above()).isSameAs(simulation.world());
            assertThat(undermoon).isSameAs(staticSimulator).isSameAs(simulator);
        }

        @Test
        void one() {
            assertThat(world.journal().entries()).isEmpty();
            assertThat(Kit.createCluster(undermoon.baseUrl(), "one")).isEqualTo(409);
        }

        @Test
        void two() {
            one();
        }
    }

    @Understudy(systems = "undermoon")
    static class TheirOwn {
        private static final World NOTHING = null;
        private World twin = io.understudy.Understudy.world().seed(7).build();

        @Test
        void test(World world) {
            assertThat(NOTHING).isNull();
            assertThat(twin).isNotSameAs(world);
            assertThat(twin.seed()).isEqualTo(7);
        }
    }

    @Understudy(systems = "undermoon")
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClass {
        private World world;
        private final World ofConstructor;

        PerClass(World world) {
            ofConstructor = world;
        }

        @BeforeAll
        void beforeAll(World parameter) {
            assertThat(world).isSameAs(parameter).isSameAs(ofConstructor);
        }

        @Test
        void one(UndermoonSimulator undermoon) {
            assertThat(world.journal().entries()).isEmpty();
            assertThat(Kit.createCluster(undermoon.baseUrl(), "one")).isEqualTo(409);
            assertThat(world.journal().entries()).hasSize(1);
        }

        @Test
        void two(UndermoonSimulator undermoon) {
            one(undermoon);
        }
    }

    @Understudy(systems = "undermoon", preset = "undermoon=worldSixProxies")
    static class Parameterized {
        @ParameterizedTest
        @ValueSource(strings = {"one", "two"})
        void test(String name, UndermoonSimulator undermoon) {
            Kit.createCluster(undermoon.baseUrl(), name);
            assertThat(undermoon.clusterNames()).containsExactly(name);
        }
    }

    @Understudy(systems = "undermoon", preset = "undermoon=worldSixProxies")
    static class Dynamic {
        @TestFactory
        Stream<DynamicTest> tests(UndermoonSimulator undermoon) {
            return Stream.of(1, 2, 3)
                    .map(number -> DynamicTest.dynamicTest("number " + number, () -> {
                        assertThat(undermoon.clusterNames()).hasSize((number - 1) % 3 == 0 ? 0 : 1);
                        Kit.createCluster(undermoon.baseUrl(), "only");
                    }));
        }
    }
}
