package io.understudy.undermoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.http.Endpoint;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private final OpenApiDocument document = OpenApiDocument.undermoon();

    @Test
    void theDocumentHasTheRoutesOfTheCatalogueAndOnlyThose() {
        Map<String, String> catalogue = new LinkedHashMap<>();
        for (Endpoint endpoint : new InProcess().api().endpoints()) {
            catalogue.put(
                    endpoint.method() + " " + endpoint.path(),
                    endpoint.operation().substring("undermoon.".length()));
        }
        assertThat(catalogue).hasSize(62);
        assertThat(document.routes()).containsExactlyInAnyOrderEntriesOf(catalogue);
    }

    @Test
    void aReplyThatTheDocumentDoesNotKnowIsNoticed() {
        Reply wrong = Reply.of(200, "application/json", Bytes.utf8("{\"proxy\":{\"address\":\"a\"}}"));
        assertThatThrownBy(() -> document.check("undermoon.getProxy", wrong)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> document.check("undermoon.getVersion", Reply.empty(409)))
                .isInstanceOf(AssertionError.class);
    }
}
