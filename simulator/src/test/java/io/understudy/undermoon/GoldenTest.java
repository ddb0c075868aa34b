package io.understudy.undermoon;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.OpenApiDocument;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays every story of {@code golden/undermoon}, and holds the replies against the OpenAPI document: the examples G1 to G45 of
 * spec undermoon 10, the tables of 2.2 to 2.7, the endpoints of 3 and the worked examples of 5.7.
 */
class GoldenTest {
    private static final Map<String, Story> STORIES = Story.all();
    private static final Map<String, Story.Fixture> FIXTURES = Story.fixtures();

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.of("undermoon");

    static Stream<Story> stories() {
        return STORIES.values().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void theBrokerAnswersAsTheStoryTells(Story story) {
        InProcess broker = client(story);
        Replay replay = new Replay(broker, (request, reply) -> {
            String operation = broker.api().route("broker", request).operation();
            if (!operation.equals("undermoon.unrouted")) {
                DOCUMENT.check(operation, reply);
            }
        });
        replay.rush(story.prelude(STORIES, FIXTURES));
        replay.play(story.steps());
    }

    @Test
    void noGoldenExampleIsMissing() {
        List<String> ids = IntStream.rangeClosed(1, 45).mapToObj(n -> "G" + n).toList();
        assertThat(STORIES.keySet()).containsAll(ids);
    }

    static InProcess client(Story story) {
        Story.Knobs knobs = story.knobs();
        if (knobs == null) {
            return new InProcess();
        }
        BrokerConfig config = BrokerConfig.DEFAULT;
        if (knobs.migrationLimit() != null) {
            config = config.withMigrationLimit(knobs.migrationLimit());
        }
        if (knobs.failureTtl() != null) {
            config = config.withFailureTtl(java.time.Duration.ofSeconds(knobs.failureTtl()));
        }
        if (knobs.failureQuorum() != null) {
            config = config.withFailureQuorum(knobs.failureQuorum());
        }
        if (knobs.orderedProxy() != null) {
            config = config.withOrderedProxy(knobs.orderedProxy());
        }
        InProcess broker = new InProcess(config, wire(knobs));
        if (knobs.unreachable() != null) {
            knobs.unreachable().forEach(broker::makeUnreachable);
        }
        if (knobs.proxyEpochs() != null) {
            knobs.proxyEpochs().forEach(broker::fixEpoch);
        }
        if (knobs.persistError() != null) {
            broker.failToPersistWith(ErrorCode.valueOf(knobs.persistError()));
        }
        return broker;
    }

    private static WireSettings wire(Story.Knobs knobs) {
        WireSettings settings = WireSettings.DEFAULT;
        if (knobs.apiPrefixes() != null) {
            settings = settings.withApiPrefixes(knobs.apiPrefixes().toArray(String[]::new));
        }
        if (knobs.versionString() != null) {
            settings = settings.withVersionString(knobs.versionString());
        }
        if (knobs.gzip() != null) {
            settings = settings.withGzip(WireSettings.Gzip.valueOf(knobs.gzip().toUpperCase(java.util.Locale.ROOT)));
        }
        if (knobs.documentedStatuses() != null) {
            settings = settings.withDocumentedStatuses(knobs.documentedStatuses());
        }
        return settings;
    }
}
