package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.Understudy;
import io.understudy.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario file is a story that comes true. */
final class ScenarioTest {
    static List<Path> scenarios() {
        return Understudy.systems().stream()
                .flatMap(system -> Scenario.of(system.name()).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theStoryComesTrue(Path file) {
        try (Player player = new Player(Scenario.read(file))) {
            player.play();
        }
    }

    @Test
    void aStoryThatDoesNotComeTrueSaysWhereAndWhatHappened() {
        assertUntrue(Map.of("look", "/api/v3/epoch", "sees", Map.of("", 8)), "step 1 of 'A story'", "/api/v3/epoch");
    }

    @Test
    void whatWasCapturedIsKnownToTheStepsThatFollow() {
        play(List.of(
                Map.of(
                        "look",
                        "/api/v3/clusters/meta/mycluster",
                        "capture",
                        Map.of("proxy", "/cluster/nodes/0/proxy_address", "type", "Content-Type")),
                Map.of("look", "/api/v3/proxies/meta/${proxy}", "sees", Map.of("/proxy/address", "${proxy}")),
                Map.of(
                        "send",
                        "PATCH http://broker/api/v3/clusters/nodes/mycluster {\"node_number\":4}",
                        "with",
                        Map.of("Accept", "${type}"),
                        "answers",
                        200,
                        "capture",
                        Map.of("node", "/0/address"))));
    }

    @Test
    void whatNobodyHasCapturedIsNoStory() {
        assertUntrue(Map.of("look", "/api/v3/${nothing}", "sees", Map.of("", 7)), "${nothing}");
        assertUntrue(Map.of("look", "/api/v3/epoch", "capture", Map.of("gone", "/nowhere")), "/nowhere");
    }

    @Test
    void aStatusIsNotEnoughUnlessTheBodyIsLookedAt() {
        assertUntrue(Map.of("send", "GET /api/v3/epoch", "answers", 200), "GET /api/v3/epoch");
        play(List.of(Map.of("send", "GET /api/v3/epoch", "answers", 200, "sees", Map.of("", 7))));
        assertUntrue(Map.of("send", "GET /api/v3/epoch", "answers", 409, "sees", Map.of("", 7)), "409");
        assertUntrue(
                Map.of("send", "GET /api/v3/clusters/names", "answers", 200, "tally", Map.of("name", Map.of("x", 1))),
                "by name");
    }

    private static void assertUntrue(Map<String, Object> step, String... said) {
        assertThatThrownBy(() -> play(List.of(step)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(said);
    }

    /** A world with mycluster at epoch 7. */
    private static void play(List<Map<String, Object>> steps) {
        Map<String, String> world = Map.of("system", "undermoon", "preset", "worldSixProxies+cluster(mycluster,4)");
        Scenario scenario =
                Json.convert(Map.of("title", "A story", "story", "", "world", world, "steps", steps), Scenario.class);
        try (Player player = new Player(scenario)) {
            player.play();
        }
    }

    @Test
    void everyFileCanBeRead() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "resources", "scenarios"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")).map(Scenario::read))
                    .allSatisfy(scenario -> assertThat(scenario.steps()).isNotEmpty());
        }
    }
}
