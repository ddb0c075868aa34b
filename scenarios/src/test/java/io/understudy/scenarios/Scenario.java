package io.understudy.scenarios;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.understudy.fault.FaultRule;
import io.understudy.journal.Match;
import io.understudy.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A story that is played: a world, and what happens in it step by step.
 *
 * @param title in a few words
 * @param story what there is to learn, for people who have never heard of the system
 * @param world where it begins
 * @param steps what happens
 */
record Scenario(String title, String story, World world, List<Step> steps) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * The world that it begins in; what is not given is as {@link io.understudy.WorldBuilder} has it.
     *
     * @param system the system's name
     * @param preset its initial state
     * @param knobs knobs of the system, by name
     * @param seed what all chance is drawn from
     * @param clock how time moves, such as {@code manual}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record World(
            String system,
            @Nullable String preset,
            @Nullable Map<String, String> knobs,
            @Nullable Long seed,
            @Nullable String clock) {}

    /**
     * One step: a narration, and exactly one of the verbs {@code send}, {@code hears}, {@code advance}, {@code begin},
     * {@code end}, {@code perform}, {@code look}, {@code verify}. Every {@code ${name}} in it stands for what a step before has
     * captured under that name.
     *
     * @param tell what is going on
     * @param send a request as {@code METHOD TARGET} or {@code METHOD TARGET JSON}; the target may be a URL that the server gave
     * @param with header fields that are sent along
     * @param form what is sent as a form
     * @param as who sends it; everybody has a connection of their own
     * @param answers what comes back: a status, a status and a body, {@code lost}, or {@code later} if nothing does for now. With
     *     {@code sees}, {@code tally} or {@code capture} the status is enough
     * @param hears who now gets the answer that was to come later; what it is stands in {@code answers}
     * @param advance how far time moves, such as {@code 5s}
     * @param begin a fault rule as the control API takes it
     * @param end the id of the fault rule that ends
     * @param perform a domain control of the system
     * @param gives what the control says
     * @param look the target of a GET
     * @param sees what is found in the JSON that comes back, by JSON pointer; {@code ''} is all of it
     * @param tally how often each text is found, by a member's name, among the elements of the JSON array that comes back
     * @param capture what is remembered of what comes back, by name: a JSON pointer, or the name of a header field
     * @param verify how often an exchange has taken place so far
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Step(
            @Nullable String tell,
            @Nullable String send,
            @Nullable Map<String, String> with,
            @Nullable Map<String, String> form,
            @Nullable String as,
            @Nullable Object answers,
            @Nullable String hears,
            @Nullable String advance,
            @Nullable FaultRule begin,
            @Nullable String end,
            @Nullable Control perform,
            @Nullable Object gives,
            @Nullable String look,
            @Nullable Map<String, @Nullable Object> sees,
            @Nullable Map<String, Map<String, Integer>> tally,
            @Nullable Map<String, String> capture,
            @Nullable Count verify) {
        Step {
            long verbs = Stream.of(send, hears, advance, begin, end, perform, look, verify)
                    .filter(Objects::nonNull)
                    .count();
            if (verbs != 1) {
                throw new IllegalArgumentException("a step has exactly one verb, but this has " + verbs + ": " + tell);
            }
            if ((send != null || hears != null) != (answers != null)) {
                throw new IllegalArgumentException("answers belongs to send and hears, and they need it");
            }
            if ((with != null || form != null) && send == null) {
                throw new IllegalArgumentException("with and form belong to send");
            }
            boolean isLookedInside = sees != null || tally != null || capture != null;
            if (isLookedInside && send == null && look == null) {
                throw new IllegalArgumentException("sees, tally and capture belong to send and look");
            }
            if ((look != null && !isLookedInside) || (perform == null && gives != null)) {
                throw new IllegalArgumentException("look needs sees, tally or capture; gives belongs to perform");
            }
        }

        /** Whether it says what is in the body that comes back, in place of the body. */
        boolean looksInside() {
            return sees != null || tally != null || capture != null;
        }
    }

    /** A domain control and its arguments by name. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Control(String action, @Nullable Map<String, String> arguments) {}

    /** What is looked for in the journal, and how often it must be there. */
    record Count(Match match, int times) {}

    static Scenario read(Path file) {
        try {
            return Json.convert(YAML.readValue(file.toFile(), Object.class), Scenario.class);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** The scenarios of a system, by file name. */
    static List<Path> of(String system) {
        try (Stream<Path> files =
                Files.list(Path.of(Objects.requireNonNull(Scenario.class.getResource("/scenarios/" + system))
                        .toURI()))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
