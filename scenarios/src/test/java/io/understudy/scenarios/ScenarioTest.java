package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario file is a story that comes true. */
final class ScenarioTest {
    static List<Path> undermoon() {
        return Scenario.of("undermoon");
    }

    @ParameterizedTest
    @MethodSource("undermoon")
    void theStoryComesTrue(Path file) {
        try (Player player = new Player(Scenario.read(file))) {
            player.play();
        }
    }

    @Test
    void aStoryThatDoesNotComeTrueSaysWhereAndWhatHappened() {
        Scenario wrong = Json.convert(
                Map.of(
                        "title",
                        "Wishful",
                        "story",
                        "",
                        "world",
                        Map.of("system", "undermoon"),
                        "steps",
                        List.of(Map.of("look", "/api/v3/epoch", "sees", Map.of("", 7)))),
                Scenario.class);
        try (Player player = new Player(wrong)) {
            assertThatThrownBy(player::play)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("step 1 of 'Wishful'")
                    .hasMessageContaining("/api/v3/epoch");
        }
    }
}
