package io.understudy.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockModeTest {
    @Test
    void everyModeIsReadAsItIsWritten() {
        assertThat(ClockMode.parse("real")).isEqualTo(ClockMode.real(1));
        assertThat(ClockMode.parse("real:60")).isEqualTo(ClockMode.real(60));
        assertThat(ClockMode.parse("manual")).isEqualTo(ClockMode.manual());
        assertThat(ClockMode.parse("per-request")).isEqualTo(ClockMode.perRequest(Duration.ofSeconds(1)));
        assertThat(ClockMode.parse("per-request:150ms")).isEqualTo(ClockMode.perRequest(Duration.ofMillis(150)));
    }

    @Property
    void whatAModeIsCalledIsReadAsThatMode(
            @ForAll @DoubleRange(min = 0.01, max = 1e9) double speed, @ForAll @LongRange(min = 0) long nanos) {
        assertThat(ClockMode.parse(ClockMode.real(speed).toString())).isEqualTo(ClockMode.real(speed));
        Duration step = Duration.ofNanos(nanos % ClockMode.MAX_STEP.toNanos());
        assertThat(ClockMode.parse(ClockMode.perRequest(step).toString())).isEqualTo(ClockMode.perRequest(step));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "reel", "real:", "real:fast", "manual:1", "per-request:", "per-request:x", "real:1:2", "REAL"
            })
    void whatIsNoModeIsToldWithTheModesThereAre(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClockMode.parse(text))
                .withMessage("no clock mode '" + text
                        + "'; use real, real:SPEED, manual or per-request:STEP (such as per-request:1s)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"real:0", "real:-1", "real:NaN", "real:Infinity", "real:1e10"})
    void aSpeedOutOfRangeIsToldWithTheRange(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClockMode.parse(text))
                .withMessageContaining("it must be above 0 and at most 1e9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"per-request:-1s", "per-request:36501d"})
    void aStepOutOfRangeIsToldWithTheRange(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClockMode.parse(text))
                .withMessageContaining("it must be from PT0S to PT876000H");
    }

    @ParameterizedTest
    @CsvSource({
        "PT2H, PT2H", "pt2h, PT2H", "P1D, PT24H", "30s, PT30S", "150ms, PT0.15S", "1.5ms, PT0.0015S", "1.5h, PT1H30M",
        "0.5d, PT12H", "2h30m, PT2H30M", "-3s, PT-3S", "-PT3S, PT-3S", "0s, PT0S", "10M, PT10M",
                "1.0000000019s, PT1.000000001S"
    })
    void durationsAreReadAsPeopleWriteThem(String text, Duration duration) {
        assertThat(ClockMode.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "5",
                "5 s",
                "five",
                "1e9s",
                "999999999999999999d",
                "9999999999999999999999s",
                "P",
                "PT",
                "1y"
            })
    void whatIsNoDurationIsToldWithExamples(String text) {
        assertThatThrownBy(() -> ClockMode.duration(text))
                .isInstanceOf(DateTimeParseException.class)
                .hasMessage("'" + text + "' is no duration; write PT2H, 30s or 150ms");
    }
}
