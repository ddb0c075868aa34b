package io.understudy.http;

import io.understudy.http.HttpTraits.HeadPart;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import java.util.List;

/** Sites that only have traits: what they answer is the intake's affair. */
final class Sites {
    static final HttpTraits HYPER = new HttpTraits(
            1_000, 2_000, Reply.empty(413), List.of(HeadPart.FIELDS, HeadPart.FRAMING, HeadPart.DATE), true);
    static final HttpTraits GO = new HttpTraits(
            1_000,
            2_000,
            Reply.empty(413),
            List.of(HeadPart.FIELDS, HeadPart.DATE, HeadPart.FRAMING, HeadPart.CONNECTION),
            false);
    static final HttpTraits BARE =
            new HttpTraits(1_000, 2_000, Reply.empty(413), List.of(HeadPart.FIELDS, HeadPart.FRAMING), true);

    private Sites() {}

    static Site with(HttpTraits traits) {
        return new Site("test", "node", new Api() {
            @Override
            public List<Endpoint> endpoints() {
                return List.of();
            }

            @Override
            public Route route(String node, Request request) {
                throw new UnsupportedOperationException("the intake answers");
            }

            @Override
            public HttpTraits traits() {
                return traits;
            }
        });
    }
}
