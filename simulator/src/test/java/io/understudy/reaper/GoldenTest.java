package io.understudy.reaper;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A running Reaper does what the stories in {@code golden/reaper} tell. */
class GoldenTest {
    private static final Map<String, Story.Fixture> FIXTURES = Story.fixtures();

    static Stream<Story> stories() {
        return Story.all().values().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void theRunningReaperAnswersAsTheStoryTells(Story story) {
        StoryPlayer.play(story, FIXTURES);
    }
}
