package io.understudy.junit;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** JUnit's tree of contexts, looked at from a leaf. */
final class Contexts {
    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

    private Contexts() {}

    /** The context and those around it, out to that of the outermost test class. */
    static Stream<ExtensionContext> outwards(ExtensionContext context) {
        return Stream.iterate(
                context,
                each -> each.getTestClass().isPresent(),
                each -> each.getParent().orElseThrow());
    }

    /** Whether it may run beside its siblings. */
    static boolean isConcurrent(ExtensionContext context) {
        // the mode can be set where nothing runs in parallel at all
        return context.getExecutionMode() == ExecutionMode.CONCURRENT
                && context.getConfigurationParameter(PARALLEL)
                        .map(Boolean::parseBoolean)
                        .orElse(false);
    }

    /** The test or the class as Surefire's {@code -Dtest} takes it. */
    static String nameOf(ExtensionContext context) {
        return context.getRequiredTestClass().getName()
                + context.getTestMethod().map(method -> "#" + method.getName()).orElse("");
    }
}
