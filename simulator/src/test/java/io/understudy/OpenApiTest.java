package io.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.system.SystemDefinition;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each system's document tells its routes. What its replies look like is held against it where they are made. */
class OpenApiTest {
    static List<String> systems() {
        return Understudy.systems().stream().map(SystemDefinition::name).toList();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void theDocumentHasTheRoutesOfTheCatalogueAndOnlyThose(String system) {
        List<String> catalogue = Understudy.system(system).endpoints().stream()
                .map(endpoint -> endpoint.method() + " " + endpoint.path() + " " + endpoint.operation())
                .distinct()
                .toList();
        assertThat(catalogue).isNotEmpty();
        assertThat(OpenApiDocument.of(system).routes()).containsExactlyInAnyOrderElementsOf(catalogue);
    }
}
