package io.understudy.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes inside a test, and looks at what became of them. */
final class Kit {
    /** Everything that may run concurrently does. */
    static final Map<String, String> CONCURRENT = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "8");

    private Kit() {}

    static EngineExecutionResults run(Class<?>... cases) {
        return run(Map.of(), cases);
    }

    static EngineExecutionResults run(Map<String, String> parameters, Class<?>... cases) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(Arrays.stream(cases).map(it -> selectClass(it)).toArray(ClassSelector[]::new))
                .execute();
    }

    /** All tests succeed, and so many there are. */
    static EngineExecutionResults succeed(int tests, Class<?>... cases) {
        return succeeded(tests, run(cases));
    }

    static EngineExecutionResults succeeded(int tests, EngineExecutionResults results) {
        List<Throwable> failures = failures(results);
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.size() + " failures, the first: " + failures.get(0), failures.get(0));
        }
        results.testEvents().assertStatistics(counts -> counts.started(tests).succeeded(tests));
        return results;
    }

    /** Whatever failed, tests and classes alike. */
    static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }

    /** The only failure there is. */
    static Throwable failure(EngineExecutionResults results) {
        List<Throwable> failures = failures(results);
        if (failures.size() != 1) {
            throw new AssertionError("one failure was wanted, there are " + failures);
        }
        return failures.get(0);
    }

    /** What the tests published under that key, in order. */
    static List<String> published(EngineExecutionResults results, String key) {
        return results.allEvents().reportingEntryPublished().stream()
                .map(Kit::entry)
                .map(entry -> entry.getKeyValuePairs().get(key))
                .filter(Objects::nonNull)
                .toList();
    }

    private static ReportEntry entry(Event event) {
        return event.getRequiredPayload(ReportEntry.class);
    }

    /** Creates a cluster of four nodes over HTTP and says which status that gave. */
    static int createCluster(URI broker, String name) {
        HttpRequest request = HttpRequest.newBuilder(broker.resolve("/api/v3/clusters/meta/" + name))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"node_number\":4}"))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
