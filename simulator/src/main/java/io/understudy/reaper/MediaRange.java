package io.understudy.reaper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A media type, or a range of them, as it stands in {@code Accept} and {@code Content-Type}.
 *
 * @param type the type, or {@code *}
 * @param subtype the subtype, or {@code *}
 * @param quality from 0 to 1
 */
record MediaRange(String type, String subtype, double quality) {
    static final String JSON = "application/json";
    static final String TEXT = "text/plain";
    static final String FORM = "application/x-www-form-urlencoded";
    static final String EVENTS = "text/event-stream";
    static final String ANY = "*/*";

    private static final MediaRange EVERYTHING = new MediaRange("*", "*", 1);

    /** A media type that is well formed. */
    static MediaRange of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a media type: " + text));
    }

    /** Empty if that is none. A type alone counts with all its subtypes, since Jersey lets {@code *} pass for everything. */
    static Optional<MediaRange> parse(String text) {
        String[] parts = text.split(";", -1);
        String[] names = parts[0].strip().toLowerCase(Locale.ROOT).split("/", -1);
        String subtype = names.length == 1 ? "*" : names[1];
        if (names.length > 2 || !isToken(names[0]) || !isToken(subtype)) {
            return Optional.empty();
        }
        double quality = 1;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                try {
                    quality = Double.parseDouble(parameter.substring(2).strip());
                } catch (NumberFormatException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new MediaRange(names[0], subtype, quality));
    }

    /**
     * What the fields of that name accept, the best first and equals in their order; everything if there are none.
     *
     * @throws WebError 400 if one cannot be read
     */
    static List<MediaRange> accepted(List<String> fields) {
        List<MediaRange> ranges = new ArrayList<>();
        for (String field : fields) {
            for (String each : field.split(",", -1)) {
                if (!each.isBlank()) {
                    ranges.add(parse(each).orElseThrow(WebError::badRequest));
                }
            }
        }
        if (ranges.isEmpty()) {
            return List.of(EVERYTHING);
        }
        ranges.sort((a, b) -> Double.compare(b.quality, a.quality));
        return ranges;
    }

    boolean isCompatible(MediaRange other) {
        return (type.equals("*") || other.type.equals("*") || type.equals(other.type))
                && (subtype.equals("*") || other.subtype.equals("*") || subtype.equals(other.subtype));
    }

    boolean accepts(MediaRange other) {
        return quality > 0 && isCompatible(other);
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127 && "\"(),:;<=>?@[\\]{}".indexOf(c) < 0);
    }

    @Override
    public String toString() {
        return type + "/" + subtype;
    }
}
