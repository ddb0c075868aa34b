package io.understudy.undermoon;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code Content-Type} as the crate mime 0.3 parses it, in lower case.
 *
 * @param subtype without its suffix
 * @param suffix what follows the subtype's last plus, or empty
 */
record MediaType(String type, String subtype, String suffix) {
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]";
    /** Blanks may stand after a semicolon and after a quoted value, nowhere else; the last value may be empty. */
    private static final Pattern SYNTAX = Pattern.compile("(" + TOKEN + "+)/(" + TOKEN + "+)"
            + "(?:; *" + TOKEN + "+=(?:" + TOKEN + "+|\"[^\"\\p{Cntrl}]+\" *))*"
            + "(?:; *(?:" + TOKEN + "+=)?)?");

    static Optional<MediaType> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String type = matcher.group(1).toLowerCase(Locale.ROOT);
        String subtype = matcher.group(2).toLowerCase(Locale.ROOT);
        int plus = subtype.lastIndexOf('+');
        return Optional.of(
                plus > 0
                        ? new MediaType(type, subtype.substring(0, plus), subtype.substring(plus + 1))
                        : new MediaType(type, subtype, ""));
    }

    /** What warp takes for JSON; upstream's looking at the subtype alone lets {@code application/json+x} in. */
    boolean isJson() {
        return type.equals("application") && subtype.equals("json");
    }

    /** What actix takes for JSON. */
    boolean isJsonLike() {
        return subtype.equals("json") || suffix.equals("json");
    }
}
