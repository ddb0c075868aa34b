package io.understudy.undermoon;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of requests and what they must come to, as it stands in {@code golden/undermoon/*.yaml}.
 *
 * @param id unique among all files
 * @param title what it is about
 * @param source the statement it holds the broker to, such as {@code spec undermoon 10 G13}
 * @param after the story whose end is this one's beginning
 * @param given ready-made beginning: a name from {@code fixtures.yaml}
 * @param knobs how the broker is set; defaults where nothing is said
 */
record Story(
        String id,
        @Nullable String title,
        String source,
        @Nullable String after,
        @Nullable String given,
        @Nullable Knobs knobs,
        List<Step> steps) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final List<String> FILES = List.of(
            "golden.yaml",
            "routing.yaml",
            "bodies.yaml",
            "queries.yaml",
            "endpoints.yaml",
            "scaling.yaml",
            "legacy.yaml");

    /** What spec undermoon 11 lets one set. */
    record Knobs(
            @Nullable Long migrationLimit,
            @Nullable Long failureTtl,
            @Nullable Long failureQuorum,
            @Nullable Boolean orderedProxy,
            @Nullable List<String> apiPrefixes,
            @Nullable String versionString,
            @Nullable String gzip,
            @Nullable Boolean documentedStatuses,
            @Nullable List<String> unreachable,
            @Nullable Map<String, Long> proxyEpochs,
            @Nullable String persistError) {}

    /**
     * One request and what is then true; or a passing of time.
     *
     * @param send method, target and, after another blank, the body; sent as {@code application/json} if there is one
     * @param with header fields; an empty value leaves a field out
     * @param advance virtual time to let pass, instead of sending
     * @param hangUp the id of a waiting request whose client goes away, instead of sending
     * @param as a name for a request that has to wait
     * @param then the name of a request that waited and must have been answered by now, instead of sending
     * @param answers status and then: nothing for an empty body without content type; an error code; {@code text} and a text;
     *     or a JSON body, exact. {@code waits} if there is no answer yet
     * @param begins like answers, but only the beginning of the body
     * @param gzip whether the reply is gzip-coded
     * @param headers header fields of the reply
     * @param epoch the global epoch
     * @param clusterEpoch the epoch of mycluster
     * @param info {@code node_number/node_number_with_slots/is_migrating} of mycluster
     * @param slots what nodes of mycluster carry, as JSON; every master must be listed that carries anything
     * @param shown the same, but of the listed nodes only
     * @param tasks the plan in the store, source by source: {@code (0,1)->(2,0) 6827-8191}
     * @param chunks the chunks of mycluster in the store, as JSON
     * @param note a remark to the reader
     */
    record Step(
            @Nullable String send,
            @Nullable Map<String, String> with,
            @Nullable String advance,
            @Nullable String hangUp,
            @Nullable String as,
            @Nullable String then,
            @Nullable String answers,
            @Nullable String begins,
            @Nullable Boolean gzip,
            @Nullable Map<String, String> headers,
            @Nullable String epoch,
            @Nullable String clusterEpoch,
            @Nullable String info,
            @Nullable Map<String, String> slots,
            @Nullable Map<String, String> shown,
            @Nullable List<String> tasks,
            @Nullable String chunks,
            @Nullable String note) {
        Duration pause() {
            return Duration.parse("PT" + advance);
        }
    }

    /** A ready-made beginning. */
    record Fixture(String title, List<Step> steps) {}

    @Override
    public String toString() {
        return id + (title == null ? "" : " " + title);
    }

    /** All stories by id. */
    static Map<String, Story> all() {
        Map<String, Story> stories = new LinkedHashMap<>();
        for (String file : FILES) {
            for (Story story : read(file, Story[].class)) {
                if (stories.put(story.id(), story) != null) {
                    throw new IllegalStateException("two stories are called " + story.id());
                }
            }
        }
        return stories;
    }

    static Map<String, Fixture> fixtures() {
        Map<String, Fixture> fixtures = new LinkedHashMap<>();
        for (Fixture fixture : read("fixtures.yaml", Fixture[].class)) {
            fixtures.put(fixture.title(), fixture);
        }
        return fixtures;
    }

    /** The steps from an empty broker to the beginning of the story. */
    List<Step> prelude(Map<String, Story> stories, Map<String, Fixture> fixtures) {
        List<Step> steps = new ArrayList<>();
        if (given != null) {
            steps.addAll(fixtures.get(given).steps());
        }
        if (after != null) {
            Story before = stories.get(after);
            steps.addAll(before.prelude(stories, fixtures));
            steps.addAll(before.steps());
        }
        return steps;
    }

    private static <T> T read(String file, Class<T> type) {
        try (InputStream in = Story.class.getResourceAsStream("/golden/undermoon/" + file)) {
            return YAML.readValue(in, type);
        } catch (IOException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }
}
