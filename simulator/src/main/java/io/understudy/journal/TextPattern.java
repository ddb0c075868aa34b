package io.understudy.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * How a text must look: exactly so, or, written {@code re:…}, as a regular expression (RE2 syntax, linear time) that must match
 * the whole of it.
 */
public final class TextPattern {
    private static final String REGEX = "re:";

    /** Compiling recurses as deep as the expression nests; so long a one still fits any stack. */
    private static final int MAX_REGEX = 1_000;

    private final String source;
    private final @Nullable Pattern regex;

    private TextPattern(String source) {
        this.source = source;
        this.regex = source.startsWith(REGEX) ? Pattern.compile(source.substring(REGEX.length())) : null;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if what follows {@code re:} is no RE2 regular expression
     */
    @JsonCreator
    public static TextPattern of(String source) {
        if (source.startsWith(REGEX) && source.length() > MAX_REGEX) {
            throw new IllegalArgumentException(
                    "a regular expression has at most " + MAX_REGEX + " characters, this one " + source.length());
        }
        try {
            return new TextPattern(source);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + source + "' is not a regular expression (RE2 syntax): " + e.getDescription(), e);
        }
    }

    /** Whether the text looks so. */
    public boolean matches(String text) {
        return regex == null ? source.equals(text) : regex.matches(text);
    }

    @Override
    @JsonValue
    public String toString() {
        return source;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextPattern pattern && source.equals(pattern.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }
}
