package io.understudy.undermoon;

/** Texts as Rust's formatting gives them. */
final class RustText {
    private RustText() {}

    /** Whether {@code str::parse::<u64>} takes it: ASCII digits, a plus before them if you like, up to 2^64-1. */
    static boolean isU64(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c != '+' || i > 0)) {
                return false;
            }
        }
        return Epoch.parse(text).isPresent();
    }

    /** Why {@code str::parse::<u64>} does not take it. */
    static String parseIntError(String text) {
        if (text.isEmpty()) {
            return "cannot parse integer from empty string";
        }
        String digits = text.startsWith("+") ? text.substring(1) : text;
        boolean areDigits = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return areDigits ? "number too large to fit in target type" : "invalid digit found in string";
    }

    /** A string as {@code {:?}} shows it: in quotes, what is not printable escaped. */
    static String debug(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> debug(out, c));
        return out.append('"').toString();
    }

    private static void debug(StringBuilder out, int c) {
        switch (c) {
            case '\0' -> out.append("\\0");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            default -> {
                if (isPrintable(c)) {
                    out.appendCodePoint(c);
                } else {
                    out.append("\\u{").append(Integer.toHexString(c)).append('}');
                }
            }
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
