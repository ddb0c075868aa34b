package io.understudy.undermoon;

import io.understudy.journal.Bytes;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Writes compact JSON as serde_json does: members in the order of the calls, unsigned numbers in all their digits, control
 * characters as {@code \}{@code u00}<i>xx</i> in lower case, everything else as it is.
 */
final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(256);
    /** Whether a comma is due before whatever comes next. */
    private boolean comma;

    JsonText open(char bracket) {
        separate();
        out.append(bracket);
        comma = false;
        return this;
    }

    JsonText close(char bracket) {
        out.append(bracket);
        comma = true;
        return this;
    }

    /** The name of a member; only for names that need no escapes. */
    JsonText name(String name) {
        separate();
        out.append('"').append(name).append("\":");
        comma = false;
        return this;
    }

    JsonText string(String text) {
        separate();
        quote(text);
        comma = true;
        return this;
    }

    JsonText unsigned(long number) {
        return raw(number >= 0 ? Long.toString(number) : Long.toUnsignedString(number));
    }

    JsonText signed(long number) {
        return raw(Long.toString(number));
    }

    JsonText bool(boolean value) {
        return raw(value ? "true" : "false");
    }

    JsonText nothing() {
        return raw("null");
    }

    <E> JsonText list(List<E> elements, BiConsumer<JsonText, ? super E> write) {
        open('[');
        for (E element : elements) {
            write.accept(this, element);
        }
        return close(']');
    }

    JsonText strings(List<String> texts) {
        return list(texts, JsonText::string);
    }

    <E> JsonText map(Map<String, E> entries, BiConsumer<JsonText, ? super E> write) {
        open('{');
        entries.forEach((key, value) -> {
            separate();
            quote(key);
            out.append(':');
            comma = false;
            write.accept(this, value);
        });
        return close('}');
    }

    Bytes bytes() {
        return Bytes.utf8(out.toString());
    }

    private JsonText raw(String literal) {
        separate();
        out.append(literal);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            out.append(',');
        }
    }

    private void quote(String text) {
        out.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                out.append(text, plain, i);
                escape(c);
                plain = i + 1;
            }
        }
        if (plain == 0) {
            out.append(text); // much faster than by range, and the usual case
        } else {
            out.append(text, plain, text.length());
        }
        out.append('"');
    }

    private void escape(char c) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\b' -> out.append('b');
            case '\f' -> out.append('f');
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            default -> out.append("u00").append(HEX[c >> 4]).append(HEX[c & 0xf]);
        }
    }
}
