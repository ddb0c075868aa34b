package io.understudy.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;

import io.understudy.Simulation;
import io.understudy.undermoon.UndermoonSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

class ClosingTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                Ordinary.class,
                Registered.class,
                RegisteredPerInstance.class,
                FailingInConstructor.class,
                FailingInConstructorPerClass.class,
                FailingBeforeAll.class
            })
    void afterTheClassItsPortsAreFreeAndItsThreadsAreGone(Class<?> type) {
        Set<Thread> before = threads();

        assertFreed(Kit.run(type));
        assertFreed(Kit.run(Kit.CONCURRENT, type));

        // the scheduler's thread was told to end and takes a moment for it
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    }

    @Test
    void theWorldOfANestedClassEndsWithItAndTheOneAroundItGoesOn() {
        Kit.succeed(1, Outer.class);
    }

    private static void assertFreed(EngineExecutionResults results) {
        assertThat(Kit.published(results, "url")).isNotEmpty();
        for (String url : Kit.published(results, "url")) {
            try {
                new ServerSocket(URI.create(url).getPort(), 1, InetAddress.getLoopbackAddress()).close();
            } catch (IOException e) {
                throw new UncheckedIOException(url, e);
            }
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("understudy"))
                .collect(Collectors.toSet());
    }

    private static void publish(TestReporter reporter, UndermoonSimulator undermoon) {
        reporter.publishEntry("url", undermoon.baseUrl().toString());
        Kit.createCluster(undermoon.baseUrl(), "mine");
    }

    @Understudy
    static class Ordinary {
        @RepeatedTest(2)
        void test(UndermoonSimulator undermoon, TestReporter reporter) {
            publish(reporter, undermoon);
        }
    }

    static class Registered {
        @RegisterExtension
        static final UnderstudyExtension UNDERSTUDY =
                UnderstudyExtension.builder().build();

        @RepeatedTest(2)
        void test(UndermoonSimulator undermoon, TestReporter reporter) {
            publish(reporter, undermoon);
        }
    }

    static class RegisteredPerInstance {
        @RegisterExtension
        final UnderstudyExtension understudy = UnderstudyExtension.builder().build();

        @RepeatedTest(2)
        void test(UndermoonSimulator undermoon, TestReporter reporter) {
            publish(reporter, undermoon);
        }
    }

    @Understudy
    static class FailingInConstructor {
        FailingInConstructor(UndermoonSimulator undermoon, TestReporter reporter) {
            publish(reporter, undermoon);
            fail();
        }

        @RepeatedTest(2)
        void test() {}
    }

    @Understudy
    static class FailingBeforeAll {
        @BeforeAll
        static void beforeAll(UndermoonSimulator undermoon, TestReporter reporter) {
            publish(reporter, undermoon);
            fail();
        }

        @Test
        void test() {}
    }

    @Understudy
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class FailingInConstructorPerClass {
        FailingInConstructorPerClass(UndermoonSimulator undermoon, TestReporter reporter) {
            publish(reporter, undermoon);
            fail();
        }

        @Test
        void test() {}
    }

    @Understudy
    static class Outer {
        private static final List<Simulation> OF_INNER = new ArrayList<>();

        @Nested
        @Understudy
        class Inner {
            @Test
            void test(Simulation simulation) {
                OF_INNER.add(simulation);
                assertThat(simulation.isOpen()).isTrue();
            }
        }

        @AfterAll
        static void afterAll(Simulation simulation) {
            assertThat(simulation.isOpen()).isTrue();
            assertThat(OF_INNER).isNotEmpty().noneMatch(Simulation::isOpen);
        }
    }
}
