package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.understudy.WorldBuilder;
import io.understudy.fault.FaultScope;
import io.understudy.world.ClockMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plays a story to a running Reaper and holds it to every step. */
final class StoryPlayer {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What spec reaper 0.6 calls "500 generic". */
    static final String GENERIC =
            "{\"code\":500,\"message\":\"There was an error processing your request. It has been logged"
                    + " (ID ${_=id16}).\"}";

    private static final Map<Integer, String> REASONS = Map.of(
            400, "Bad Request",
            404, "Not Found",
            405, "Method Not Allowed",
            406, "Not Acceptable",
            415, "Unsupported Media Type");

    private final Story story;
    private final ReaperOnAir reaper;
    private final Map<String, String> known = new HashMap<>();
    private final Template template = new Template(known);
    private final Map<String, FaultScope> faults = new HashMap<>();

    private StoryPlayer(Story story, ReaperOnAir reaper) {
        this.story = story;
        this.reaper = reaper;
        known.put("H", reaper.url().toString());
    }

    static void play(Story story, Map<String, Story.Fixture> fixtures) {
        try (ReaperOnAir reaper = new ReaperOnAir(world(story))) {
            StoryPlayer player = new StoryPlayer(story, reaper);
            for (Story.Step step : story.allSteps(fixtures)) {
                player.play(step);
            }
            reaper.checkDocument();
        }
    }

    private static WorldBuilder world(Story story) {
        WorldBuilder world = ReaperOnAir.world();
        if (story.seed() != null) {
            world.seed(story.seed());
        }
        if (story.clock() != null) {
            world.clock(ClockMode.parse(story.clock()));
        }
        if (story.start() != null) {
            world.startingAt(Instant.parse(story.start()));
        }
        if (story.profile() != null) {
            world.profile("reaper", story.profile());
        }
        if (story.preset() != null) {
            world.preset("reaper", story.preset());
        }
        orEmpty(story.knobs()).forEach((knob, value) -> world.set("reaper." + knob, value));
        orEmpty(story.quirks()).forEach((quirk, on) -> world.quirk("reaper." + quirk, on));
        return world;
    }

    private void play(Story.Step step) {
        if (step.fault() != null) {
            Story.Trouble fault = step.fault();
            faults.put(fault.id(), reaper.begin(fault.id(), fault.name(), filled(fault.arguments())));
        }
        if (step.end() != null) {
            Objects.requireNonNull(faults.remove(step.end()), step.end()).close();
        }
        if (step.perform() != null) {
            Story.Control control = step.perform();
            reaper.simulation().world().perform("reaper", control.action(), filled(control.arguments()));
        }
        if (step.advance() != null) {
            reaper.advance(step.pause());
        }
        if (step.send() != null) {
            check(step, send(step));
        }
    }

    private ReaperOnAir.Answer send(Story.Step step) {
        Map<String, String> headers = new LinkedHashMap<>();
        String body = "";
        if (step.form() != null) {
            headers.put("content-type", "application/x-www-form-urlencoded");
            body = step.form().entrySet().stream()
                    .map(field -> field.getKey() + "="
                            + URLEncoder.encode(template.fill(field.getValue()), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
        } else if (step.json() != null) {
            headers.put("content-type", "application/json");
            body = template.fill(step.json());
        }
        headers.putAll(filled(step.with()));
        return reaper.ask(
                "admin".equals(step.node()) ? reaper.adminUrl() : reaper.url(),
                template.fill(Objects.requireNonNull(step.send())),
                headers,
                body);
    }

    private void check(Story.Step step, ReaperOnAir.Answer answer) {
        if (step.answers() != null) {
            checkWhole(step, answer, step.answers());
        }
        if (step.status() != null) {
            assertThat(answer.status()).as(about(step, answer)).isEqualTo(step.status());
        }
        if (step.begins() != null && !template.begins(step.begins(), answer.text())) {
            fail(about(step, answer) + "\nmust begin with: " + step.begins());
        }
        if (step.matches() != null) {
            assertThat(answer.text()).as(about(step, answer)).matches(step.matches());
        }
        for (String part : orEmpty(step.contains())) {
            if (!template.isWithin(part, answer.body())) {
                fail(about(step, answer) + "\nmust contain: " + part);
            }
        }
        for (String part : orEmpty(step.lacks())) {
            assertThat(answer.body()).as(about(step, answer)).doesNotContain(part);
        }
        checkHeaders(step, answer);
        checkJson(step, answer);
    }

    private void checkWhole(Story.Step step, ReaperOnAir.Answer answer, String answers) {
        String[] parts = answers.split(" ", 2);
        int status = Integer.parseInt(parts[0]);
        String body = parts.length < 2 ? "" : parts[1];
        String type = "application/json";
        if (body.startsWith("text ")) {
            body = body.substring(5);
            type = "text/plain";
        } else if (body.equals("generic")) {
            body = GENERIC;
        } else if (body.equals("framework")) {
            body = "{\"code\":" + status + ",\"message\":\"HTTP " + status + " " + REASONS.get(status) + "\"}";
        }
        if (answer.status() != status || !template.matches(body, answer.body())) {
            fail(about(step, answer) + "\nmust be:  " + status + " " + body);
        }
        // HEAD has none, and the Go client compares application/json literally (spec reaper 6)
        if (!body.isEmpty()) {
            assertThat(answer.header("content-type").orElse("none").replaceFirst(";.*", ""))
                    .as("content type, " + about(step, answer))
                    .isEqualTo(type);
        }
    }

    private void checkHeaders(Story.Step step, ReaperOnAir.Answer answer) {
        orEmpty(step.headers()).forEach((name, value) -> {
            String actual = answer.header(name).orElse("(none)");
            if (!template.matches(value, actual)) {
                fail(about(step, answer) + "\nits " + name + " is " + actual + "\nand must be " + value);
            }
        });
        for (String name : orEmpty(step.absent())) {
            assertThat(answer.header(name))
                    .as(name + ", " + about(step, answer))
                    .isEmpty();
        }
    }

    private void checkJson(Story.Step step, ReaperOnAir.Answer answer) {
        if (step.sees() == null && step.tally() == null && step.capture() == null) {
            return;
        }
        JsonNode body = json(step, answer);
        orEmpty(step.sees())
                .forEach((pointer, expected) -> assertThat(isAsSaid(expected, at(body, pointer)))
                        .as(
                                "%s\nat %s there is %s\nand must be %s",
                                about(step, answer), pointer, at(body, pointer), expected)
                        .isTrue());
        orEmpty(step.tally()).forEach((member, expected) -> {
            Map<String, Integer> counts = new TreeMap<>();
            body.forEach(element -> counts.merge(element.path(member).asText(), 1, Integer::sum));
            Map<String, Integer> named = new TreeMap<>();
            expected.forEach((value, count) -> named.put(template.fill(value), count));
            assertThat(counts).as(about(step, answer)).isEqualTo(named);
        });
        orEmpty(step.capture()).forEach((name, pointer) -> {
            JsonNode value = at(body, pointer);
            assertThat(value.isValueNode())
                    .as(pointer + ", " + about(step, answer))
                    .isTrue();
            known.put(name, value.asText());
        });
    }

    private static JsonNode json(Story.Step step, ReaperOnAir.Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(step + " was answered with what is no JSON: " + answer.text(), e);
        }
    }

    private JsonNode at(JsonNode body, String pointer) {
        String filled = template.fill(pointer);
        if (!filled.startsWith("[")) {
            return body.at(filled);
        }
        int end = filled.indexOf(']');
        String[] memberAndValue = filled.substring(1, end).split("=", 2);
        for (JsonNode element : body) {
            if (element.path(memberAndValue[0]).asText().equals(memberAndValue[1])) {
                return element.at(filled.substring(end + 1));
            }
        }
        return MissingNode.getInstance();
    }

    private boolean isAsSaid(JsonNode expected, JsonNode actual) {
        if (expected.isTextual()) {
            return actual.isTextual() && template.matches(expected.textValue(), actual.textValue());
        }
        if (expected.isObject() && expected.size() == 1) {
            if (expected.has("set")) {
                Map<JsonNode, Integer> counts = new HashMap<>();
                expected.get("set").forEach(element -> counts.merge(element, 1, Integer::sum));
                actual.forEach(element -> counts.merge(element, -1, Integer::sum));
                return actual.isArray() && counts.values().stream().allMatch(count -> count == 0);
            }
            if (expected.has("size")) {
                return actual.isContainerNode()
                        && actual.size() == expected.get("size").intValue();
            }
            if (expected.has("missing")) {
                return actual.isMissingNode();
            }
        }
        return expected.equals(actual);
    }

    private Map<String, String> filled(Map<String, String> texts) {
        Map<String, String> filled = new LinkedHashMap<>();
        orEmpty(texts).forEach((name, text) -> filled.put(name, template.fill(text)));
        return filled;
    }

    private String about(Story.Step step, ReaperOnAir.Answer answer) {
        return story.id() + " (" + story.source() + "), step " + step + " at "
                + reaper.simulation().world().clock().now() + "\nanswered: " + answer.text();
    }

    private static <K, V> Map<K, V> orEmpty(Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }
}
