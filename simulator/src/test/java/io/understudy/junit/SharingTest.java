package io.understudy.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.World;
import io.understudy.undermoon.UndermoonPreset;
import io.understudy.undermoon.UndermoonSimulator;
import io.understudy.world.ClockMode;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Which classes share a world and which do not, however it is described. */
class SharingTest {
    @Test
    void nestedClassesShareTheWorldOfTheClassAroundThem() {
        EngineExecutionResults results = Kit.succeed(3, Outer.class);

        assertThat(new HashSet<>(Kit.published(results, "url"))).hasSize(1);
        assertThat(Kit.published(results, "seed")).containsExactly("1", "1", "1");
    }

    @Test
    void aNestedClassWithAnAnnotationOfItsOwnHasItsOwnWorld() {
        EngineExecutionResults results = Kit.succeed(3, OuterOfAnother.class);

        assertThat(Kit.published(results, "seed")).containsExactlyInAnyOrder("1", "2", "2");
    }

    @Test
    void aNestedClassMayHaveOneInstanceForAllItsTests() {
        Kit.succeed(3, OuterOfPerClass.class);
    }

    @Test
    void subclassesInheritTheAnnotationAndHaveAWorldEach() {
        EngineExecutionResults results = Kit.succeed(2, Heir.class, OtherHeir.class);

        assertThat(Kit.published(results, "seed")).containsExactly("5", "5");
    }

    @Test
    void theAnnotationMayStandOnOneOfYourOwn() {
        assertThat(Kit.published(Kit.succeed(1, Composed.class), "seed")).containsExactly("9");
    }

    @Test
    void withoutAnAnnotationTheWorldHasAllDefaults() {
        assertThat(Kit.published(Kit.succeed(1, Plain.class), "seed")).containsExactly("0");
    }

    @Test
    void aStaticExtensionGivesOneWorldToTheClassAndItsNestedOnes() {
        EngineExecutionResults results = Kit.succeed(3, Registered.class);

        assertThat(new HashSet<>(Kit.published(results, "url"))).hasSize(1);
        assertThat(Kit.published(results, "seed")).containsExactly("42", "42", "42");
    }

    @Test
    void anExtensionInAnInstanceFieldGivesEveryTestAWorld() {
        Kit.succeed(2, RegisteredPerInstance.class);
    }

    @Test
    void anExtensionInAnInstanceFieldOfAnInstancePerClassGivesOneWorldToTheClass() {
        EngineExecutionResults results = Kit.succeed(2, RegisteredPerClass.class);

        assertThat(new HashSet<>(Kit.published(results, "url"))).hasSize(1);
    }

    abstract static class Publishing {
        @BeforeEach
        void publish(World world, UndermoonSimulator undermoon, TestReporter reporter) {
            assertThat(world.journal().entries()).isEmpty();
            reporter.publishEntry("seed", Long.toString(world.seed()));
            reporter.publishEntry("url", undermoon.baseUrl().toString());
            Kit.createCluster(undermoon.baseUrl(), "mine");
        }
    }

    @Understudy(seed = 1, systems = "undermoon")
    static class Outer extends Publishing {
        World outer;

        @Test
        void test() {}

        @Nested
        class Inner {
            World inner;

            @Test
            void test(World world) {
                assertThat(inner).isSameAs(world).isSameAs(outer);
            }

            @Nested
            class Innermost {
                @Test
                void test(World world) {
                    assertThat(inner).isSameAs(world).isSameAs(outer);
                }
            }
        }
    }

    @Understudy(seed = 1, systems = "undermoon")
    static class OuterOfAnother extends Publishing {
        @Test
        void test() {}

        @Nested
        @Understudy(seed = 2, systems = "undermoon")
        class Another {
            @RepeatedTest(2)
            void test(World world) {
                assertThat(world.seed()).isEqualTo(2);
            }
        }
    }

    @Understudy(seed = 1, systems = "undermoon")
    static class OuterOfPerClass extends Publishing {
        World outer;

        @Test
        void test() {}

        @Nested
        @TestInstance(TestInstance.Lifecycle.PER_CLASS)
        class Inner {
            World inner;

            @RepeatedTest(2)
            void test(World world) {
                assertThat(world).isSameAs(inner).isSameAs(outer);
            }
        }
    }

    @Understudy(seed = 5, systems = "undermoon")
    abstract static class Ancestor extends Publishing {
        static World inherited;
    }

    static class Heir extends Ancestor {
        @Test
        void test(World world) {
            assertThat(inherited).isSameAs(world);
        }
    }

    static class OtherHeir extends Ancestor {
        @Test
        void test(World world) {
            assertThat(inherited).isSameAs(world);
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Understudy(seed = 9, systems = "undermoon")
    @interface BrokerTest {}

    @BrokerTest
    static class Composed extends Publishing {
        @Test
        void test() {}
    }

    @ExtendWith(UnderstudyExtension.class)
    static class Plain extends Publishing {
        @Test
        void test() {}
    }

    static class Registered extends Publishing {
        @RegisterExtension
        static final UnderstudyExtension UNDERSTUDY = UnderstudyExtension.builder()
                .seed(42)
                .clock(ClockMode.manual())
                .startingAt(Instant.EPOCH)
                .system("undermoon")
                .profile("undermoon", "upstream")
                .preset(UndermoonPreset.worldSixProxies())
                .set("undermoon.failureTtl", "30s")
                .quirk("undermoon.documented-statuses", true)
                .port("undermoon", 0)
                .build();

        @Test
        void theWorldIsAsDescribed(World world, UndermoonSimulator undermoon) {
            assertThat(world.clock().now()).isEqualTo(Instant.EPOCH);
            assertThat(world.clock().mode()).isEqualTo(ClockMode.manual());
            assertThat(world.settings("undermoon").profile().name()).isEqualTo("upstream");
            assertThat(world.settings("undermoon").values())
                    .containsEntry("failureTtl", "30s")
                    .containsEntry("documentedStatuses", "on");
            assertThat(undermoon.proxyAddresses()).hasSize(6);
        }

        @Nested
        class Inner {
            @RepeatedTest(2)
            void test(UndermoonSimulator undermoon) {
                assertThat(undermoon.clusterNames()).isEqualTo(List.of("mine"));
            }
        }
    }

    static class RegisteredPerInstance extends Publishing {
        @RegisterExtension
        final UnderstudyExtension understudy =
                UnderstudyExtension.builder().seed(42).system("undermoon").build();

        World world;

        @RepeatedTest(2)
        void test(World parameter) {
            assertThat(world).isSameAs(parameter);
            assertThat(world.seed()).isEqualTo(42);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class RegisteredPerClass extends Publishing {
        @RegisterExtension
        final UnderstudyExtension understudy =
                UnderstudyExtension.builder().seed(42).system("undermoon").build();

        World world;

        @RepeatedTest(2)
        void test(World parameter) {
            assertThat(world).isSameAs(parameter);
        }
    }
}
