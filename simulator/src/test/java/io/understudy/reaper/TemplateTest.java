package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final String ID = "8f1b6c30-5427-11f1-9a3e-0242ac120002";

    private final Map<String, String> known = new HashMap<>(Map.of("H", "http://h:1"));
    private final Template template = new Template(known);

    @Test
    void everythingOutsideAPlaceIsLiteral() {
        assertThat(template.matches("(0.0, 1.0]: $x\\E", "(0.0, 1.0]: $x\\E")).isTrue();
        assertThat(template.matches("0.0", "0x0")).isFalse();
    }

    @Test
    void whatIsAcceptedOnceIsKnownFromThenOn() {
        assertThat(template.matches("${H}/repair_run/${R1=uuid}", "http://h:1/repair_run/" + ID))
                .isTrue();
        assertThat(template.fill("/repair_run/${R1}")).isEqualTo("/repair_run/" + ID);
        assertThat(template.matches("run ${R1}", "run " + ID.replace('8', '9'))).isFalse();
    }

    @Test
    void aPlaceOfTheSameNameIsTheSameText() {
        assertThat(template.matches("[${a=int},${a}]", "[-5,-5]")).isTrue();
        assertThat(template.matches("[${b=int},${b}]", "[-5,5]")).isFalse();
        assertThat(known).doesNotContainKey("b");
    }

    @Test
    void aTimeBasedIdIsNoRandomOne() {
        assertThat(template.matches("${_=uuid}", ID)).isTrue();
        assertThat(template.matches("${_=uuid4}", ID)).isFalse();
        assertThat(known).containsOnlyKeys("H");
    }

    @Test
    void setsComeInAnyOrder() {
        assertThat(template.matches("${_=set:a,b}", "[\"b\",\"a\"]")).isTrue();
        assertThat(template.matches("${_=set:a,b}", "[\"a\"]")).isFalse();
        assertThat(template.matches("${_=set:a,b}", "[\"a\",\"a\"]")).isFalse();
    }

    @Test
    void beginningsAndParts() {
        assertThat(template.begins("200 [${_=int}", "200 [17,18]")).isTrue();
        assertThat(template.begins("00", "200")).isFalse();
        assertThat(template.isWithin("\"n\":${n=number},", "{\"m\":1,\"n\":4043215.0,\"o\":1}"))
                .isTrue();
        assertThat(known).containsEntry("n", "4043215.0");
        assertThat(template.isWithin("${_=number}", "[1,2]")).isFalse();
    }

    @Test
    void whatNobodyKnowsIsAnError() {
        assertThatThrownBy(() -> template.fill("${R9}")).hasMessageContaining("R9");
        assertThatThrownBy(() -> template.matches("${_=colour}", "blue")).hasMessageContaining("colour");
    }
}
