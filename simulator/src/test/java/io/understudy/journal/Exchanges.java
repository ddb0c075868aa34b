package io.understudy.journal;

import io.understudy.world.Kernel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Exchanges as the tests need them. */
final class Exchanges {
    private Exchanges() {}

    static Request get(String path) {
        return new Request("GET", path, null, Headers.of("Accept", "application/json"), Bytes.EMPTY, "127.0.0.1");
    }

    static Request post(String path, String body) {
        return new Request("POST", path, null, Headers.NONE, Bytes.utf8(body), "127.0.0.1");
    }

    static Exchange of(long sequence, String operation, Request request, @Nullable Reply reply) {
        return new Exchange(
                sequence,
                Kernel.DEFAULT_START,
                "shop",
                "main",
                operation,
                request,
                reply,
                reply == null ? null : Kernel.DEFAULT_START,
                List.of(),
                List.of(),
                List.of());
    }

    static Reply text(int status, String body) {
        return Reply.of(status, "text/plain", Bytes.utf8(body));
    }
}
