package io.understudy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.json.BadJson;
import io.understudy.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchTest {
    private static final Request REQUEST = new Request(
            "POST", "/a%20b", "x=1", Headers.of("X-Tag", "one", "x-tag", "two"), Bytes.utf8("grüße"), "10.0.0.1");
    private static final Exchange EXCHANGE =
            Exchanges.of(1, "shop.buy", REQUEST, Reply.of(201, "text/plain", Bytes.EMPTY));

    @Test
    void everyFieldRestricts() {
        assertThat(Match.ANY.matches(EXCHANGE)).isTrue();
        assertThat(Match.system("shop").matches(EXCHANGE)).isTrue();
        assertThat(Match.system("shopp").matches(EXCHANGE)).isFalse();
        assertThat(Match.operation("shop.buy").matches(EXCHANGE)).isTrue();
        assertThat(Match.operation("re:shop\\..*").matches(EXCHANGE)).isTrue();
        assertThat(Match.operation("re:buy").matches(EXCHANGE))
                .as("the whole of it")
                .isFalse();
        assertThat(Match.ANY.withNode("main").matches(EXCHANGE)).isTrue();
        assertThat(Match.ANY.withNode("other").matches(EXCHANGE)).isFalse();
        assertThat(Match.ANY.withMethod("POST").matches(EXCHANGE)).isTrue();
        assertThat(Match.ANY.withMethod("post").matches(EXCHANGE)).isFalse();
        assertThat(Match.ANY.withPath("/a%20b").matches(EXCHANGE)).isTrue();
        assertThat(Match.ANY.withPath("/a b").matches(EXCHANGE)).isFalse();
        assertThat(Match.ANY.withHeader("X-TAG", "two").matches(EXCHANGE)).isTrue();
        assertThat(Match.ANY.withHeader("x-tag", "re:t.*").matches(EXCHANGE)).isTrue();
        assertThat(Match.ANY.withHeader("x-tag", "three").matches(EXCHANGE)).isFalse();
        assertThat(Match.ANY.withBody("grüße").matches(EXCHANGE)).isTrue();
        assertThat(Match.ANY.withBody("re:gr.*").matches(EXCHANGE)).isTrue();
        assertThat(Match.ANY.withBodyContaining("üß").matches(EXCHANGE)).isTrue();
        assertThat(Match.ANY.withBodyContaining("ss").matches(EXCHANGE)).isFalse();
        assertThat(Match.ANY.withClient("10.0.0.1").matches(EXCHANGE)).isTrue();
        assertThat(Match.ANY.withClient("10.0.0.2").matches(EXCHANGE)).isFalse();
        assertThat(Match.ANY.withStatus(201).matches(EXCHANGE)).isTrue();
        assertThat(Match.ANY.withStatus(200).matches(EXCHANGE)).isFalse();
        assertThat(Match.ANY.withStatus(200).matches(Exchanges.of(1, "shop.buy", REQUEST, null)))
                .isFalse();
    }

    @Test
    void patternsAreRe2AndSayWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextPattern.of("re:(a"))
                .withMessage("'re:(a' is not a regular expression (RE2 syntax): missing closing )");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextPattern.of("re:(a)\\1"))
                .withMessageStartingWith("'re:(a)\\1' is not a regular expression (RE2 syntax)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextPattern.of("re:" + "(".repeat(1_000)))
                .withMessage("a regular expression has at most 1000 characters, this one 1003");
    }

    @Test
    void aPatternThatWouldExplodeElsewhereTakesLinearTime() {
        assertThat(TextPattern.of("re:(a+)+b").matches("a".repeat(10_000))).isFalse();
        assertThat(TextPattern.of("re:" + "(".repeat(490) + "a" + ")".repeat(490))
                        .matches("a"))
                .isTrue();
    }

    @Test
    void aMatchIsReadFromJsonAndWrittenWithoutWhatItLeavesOpen() {
        Match match = Match.system("shop")
                .withOperation("re:shop.*")
                .withHeader("X", "re:.*")
                .withStatus(200);

        String json = Json.write(match);

        assertThat(json)
                .isEqualTo(
                        "{\"system\":\"shop\",\"operation\":\"re:shop.*\",\"headers\":{\"X\":\"re:.*\"},\"status\":200}");
        assertThat(Json.read(json, Match.class)).isEqualTo(match);
        assertThat(Json.read("{}", Match.class)).isEqualTo(Match.ANY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"sytem\": \"a\"} | at /sytem: unknown member 'sytem'; known are [body, bodyContains, client, headers, method, node, operation, path, status, system]",
                "{\"status\": \"ok\"} | at /status: wanted a whole number, found a text",
                "{\"status\": 1.5} | at /status: wanted a whole number, found a number with a fraction",
                "{\"headers\": []} | at /headers: wanted an object, found a list",
                "{\"headers\": {\"a\": null}} | at /headers/a: null where a value is wanted",
                "{\"path\": {}} | at /path: wanted a text, found an object",
                "{\"path\": \"re:(\"} | at /path: 're:(' is not a regular expression (RE2 syntax): missing closing )",
                "[] | wanted an object, found a list",
                "null | null where a Match is wanted",
                "{\"system\": \"a\", \"system\": \"b\"} | at line 1, column 25: Duplicate field 'system'",
            })
    void whatIsNoMatchIsToldWhereAndHow(String json, String message) {
        assertThatThrownBy(() -> Json.read(json, Match.class))
                .isInstanceOf(BadJson.class)
                .hasMessage(message);
    }

    @Test
    void bodiesSurviveJson() {
        for (Bytes bytes : new Bytes[] {
            Bytes.EMPTY, Bytes.utf8("text"), Bytes.utf8("base64:x"), Bytes.of(new byte[] {(byte) 0xff, 0, 1})
        }) {
            assertThat(Json.read(Json.write(bytes), Bytes.class)).isEqualTo(bytes);
        }
        assertThatThrownBy(() -> Json.read("\"base64:*\"", Bytes.class))
                .hasMessageStartingWith("what follows base64: must be base64, but ");
    }

    @Test
    void entriesSurviveJson() {
        assertThat(Json.read(Json.write(EXCHANGE), Exchange.class)).isEqualTo(EXCHANGE);
        assertThat(Json.read(Json.write(EXCHANGE), Entry.class)).isEqualTo(EXCHANGE);
        assertThatThrownBy(() -> Json.read("{}", Entry.class))
                .hasMessage("the member 'kind' is missing; it is one of [exchange, happening]");
        assertThatThrownBy(() -> Json.read("{\"kind\": \"walk\"}", Entry.class))
                .hasMessage("there is no kind 'walk'; it is one of [exchange, happening]");
    }
}
