package io.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.fault.DomainFaultType;
import io.understudy.system.Action;
import io.understudy.system.Knob;
import io.understudy.system.PresetType;
import io.understudy.system.Profile;
import io.understudy.system.Quirk;
import io.understudy.system.SystemDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a system's user page says there is, there is, and the other way round. */
class UserPageTest {
    private static final Path PAGES = Path.of("..", "src", "site", "markdown");
    private static final Pattern FIRST_CELL = Pattern.compile("^\\| `([^`]+)`.*", Pattern.MULTILINE);

    static List<String> systems() {
        return Understudy.systems().stream().map(SystemDefinition::name).toList();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void itsTablesListExactlyWhatThereIs(String name) throws IOException {
        SystemDefinition system = Understudy.system(name);
        List<String> there = Stream.of(
                        system.knobs().stream().map(Knob::name),
                        system.quirks().stream().map(Quirk::id),
                        system.profiles().stream().map(Profile::name),
                        system.presets().stream().map(PresetType::form),
                        system.domainFaults().stream().map(DomainFaultType::name),
                        system.actions().stream().map(Action::name))
                .flatMap(names -> names)
                .toList();

        Matcher cells = FIRST_CELL.matcher(page(name));
        Set<String> listed = cells.results().map(cell -> cell.group(1)).collect(Collectors.toSet());
        assertThat(listed).containsExactlyInAnyOrderElementsOf(Set.copyOf(there));
    }

    @ParameterizedTest
    @MethodSource("systems")
    void itSaysTheDefaultsThatThereAre(String name) throws IOException {
        String page = page(name);
        for (Knob<?> knob : Understudy.system(name).knobs()) {
            String byDefault = knob.defaultText().isEmpty() ? "" : "`" + knob.defaultText() + "` ";
            assertThat(page).contains("| `" + knob.name() + "` | " + byDefault + "|");
        }
    }

    private static String page(String system) throws IOException {
        return Files.readString(PAGES.resolve(system + ".md"));
    }
}
