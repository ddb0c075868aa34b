package io.understudy.undermoon;

import java.util.List;

/**
 * The knobs that concern nothing but the wire (spec undermoon 11).
 *
 * @param apiPrefixes the served versions, {@code v3} and {@code v2}; default both
 * @param versionString what endpoint 1 says; default {@code 0.6.2}
 * @param gzip when the three compressed endpoints of v3 are; default always
 * @param documentedStatuses whether {@code FREE_NODE_NOT_FOUND} and {@code INVALID_CONFIG} are 409 like in the document;
 *     default false
 */
record WireSettings(List<String> apiPrefixes, String versionString, Gzip gzip, boolean documentedStatuses) {
    static final WireSettings DEFAULT = new WireSettings(List.of("v3", "v2"), "0.6.2", Gzip.ALWAYS, false);

    /** When to compress what v3 compresses. */
    enum Gzip {
        /** Whatever the client says, as upstream does. */
        ALWAYS,
        /** If the client's {@code Accept-Encoding} asks for it. */
        NEGOTIATE,
        /** Not at all. */
        NEVER
    }

    WireSettings {
        apiPrefixes = List.copyOf(apiPrefixes);
    }

    WireSettings withApiPrefixes(String... prefixes) {
        return new WireSettings(List.of(prefixes), versionString, gzip, documentedStatuses);
    }

    WireSettings withVersionString(String version) {
        return new WireSettings(apiPrefixes, version, gzip, documentedStatuses);
    }

    WireSettings withGzip(Gzip when) {
        return new WireSettings(apiPrefixes, versionString, when, documentedStatuses);
    }

    WireSettings withDocumentedStatuses(boolean documented) {
        return new WireSettings(apiPrefixes, versionString, gzip, documented);
    }

    List<Dialect> dialects() {
        return apiPrefixes.stream().map(this::dialect).toList();
    }

    private Dialect dialect(String version) {
        return switch (version) {
            case "v3" -> new WarpDialect(gzip);
            case "v2" -> new ActixDialect();
            default -> throw new IllegalArgumentException("unknown API version " + version + ", known are v3 and v2");
        };
    }
}
