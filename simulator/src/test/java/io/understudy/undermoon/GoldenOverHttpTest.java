package io.understudy.undermoon;

import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.WorldBuilder;
import io.understudy.world.ClockMode;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same stories against a running broker. Left out are those that need an unreachable proxy or a full disk, those in which a
 * client has to wait, and replies to HEAD, which have no body on a wire.
 */
class GoldenOverHttpTest {
    private static final Map<String, Story> STORIES = Story.all();
    private static final Map<String, Story.Fixture> FIXTURES = Story.fixtures();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static Stream<Story> stories() {
        return STORIES.values().stream().filter(GoldenOverHttpTest::canBePlayed);
    }

    private static boolean canBePlayed(Story story) {
        Story.Knobs knobs = story.knobs();
        boolean needsTheInside = knobs != null
                && (knobs.unreachable() != null || knobs.proxyEpochs() != null || knobs.persistError() != null);
        return !needsTheInside
                && Stream.concat(story.prelude(STORIES, FIXTURES).stream(), story.steps().stream())
                        .noneMatch(step -> step.as() != null
                                || (step.send() != null && step.send().startsWith("HEAD")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void theRunningBrokerAnswersAsTheStoryTells(Story story) {
        try (Simulation simulation = world(story.knobs()).start()) {
            Replay replay = new Replay(new OverHttp(simulation, HTTP), (request, reply) -> {});
            replay.rush(story.prelude(STORIES, FIXTURES));
            replay.play(story.steps());
        }
    }

    private static WorldBuilder world(Story.Knobs knobs) {
        WorldBuilder world = Understudy.world().system("undermoon").clock(ClockMode.manual());
        if (knobs != null) {
            set(world, "migrationLimit", knobs.migrationLimit());
            set(world, "failureQuorum", knobs.failureQuorum());
            set(world, "failureTtl", knobs.failureTtl() == null ? null : knobs.failureTtl() + "s");
            set(world, "orderedProxy", knobs.orderedProxy());
            set(world, "apiPrefixes", knobs.apiPrefixes() == null ? null : String.join(",", knobs.apiPrefixes()));
            set(world, "versionString", knobs.versionString());
            set(world, "gzip", knobs.gzip());
            set(world, "documentedStatuses", knobs.documentedStatuses());
        }
        return world;
    }

    private static void set(WorldBuilder world, String knob, Object value) {
        if (value != null) {
            world.set("undermoon." + knob, value.toString());
        }
    }
}
