package io.understudy.reaper;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
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
 * A transcript of requests to Reaper and what they must come to, as it stands in {@code golden/reaper/*.yaml}. Written from the
 * spec, not from what the emulation answers.
 *
 * <p>All texts are {@linkplain Template templates}: <code>${R1=uuid}</code> accepts an id and remembers it, <code>${R1}</code> is that id.
 * <code>${H}</code> is Reaper's base URL.
 *
 * @param id unique among all files
 * @param title what it is about
 * @param source the statement it holds Reaper to, such as {@code spec reaper 1.4.3 row 12}
 * @param profile the profile; the default one if null
 * @param preset the preset; {@code empty} if null
 * @param knobs knobs by name, without {@code reaper.}
 * @param quirks quirks by name, without {@code reaper.}
 * @param seed the world's seed; 42 if null
 * @param clock the clock's mode; {@code manual} if null
 * @param start where virtual time starts; {@link #START} if null
 * @param given ready-made beginning: a name from {@code fixtures.yaml}
 * @param note a remark to the reader
 */
record Story(
        String id,
        String title,
        String source,
        @Nullable String profile,
        @Nullable String preset,
        @Nullable Map<String, String> knobs,
        @Nullable Map<String, Boolean> quirks,
        @Nullable Long seed,
        @Nullable String clock,
        @Nullable String start,
        @Nullable String given,
        @Nullable String note,
        List<Step> steps) {
    /** The instant of the golden examples (spec reaper 7). */
    static final String START = "2026-05-20T09:00:00Z";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static final List<String> FILES = List.of(
            "golden.yaml",
            "flavours.yaml",
            "profiles.yaml",
            "conventions.yaml",
            "auth.yaml",
            "cluster.yaml",
            "run.yaml",
            "schedule.yaml",
            "snapshot.yaml",
            "node.yaml",
            "diag.yaml",
            "small.yaml",
            "lifecycle.yaml",
            "timed-schedules.yaml",
            "units.yaml",
            "faults.yaml",
            "strangers.yaml");

    /**
     * Something happens, then one request is sent and its reply looked at. What happens comes in the order of the components.
     *
     * @param fault a domain fault that begins
     * @param end the id of a fault that ends
     * @param perform a domain control
     * @param advance virtual time to let pass: {@code 500ms}, {@code 30s}, {@code 12m}, {@code 2h}, {@code 31d}
     * @param send method and target
     * @param node {@code admin} for the admin port; the application port if null
     * @param with header fields
     * @param form a body of that form's fields
     * @param json a JSON body
     * @param answers status and body, exact. Nothing after the status is an empty body; {@code text} before it says that it is
     *     {@code text/plain} rather than {@code application/json}; {@code 500 generic} and {@code 404 framework} are the framework's
     *     objects of spec reaper 0.6
     * @param status the status alone, whatever the body
     * @param begins like answers, but only the beginning of the body
     * @param matches a regular expression for the whole body
     * @param contains parts of the body
     * @param lacks what is nowhere in the body
     * @param sees values by JSON pointer: <code>{set: [a, b]}</code> for an array in any order, <code>{size: n}</code> for its length,
     *     <code>{missing: true}</code> for no such member. A pointer may begin with {@code [id=…]}, the element with that member
     * @param tally how often a member has which value among the elements of an array
     * @param headers header fields of the reply
     * @param absent header fields that the reply has not
     * @param capture names for values, by JSON pointer
     * @param note a remark to the reader
     */
    record Step(
            @Nullable Trouble fault,
            @Nullable String end,
            @Nullable Control perform,
            @Nullable String advance,
            @Nullable String send,
            @Nullable String node,
            @Nullable Map<String, String> with,
            @Nullable Map<String, String> form,
            @Nullable String json,
            @Nullable String answers,
            @Nullable Integer status,
            @Nullable String begins,
            @Nullable String matches,
            @Nullable List<String> contains,
            @Nullable List<String> lacks,
            @Nullable Map<String, JsonNode> sees,
            @Nullable Map<String, Map<String, Integer>> tally,
            @Nullable Map<String, String> headers,
            @Nullable List<String> absent,
            @Nullable Map<String, String> capture,
            @Nullable String note) {
        Duration pause() {
            if (advance == null) {
                return Duration.ZERO;
            }
            if (advance.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(advance.substring(0, advance.length() - 2)));
            }
            return Duration.parse(advance.endsWith("d") ? "P" + advance : "PT" + advance);
        }

        @Override
        public String toString() {
            return send == null ? "advance " + advance : send;
        }
    }

    /** A domain fault: under which id, its name, its arguments. */
    record Trouble(String id, String name, @Nullable Map<String, String> arguments) {}

    /** A domain control, as in World.perform. */
    record Control(String action, @Nullable Map<String, String> arguments) {}

    /** A ready-made beginning, which may itself have one. */
    record Fixture(String title, @Nullable String given, List<Step> steps) {}

    @Override
    public String toString() {
        return id + " " + title;
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

    /** Its steps from the beginning of the world on. */
    List<Step> allSteps(Map<String, Fixture> fixtures) {
        List<Step> all = new ArrayList<>(steps);
        String before = given;
        while (before != null) {
            Fixture fixture = fixtures.get(before);
            if (fixture == null) {
                throw new IllegalStateException(id + ": there is no fixture '" + before + "'");
            }
            all.addAll(0, fixture.steps());
            before = fixture.given();
        }
        return all;
    }

    private static <T> T read(String file, Class<T> type) {
        try (InputStream in = Story.class.getResourceAsStream("/golden/reaper/" + file)) {
            if (in == null) {
                throw new IllegalStateException("there is no golden/reaper/" + file);
            }
            return YAML.readValue(in, type);
        } catch (IOException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }
}
