package io.understudy.undermoon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Spec undermoon 2.3. */
class SerdeReaderTest {
    private static final Map<String, SerdeShape<?>> SHAPES = Map.of(
            "create", UndermoonBodies.CREATE_CLUSTER,
            "grow", UndermoonBodies.GROW_NODES,
            "config", UndermoonBodies.BROKER_CONFIG,
            "patch", UndermoonBodies.CONFIG_CHANGES,
            "proxy", UndermoonBodies.PROXY,
            "task", UndermoonBodies.MIGRATION_TASK);

    /** A document and what serde_json says to it. */
    record Case(String shape, String document, String answer) {}

    static Stream<Case> cases() throws IOException {
        try (InputStream in = SerdeReaderTest.class.getResourceAsStream("/golden/undermoon/serde_json.yaml")) {
            return Stream.of(new YAMLMapper().readValue(in, Case[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyDocumentGetsSerdeJsonsAnswer(Case example) {
        assertThat(answer(SHAPES.get(example.shape()), example.document())).isEqualTo(example.answer());
    }

    @Test
    void valuesMayBeNestedOneLessThan128DeepUnlessNobodyWantsThem() {
        SerdeShape<?> nested = SerdeShape.string();
        for (int i = 0; i < 128; i++) {
            nested = SerdeShape.list(nested);
        }
        assertThat(answer(nested, "[".repeat(127) + "]".repeat(127))).isEqualTo("accepted");
        assertThat(answer(nested, "[".repeat(128))).isEqualTo("recursion limit exceeded at line 1 column 128");
        assertThat(answer(
                        UndermoonBodies.CREATE_CLUSTER,
                        "{\"x\":" + "[".repeat(500) + "]".repeat(500) + ",\"node_number\":4}"))
                .isEqualTo("accepted");
    }

    @Test
    void linesAndColumnsCountBytes() {
        assertThat(answer(UndermoonBodies.CREATE_CLUSTER, "{\n  \"é\": 1,\n  \"node_number\": \"é\"}"))
                .isEqualTo("invalid type: string \"é\", expected usize at line 3 column 21");
    }

    @Test
    void aBodyThatIsNotUtf8IsRefusedInAStringThatIsWantedOnly() throws SerdeException {
        byte[] wanted = "{\"a\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
        wanted[6] = (byte) 0xff;
        assertThat(answer(UndermoonBodies.CONFIG_CHANGES, wanted))
                .isEqualTo("invalid unicode code point at line 1 column 8");
        byte[] unwanted = "{\"x\":\"?\",\"node_number\":8}".getBytes(StandardCharsets.US_ASCII);
        unwanted[6] = (byte) 0xff;
        assertThat(UndermoonBodies.CREATE_CLUSTER.readDocument(unwanted)).isEqualTo(8);
    }

    private static String answer(SerdeShape<?> shape, String document) {
        return answer(shape, document.getBytes(StandardCharsets.UTF_8));
    }

    private static String answer(SerdeShape<?> shape, byte[] document) {
        try {
            shape.readDocument(document);
            return "accepted";
        } catch (SerdeException e) {
            return e.getMessage();
        }
    }
}
