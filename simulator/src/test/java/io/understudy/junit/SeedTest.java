package io.understudy.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

class SeedTest {
    private static final Map<String, String> IMPOSED = Map.of("understudy.seed", "-7");

    @Test
    void theAnnotationsSeedHoldsInEveryTest() {
        assertThat(Kit.published(Kit.succeed(2, Annotated.class), "seed")).isEqualTo(List.of("42", "42"));
    }

    @Test
    void theSeedFromOutsideOverridesTheAnnotationsInEveryTest() {
        assertThat(Kit.published(Kit.succeeded(2, Kit.run(IMPOSED, Annotated.class)), "seed"))
                .isEqualTo(List.of("-7", "-7"));
    }

    @Test
    void theSeedFromOutsideOverridesTheBuildersForThatRunOnly() {
        assertThat(Kit.published(Kit.succeeded(2, Kit.run(IMPOSED, Registered.class)), "seed"))
                .isEqualTo(List.of("-7", "-7"));
        assertThat(Kit.published(Kit.succeed(2, Registered.class), "seed")).isEqualTo(List.of("42", "42"));
    }

    @Understudy(seed = 42, systems = "undermoon")
    static class Annotated {
        @RepeatedTest(2)
        void test(World world, TestReporter reporter) {
            reporter.publishEntry("seed", Long.toString(world.seed()));
            world.reset(1);
        }
    }

    static class Registered {
        @RegisterExtension
        static final UnderstudyExtension UNDERSTUDY =
                UnderstudyExtension.builder().seed(42).build();

        @RepeatedTest(2)
        void test(World world, TestReporter reporter) {
            reporter.publishEntry("seed", Long.toString(world.seed()));
            world.reset(1);
        }
    }
}
