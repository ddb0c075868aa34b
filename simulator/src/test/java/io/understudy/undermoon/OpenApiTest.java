package io.understudy.undermoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.OpenApiDocument;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private final OpenApiDocument document = OpenApiDocument.of("undermoon");

    @Test
    void everyPrefixHasAllOperations() {
        assertThat(new InProcess().api().endpoints()).hasSize(62);
    }

    @Test
    void aReplyThatTheDocumentDoesNotKnowIsNoticed() {
        Reply wrong = Reply.of(200, "application/json", Bytes.utf8("{\"proxy\":{\"address\":\"a\"}}"));
        assertThatThrownBy(() -> document.check("undermoon.getProxy", wrong)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> document.check("undermoon.getVersion", Reply.empty(409)))
                .isInstanceOf(AssertionError.class);
    }
}
