package io.understudy.reaper;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.understudy.journal.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signed tokens as jjwt 0.12 writes and reads them (RFC 7515, RFC 7519): compact, HMAC, a header that has nothing but {@code alg}.
 *
 * @param secret the secret
 */
record Jwt(String secret) {
    /** A token is a header field or a query parameter, so that it is shorter than the head of a request. */
    static final int MAX_CHARS = ReaperReplies.MAX_HEADER_BYTES;

    private static final JsonFactory JSON = new JsonFactory();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** The algorithms and how long a key each demands (RFC 7518 3.2). */
    private enum Algorithm {
        HS512("HmacSHA512", 64),
        HS384("HmacSHA384", 48),
        HS256("HmacSHA256", 32);

        private final String jca;
        private final int minKeyBytes;

        Algorithm(String jca, int minKeyBytes) {
            this.jca = jca;
            this.minKeyBytes = minKeyBytes;
        }

        byte[] sign(byte[] key, String text) {
            try {
                Mac mac = Mac.getInstance(jca);
                mac.init(new SecretKeySpec(key, jca));
                return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JVM has " + jca, e);
            }
        }
    }

    /**
     * What a token says.
     *
     * @param subject the user
     * @param roles the user's roles; null = not said
     * @param issuedAt when it was issued, in whole seconds; null = not said
     * @param expiration when it ends, in whole seconds; null = never
     */
    record Claims(
            String subject,
            @Nullable List<String> roles,
            @Nullable Instant issuedAt,
            @Nullable Instant expiration) {}

    /** As {@code Keys.hmacShaKeyFor} and {@code signWith(key)}: the strongest algorithm that the secret is long enough for. */
    String sign(Claims claims) {
        int bytes = key().length;
        for (Algorithm algorithm : Algorithm.values()) {
            if (bytes >= algorithm.minKeyBytes) {
                return sign(algorithm, claims);
            }
        }
        throw new IllegalStateException("a secret of " + bytes + " bytes was let in");
    }

    /** As {@code signWith(SignatureAlgorithm.HS256, key)} in the releases with Shiro. */
    String signHs256(Claims claims) {
        return sign(Algorithm.HS256, claims);
    }

    private String sign(Algorithm algorithm, Claims claims) {
        Bytes header = JsonWriter.bytes(json -> json.object(() -> json.field("alg", algorithm)));
        Bytes payload = JsonWriter.bytes(json -> json.object(() -> write(json, claims)));
        String signed = BASE64.encodeToString(header.toArray()) + "." + BASE64.encodeToString(payload.toArray());
        return signed + "." + BASE64.encodeToString(algorithm.sign(key(), signed));
    }

    private static void write(JsonWriter json, Claims claims) {
        json.field("sub", claims.subject());
        if (claims.roles() != null) {
            json.field("roles", claims.roles());
        }
        if (claims.issuedAt() != null) {
            json.field("iat", claims.issuedAt().getEpochSecond());
        }
        if (claims.expiration() != null) {
            json.field("exp", claims.expiration().getEpochSecond());
        }
    }

    /**
     * What the token says, if it was signed with this secret, has a subject, and is good at that time; empty otherwise. The
     * {@code roles} are not read, because nobody asks for them (spec reaper 1.2.3).
     */
    Optional<Claims> verify(String token, Instant now) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || token.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            Map<String, Object> header = members(decoder.decode(parts[0]));
            Algorithm algorithm = Algorithm.valueOf(String.valueOf(header.get("alg")));
            byte[] key = key();
            boolean signed = key.length >= algorithm.minKeyBytes
                    && MessageDigest.isEqual(algorithm.sign(key, parts[0] + "." + parts[1]), decoder.decode(parts[2]));
            // jjwt refuses what it does not understand (crit) and inflates what is compressed (zip), which nobody sends
            return !signed || header.containsKey("crit") || header.containsKey("zip")
                    ? Optional.empty()
                    : claims(members(decoder.decode(parts[1])), now);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Claims> claims(Map<String, Object> payload, Instant now) {
        Instant expiration = instant(payload.get("exp"));
        Instant notBefore = instant(payload.get("nbf"));
        // no clock skew is allowed; at the very instant of its expiration a token is still good
        if (!(payload.get("sub") instanceof String subject)
                || subject.isBlank()
                || (expiration != null && now.isAfter(expiration))
                || (notBefore != null && now.isBefore(notBefore))) {
            return Optional.empty();
        }
        return Optional.of(new Claims(subject, null, instant(payload.get("iat")), expiration));
    }

    private static @Nullable Instant instant(@Nullable Object seconds) {
        if (seconds == null) {
            return null;
        }
        if (seconds instanceof Number number && Math.abs(number.doubleValue()) < Instant.MAX.getEpochSecond()) {
            return Instant.ofEpochSecond(number.longValue());
        }
        throw new IllegalArgumentException("not a date: " + seconds);
    }

    /** The members of an object that are texts or numbers; others are there, but not read. */
    private static Map<String, Object> members(byte[] json) throws IOException {
        Map<String, Object> members = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    members.put(name, parser.getText());
                } else if (value.isNumeric()) {
                    members.put(name, parser.getNumberValue());
                } else {
                    members.put(name, value);
                    parser.skipChildren();
                }
            }
        }
        return members;
    }

    private byte[] key() {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Without the secret, which belongs in no log. */
    @Override
    public String toString() {
        return "Jwt[]";
    }
}
