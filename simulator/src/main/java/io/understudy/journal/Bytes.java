package io.understudy.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A body: bytes that do not change, with equality.
 *
 * <p>In JSON it is its text if it is UTF-8, otherwise {@code base64:} and its bytes.
 */
public final class Bytes {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final String BASE64 = "base64:";

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** These bytes. The array must not be changed any more: it is not copied. */
    public static Bytes of(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    /** The text as UTF-8. */
    public static Bytes utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    @JsonCreator
    static Bytes fromJson(String json) {
        if (!json.startsWith(BASE64)) {
            return utf8(json);
        }
        try {
            return of(Base64.getDecoder().decode(json.substring(BASE64.length())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("what follows base64: must be base64, but " + e.getMessage(), e);
        }
    }

    @JsonValue
    String toJson() {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer()).toString();
            if (!text.startsWith(BASE64)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // not text: as base64 below
        }
        return BASE64 + Base64.getEncoder().encodeToString(content);
    }

    /** How many bytes. */
    public int size() {
        return content.length;
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return content.clone();
    }

    /** The bytes to read from. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    /** The bytes as UTF-8 text; what is not UTF-8 is replaced. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return text();
    }
}
