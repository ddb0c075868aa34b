package io.understudy.reaper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts in URIs and forms, as Jersey's {@code UriComponent} reads and writes them: UTF-8, percent-encoded. */
final class PercentText {
    private static final String UNRESERVED_IN_PATHS = "-._~!$&'()*+,;=:@/";

    private PercentText() {}

    /** A path segment; a plus sign is one. */
    static String decodePath(String text) {
        return decode(text, false);
    }

    /**
     * The first value of each name, which is the one that Jersey hands over. Works for queries and for forms.
     *
     * @param text the raw text; null = none
     */
    static Map<String, String> parameters(@Nullable String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (text != null) {
            for (String pair : text.split("&", -1)) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    String value = equals < 0 ? "" : pair.substring(equals + 1);
                    parameters.putIfAbsent(decode(name, true), decode(value, true));
                }
            }
        }
        return parameters;
    }

    /** What is not three characters of percent-encoding stays as it is: the servlet container encodes such a percent sign first. */
    private static String decode(String text, boolean plusIsBlank) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%' && isHex(in, i + 1) && isHex(in, i + 2)) {
                out.write(Character.digit(in[i + 1], 16) << 4 | Character.digit(in[i + 2], 16));
                i += 2;
            } else {
                out.write(in[i] == '+' && plusIsBlank ? ' ' : in[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static boolean isHex(byte[] in, int at) {
        return at < in.length && Character.digit(in[at], 16) >= 0;
    }

    /** A path that may stand in a URI. */
    static String encodePath(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED_IN_PATHS.indexOf(c) >= 0);
            out.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return out.toString();
    }
}
