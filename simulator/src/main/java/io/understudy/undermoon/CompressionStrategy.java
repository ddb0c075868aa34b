package io.understudy.undermoon;

import java.util.Arrays;
import java.util.Optional;

/** How server proxies compress values; read case-insensitively, stored lower-case (spec undermoon 3.6). */
enum CompressionStrategy {
    DISABLED("disabled"),
    SET_GET_ONLY("set_get_only"),
    ALLOW_ALL("allow_all");

    private final String wireName;

    CompressionStrategy(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    static Optional<CompressionStrategy> parse(String text) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.wireName.equalsIgnoreCase(text))
                .findFirst();
    }
}
