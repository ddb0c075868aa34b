package io.understudy.reaper;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What Jetty 11 refuses to route because servlets would not agree on what it means ({@code UriCompliance.DEFAULT}). The words are
 * those of {@code UriCompliance.Violation}.
 */
final class UriCompliance {
    private static final List<String> DOTS = List.of("%2e", "%2e%2e", "%2e.", ".%2e");

    private UriCompliance() {}

    /** Why the path is refused; empty if it is not. */
    static Optional<String> violation(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        if (lower.contains("%2f")) {
            return Optional.of("Ambiguous URI path separator");
        }
        boolean emptyBefore = false;
        String[] segments = lower.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            if (emptyBefore) {
                return Optional.of("Ambiguous URI empty segment");
            }
            String segment = segments[i];
            int parameter = segment.indexOf(';');
            String name = parameter < 0 ? segment : segment.substring(0, parameter);
            if (DOTS.contains(name)) {
                return Optional.of("Ambiguous URI path segment");
            }
            if (parameter >= 0 && (name.equals(".") || name.equals(".."))) {
                return Optional.of("Ambiguous URI path parameter");
            }
            // an empty segment at the end is a slash at the end
            emptyBefore = segment.isEmpty() && i < segments.length - 1;
        }
        return Optional.empty();
    }
}
