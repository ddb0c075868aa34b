package io.understudy.undermoon;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Understudy;
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
import org.junit.jupiter.api.Test;

/** What the user page says there is, there is, and the other way round. */
class UserPageTest {
    private static final Path PAGE = Path.of("..", "src", "site", "markdown", "undermoon.md");
    private static final Pattern FIRST_CELL = Pattern.compile("^\\| `([^`]+)`.*", Pattern.MULTILINE);

    private final SystemDefinition undermoon = Understudy.system("undermoon");

    @Test
    void itsTablesListExactlyWhatThereIs() throws IOException {
        List<String> there = Stream.of(
                        undermoon.knobs().stream().map(Knob::name),
                        undermoon.quirks().stream().map(Quirk::id),
                        undermoon.profiles().stream().map(Profile::name),
                        undermoon.presets().stream().map(PresetType::form),
                        undermoon.domainFaults().stream().map(DomainFaultType::name),
                        undermoon.actions().stream().map(Action::name))
                .flatMap(names -> names)
                .toList();

        Matcher cells = FIRST_CELL.matcher(Files.readString(PAGE));
        Set<String> listed = cells.results().map(cell -> cell.group(1)).collect(Collectors.toSet());
        assertThat(listed).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void itSaysTheDefaultsThatThereAre() throws IOException {
        String page = Files.readString(PAGE);
        for (Knob<?> knob : undermoon.knobs()) {
            String byDefault = knob.defaultText().isEmpty() ? "" : "`" + knob.defaultText() + "` ";
            assertThat(page).contains("| `" + knob.name() + "` | " + byDefault + "|");
        }
    }
}
