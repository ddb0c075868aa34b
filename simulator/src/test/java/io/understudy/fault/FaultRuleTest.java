package io.understudy.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.journal.Match;
import io.understudy.json.BadJson;
import io.understudy.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultRuleTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    static Stream<Fault> everyFault() {
        return Stream.of(
                new FixedDelay(SECOND),
                new UniformDelay(SECOND, SECOND.multipliedBy(2)),
                new LogNormalDelay(SECOND, 0.5, SECOND.multipliedBy(2)),
                new ErrorReply(503, Map.of("retry-after", "1"), "busy"),
                new ErrorReply(503, Map.of(), ""),
                new TypicalError("RETRY"),
                new ResetBeforeReply(),
                new ResetMidReply(0.25),
                new EmptyReply(),
                new Hang(),
                new LoseRequest(),
                new LoseReply(),
                new Duplicate(),
                new DomainFault("tillJammed", Map.of("till", "1")),
                new DomainFault("powerCut", Map.of()));
    }

    @Test
    void everyKindOfFaultIsTried() {
        assertThat(everyFault().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Fault.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("everyFault")
    void aRuleSurvivesJson(Fault fault) {
        FaultRule rule = FaultRule.on(Match.system("shop")).named("r").inject(fault);

        String json = Json.write(rule);

        assertThat(Json.read(json, FaultRule.class)).isEqualTo(rule);
        assertThat(Json.write(fault)).startsWith("{\"type\":\"" + Json.alternative(fault.getClass()) + "\"");
    }

    @Test
    void everyTriggerSurvivesJson() {
        FaultRule.Builder on = FaultRule.on(Match.ANY);
        Instant from = Instant.parse("2026-01-01T01:00:00Z");
        for (FaultRule.Builder builder : List.of(
                on.withProbability(0.25),
                on.first(1),
                on.nth(2),
                on.every(3),
                on.between(from, from.plusSeconds(1)),
                on.lasting(SECOND).every(2))) {
            FaultRule rule = builder.inject(new Hang());
            assertThat(Json.read(Json.write(rule), FaultRule.class)).isEqualTo(rule);
        }
    }

    @Test
    void whatCanBeLeftOutMayBe() {
        assertThat(Json.read("{\"fault\": {\"type\": \"resetMidReply\"}}", FaultRule.class))
                .isEqualTo(FaultRule.on(Match.ANY).inject(new ResetMidReply(0.5)));
        assertThat(Json.read("{\"fault\": {\"type\": \"fixedDelay\", \"delay\": \"150ms\"}}", FaultRule.class))
                .isEqualTo(FaultRule.on(Match.ANY).inject(new FixedDelay(Duration.ofMillis(150))));
        assertThat(Json.read("{\"type\": \"errorReply\", \"status\": 500}", Fault.class))
                .isEqualTo(new ErrorReply(500, Map.of(), ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | the member 'fault' is missing",
                "{\"fault\": null} | the member 'fault' is missing",
                "{\"fault\": {}} | at /fault: the member 'type' is missing; it is one of [fixedDelay, uniformDelay, logNormalDelay, errorReply, typicalError, resetBeforeReply, resetMidReply, emptyReply, hang, loseRequest, loseReply, duplicate, domainFault]",
                "{\"fault\": {\"type\": \"hangs\"}} | at /fault: there is no type 'hangs'; it is one of [fixedDelay, uniformDelay, logNormalDelay, errorReply, typicalError, resetBeforeReply, resetMidReply, emptyReply, hang, loseRequest, loseReply, duplicate, domainFault]",
                "{\"fault\": {\"type\": \"hang\", \"for\": \"1s\"}} | at /fault/for: unknown member 'for'; known are []",
                "{\"fault\": {\"type\": \"fixedDelay\"}} | at /fault: the member 'delay' is missing",
                "{\"fault\": {\"type\": \"fixedDelay\", \"delay\": null}} | at /fault/delay: null where a value is wanted",
                "{\"fault\": {\"type\": \"fixedDelay\", \"delay\": \"soon\"}} | at /fault/delay: 'soon' is no duration; write PT2H, 30s or 150ms",
                "{\"fault\": {\"type\": \"fixedDelay\", \"delay\": 5}} | at /fault/delay: '5' is no duration; write PT2H, 30s or 150ms",
                "{\"fault\": {\"type\": \"fixedDelay\", \"delay\": \"\"}} | at /fault/delay: '' is no duration; write PT2H, 30s or 150ms",
                "{\"fault\": {\"type\": \"fixedDelay\", \"delay\": \"-1s\"}} | at /fault: delay is PT-1S; it must be from PT0S to PT876000H",
                "{\"fault\": {\"type\": \"uniformDelay\", \"min\": \"2s\", \"max\": \"1s\"}} | at /fault: max is PT1S; it must be at least min, which is PT2S",
                "{\"fault\": {\"type\": \"logNormalDelay\", \"median\": \"0s\", \"sigma\": 1, \"max\": \"1s\"}} | at /fault: median is PT0S; it must be above that",
                "{\"fault\": {\"type\": \"logNormalDelay\", \"median\": \"1s\", \"sigma\": 11, \"max\": \"1s\"}} | at /fault: sigma is 11.0; it must be from 0 to 10",
                "{\"fault\": {\"type\": \"logNormalDelay\", \"median\": \"1s\", \"max\": \"1s\"}} | at /fault: the member 'sigma' is missing",
                "{\"fault\": {\"type\": \"errorReply\", \"status\": 99}} | at /fault: status is 99; it must be from 100 to 999",
                "{\"fault\": {\"type\": \"errorReply\", \"status\": 500, \"headers\": {\"a b\": \"c\"}}} | at /fault: 'a b' is no name of a header field; it has letters, digits and dashes",
                "{\"fault\": {\"type\": \"errorReply\", \"status\": 500, \"headers\": {\"a\": \"b\\r\\nc: d\"}}} | at /fault: the header field a must not hold a line break",
                "{\"fault\": {\"type\": \"resetMidReply\", \"after\": 2}} | at /fault: after is 2.0; it must be from 0 to 1",
                "{\"fault\": {\"type\": \"hang\"}, \"trigger\": {\"first\": 0}} | at /trigger: first is 0; it must be 1 or more",
                "{\"fault\": {\"type\": \"hang\"}, \"trigger\": {\"probability\": 1.5}} | at /trigger: probability is 1.5; it must be from 0 to 1",
                "{\"fault\": {\"type\": \"hang\"}, \"trigger\": {\"lasting\": \"0s\"}} | at /trigger: lasting is PT0S; it must be above that",
                "{\"fault\": {\"type\": \"hang\"}, \"match\": {\"status\": 500}} | a fault rule cannot match on the reply's status: the fault shapes the exchange before there is one",
                "{\"fault\": {\"type\": \"hang\"}, \"id\": \"a/b\"} | 'a/b' is no id of a fault rule; it has 1 to 100 characters, no blanks, no slashes",
                "{\"fault\": {\"type\": \"domainFault\", \"name\": \"x\"}} | the domain fault x needs a system in its match",
                "{\"fault\": {\"type\": \"domainFault\", \"name\": \"x\"}, \"match\": {\"system\": \"a\", \"node\": \"b\"}} | the domain fault x strikes no requests; its match may have the system only, what it is about goes into its arguments",
                "{\"fault\": {\"type\": \"domainFault\", \"name\": \"x\"}, \"match\": {\"system\": \"a\"}, \"trigger\": {\"nth\": 1}} | the domain fault x strikes no requests; its trigger may have from, until and lasting only",
            })
    void whatIsNoRuleIsToldWhereAndHow(String json, String message) {
        assertThatThrownBy(() -> Json.read(json, FaultRule.class))
                .isInstanceOf(BadJson.class)
                .hasMessage(message);
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultRule.on(Match.ANY).between(now, now))
                .withMessage("until is 2026-01-01T00:00:00Z; it must be after from, which is 2026-01-01T00:00:00Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trigger(null, null, null, null, null, now, SECOND))
                .withMessage("a trigger has either until or lasting, not both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultRule.on(Match.ANY).between(Instant.MAX, Instant.MAX))
                .withMessageEndingWith("; virtual time ends at 9999-12-31T23:59:59Z");
    }
}
