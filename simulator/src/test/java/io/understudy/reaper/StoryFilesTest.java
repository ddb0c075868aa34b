package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonPointer;
import io.understudy.fault.DomainFaultType;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stories are well-formed: whatever is wrong with them is found before they are played. */
class StoryFilesTest {
    private static final Map<String, Story> STORIES = Story.all();
    private static final Map<String, Story.Fixture> FIXTURES = Story.fixtures();
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}=]*)(=)?[^}]*}");

    static Stream<Story> stories() {
        return STORIES.values().stream();
    }

    @Test
    void everyGoldenExampleIsThere() {
        assertThat(STORIES.keySet())
                .containsAll(IntStream.rangeClosed(1, 44).mapToObj(n -> "G" + n).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void namesItsSource(Story story) {
        assertThat(story.source()).startsWith("spec reaper ");
        assertThat(story.title()).isNotBlank();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void canBePlayed(Story story) {
        Set<String> known = new HashSet<>(Set.of("H"));
        Set<String> faults = new HashSet<>();
        for (Story.Step step : story.allSteps(FIXTURES)) {
            step.pause();
            if (step.fault() != null) {
                assertThat(faults.add(step.fault().id())).as("fault of that id").isTrue();
            }
            if (step.end() != null) {
                assertThat(faults.remove(step.end())).as("fault " + step.end()).isTrue();
            }
            if (step.send() == null) {
                assertThat(step.advance() != null
                                || step.fault() != null
                                || step.end() != null
                                || step.perform() != null)
                        .as("a step that does something")
                        .isTrue();
                continue;
            }
            assertThat(known).as("known to " + step).containsAll(asked(step));
            checkSyntax(step);
            known.addAll(learned(step));
            if (step.capture() != null) {
                known.addAll(step.capture().keySet());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void namesKnobsAndFaultsThatThereAre(Story story) {
        if (story.knobs() != null) {
            story.knobs()
                    .forEach((name, value) -> assertThat(ReaperKnobs.ALL)
                            .filteredOn(knob -> knob.name().equals(name))
                            .as(name)
                            .singleElement()
                            .satisfies(
                                    knob -> assertThatCode(() -> knob.parser().apply(value))
                                            .as("%s=%s", name, value)
                                            .doesNotThrowAnyException()));
        }
        for (Story.Step step : story.allSteps(FIXTURES)) {
            if (step.fault() != null) {
                assertThat(ReaperFaults.TYPES)
                        .filteredOn(type -> type.name().equals(step.fault().name()))
                        .as(step.fault().name())
                        .singleElement()
                        .satisfies(type -> assertThat(type.parameters())
                                .extracting(DomainFaultType.Parameter::name)
                                .containsAll(
                                        step.fault().arguments() == null
                                                ? Set.of()
                                                : step.fault().arguments().keySet()));
            }
        }
    }

    private static void checkSyntax(Story.Step step) {
        String target = PLACE.matcher(step.send().replaceFirst("^[A-Z]+ ", "")).replaceAll("x");
        assertThatCode(() -> URI.create("http://h" + target)).as(step.send()).doesNotThrowAnyException();
        assertThat(target).startsWith("/");
        assertThat(step.answers() != null
                        || step.status() != null
                        || step.begins() != null
                        || step.matches() != null
                        || step.sees() != null
                        || step.contains() != null
                        || step.tally() != null)
                .as("a step that looks at the answer: " + step)
                .isTrue();
        if (step.answers() != null) {
            assertThat(step.answers()).matches("(?s)[1-5]\\d\\d( \\S.*)?");
        }
        if (step.begins() != null) {
            assertThat(step.begins()).matches("(?s)[1-5]\\d\\d( \\S.*)?");
        }
        if (step.matches() != null) {
            Pattern.compile(step.matches());
        }
        if (step.sees() != null) {
            step.sees().keySet().forEach(StoryFilesTest::checkPointer);
        }
        if (step.capture() != null) {
            step.capture().values().forEach(StoryFilesTest::checkPointer);
        }
        Template template = new Template(new java.util.HashMap<>());
        for (String text : accepting(step)) {
            String onlyKinds = text.replaceAll("\\$\\{[^}=]*}", "x").replaceAll("\\$\\{[^}=]*=", "\\${_=");
            assertThatCode(() -> template.matches(onlyKinds, "")).as(text).doesNotThrowAnyException();
        }
    }

    private static void checkPointer(String pointer) {
        JsonPointer.compile(pointer.replaceFirst("^\\[[^\\]]*=[^\\]]*]", ""));
    }

    /** What must be known before. */
    private static List<String> asked(Story.Step step) {
        List<String> texts = new ArrayList<>(accepting(step));
        texts.add(step.send());
        if (step.with() != null) {
            texts.addAll(step.with().values());
        }
        if (step.form() != null) {
            texts.addAll(step.form().values());
        }
        if (step.json() != null) {
            texts.add(step.json());
        }
        if (step.sees() != null) {
            texts.addAll(step.sees().keySet());
        }
        if (step.tally() != null) {
            step.tally().values().forEach(counts -> texts.addAll(counts.keySet()));
        }
        List<String> names = new ArrayList<>(places(texts, false));
        names.removeAll(learned(step));
        return names;
    }

    private static List<String> learned(Story.Step step) {
        return places(accepting(step), true);
    }

    private static List<String> accepting(Story.Step step) {
        List<String> texts = new ArrayList<>();
        Stream.of(step.answers(), step.begins()).filter(text -> text != null).forEach(texts::add);
        if (step.contains() != null) {
            texts.addAll(step.contains());
        }
        if (step.headers() != null) {
            texts.addAll(step.headers().values());
        }
        if (step.sees() != null) {
            step.sees().values().forEach(value -> texts.add(value.isTextual() ? value.textValue() : ""));
        }
        return texts;
    }

    private static List<String> places(List<String> texts, boolean learned) {
        List<String> names = new ArrayList<>();
        for (String text : texts) {
            Matcher places = PLACE.matcher(text);
            while (places.find()) {
                if ((places.group(2) != null) == learned) {
                    names.add(places.group(1));
                }
            }
        }
        return names;
    }
}
