package io.understudy.undermoon;

/** Texts as Rust's formatting gives them. */
final class RustText {
    private RustText() {}

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
