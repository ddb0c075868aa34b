package io.understudy.undermoon;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query of the two paged lists (spec undermoon 2.4), read as serde_urlencoded reads it. Numbers are unsigned.
 *
 * @param offset how many to leave out; default 0
 * @param limit how many to show; default all
 */
record PageQuery(long offset, long limit) {
    private static final long ALL = -1;

    /** @throws SerdeException without a place, if a number is none or comes twice */
    static PageQuery parse(@Nullable String query) throws SerdeException {
        Map<String, Long> numbers = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (pair.isEmpty() || (!name.equals("offset") && !name.equals("limit"))) {
                continue;
            }
            if (numbers.containsKey(name)) {
                throw SerdeException.unplaced("duplicate field `" + name + "`");
            }
            numbers.put(name, number(decoded(equals < 0 ? "" : pair.substring(equals + 1))));
        }
        return new PageQuery(numbers.getOrDefault("offset", 0L), numbers.getOrDefault("limit", ALL));
    }

    private static Long number(String text) throws SerdeException {
        if (!RustText.isU64(text)) {
            throw SerdeException.unplaced(RustText.parseIntError(text));
        }
        return Epoch.parse(text).orElseThrow();
    }

    /** What is on the page. */
    <T> List<T> of(List<T> all) {
        int from = (int) Epoch.min(offset, all.size());
        int count = (int) Epoch.min(limit, all.size() - from);
        return all.subList(from, from + count);
    }

    /** Percent-escapes and pluses undone; what is no escape stays. */
    private static String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
