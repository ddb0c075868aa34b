package io.understudy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.understudy.journal.Bytes;
import io.understudy.journal.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboundTest {
    private final Stage stage = new Stage();

    @Test
    void aPutAndAPostArriveInOrder() throws Exception {
        FakeIntake intake = FakeIntake.echoing();
        try (Listener listener = stage.open("127.0.0.1", 0, Sites.with(Sites.BARE), intake)) {
            String url = listener.url() + "/events?x=1";
            stage.outbound().put(url, "application/json", Bytes.utf8("{\"n\":1}"));
            stage.outbound().post(url, "text/plain", Bytes.utf8("two"));

            Request put = intake.take().request();
            Request post = intake.take().request();
            assertThat(put.method() + " " + put.target()).isEqualTo("PUT /events?x=1");
            assertThat(put.headers().first("content-type")).contains("application/json");
            assertThat(put.body().text()).isEqualTo("{\"n\":1}");
            assertThat(post.method() + " " + post.target()).isEqualTo("POST /events?x=1");
            assertThat(post.headers().first("content-type")).contains("text/plain");
            assertThat(post.body().text()).isEqualTo("two");
        }
    }

    @Test
    void whatCannotBeSentIsNotThrown() {
        assertThatCode(() -> {
                    stage.outbound().post("no url", "text/plain", Bytes.EMPTY);
                    stage.outbound().post("mailto:nobody", "text/plain", Bytes.EMPTY);
                    stage.outbound().post("http://127.0.0.1:1/", "text/plain", Bytes.EMPTY);
                    Outbound.NOWHERE.post("http://127.0.0.1:1/", "text/plain", Bytes.EMPTY);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void putAndPostAreTheSameWayOut() {
        List<String> sent = new ArrayList<>();
        Outbound outbound = (method, url, contentType, body) -> sent.add(method + " " + url + " " + contentType);

        outbound.put("http://a/", "x/y", Bytes.EMPTY);
        outbound.post("http://b/", "x/z", Bytes.EMPTY);

        assertThat(sent).containsExactly("PUT http://a/ x/y", "POST http://b/ x/z");
    }
}
