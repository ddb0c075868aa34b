package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path below a prefix, segment by segment: literals, texts, and numbers. */
final class PathTemplate {
    private static final String NUMBER = ":u64";

    /** One segment: a literal, or a parameter with that name. */
    private record Segment(String name, boolean isParameter, boolean isNumber) {
        boolean accepts(String actual) {
            if (!isParameter) {
                return actual.equals(name);
            }
            return isNumber ? RustText.isU64(actual) : !actual.isEmpty();
        }
    }

    private final List<Segment> segments;

    private PathTemplate(List<Segment> segments) {
        this.segments = segments;
    }

    static PathTemplate of(String template) {
        return new PathTemplate(Arrays.stream(template.substring(1).split("/"))
                .map(PathTemplate::segment)
                .toList());
    }

    private static Segment segment(String text) {
        if (!text.startsWith("{")) {
            return new Segment(text, false, false);
        }
        String name = text.substring(1, text.length() - 1);
        return name.endsWith(NUMBER)
                ? new Segment(name.substring(0, name.length() - NUMBER.length()), true, true)
                : new Segment(name, true, false);
    }

    /** The parameters if these segments, all or only the first of them, fit. */
    Optional<Map<String, String>> match(List<String> actual, boolean moreMayFollow) {
        if (actual.size() < segments.size() || (actual.size() > segments.size() && !moreMayFollow)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (!segment.accepts(actual.get(i))) {
                return Optional.empty();
            }
            if (segment.isParameter()) {
                parameters.put(segment.name(), actual.get(i));
            }
        }
        return Optional.of(parameters);
    }

    /**
     * If everything fits but a number: that segment's text. Only v2 tells this from an unknown path.
     */
    Optional<String> badNumber(List<String> actual) {
        if (actual.size() != segments.size()) {
            return Optional.empty();
        }
        List<String> bad = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (!segment.accepts(actual.get(i))) {
                if (!segment.isNumber() || actual.get(i).isEmpty()) {
                    return Optional.empty();
                }
                bad.add(actual.get(i));
            }
        }
        return bad.stream().findFirst();
    }

    /** As catalogues write it. */
    @Override
    public String toString() {
        StringBuilder path = new StringBuilder();
        for (Segment segment : segments) {
            path.append('/').append(segment.isParameter() ? "{" + segment.name() + "}" : segment.name());
        }
        return path.toString();
    }
}
