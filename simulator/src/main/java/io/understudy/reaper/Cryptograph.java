package io.understudy.reaper;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How texts such as JMX passwords are encrypted, as upstream's classes {@code NoopCrypotograph} and {@code SymmetricCryptograph} do
 * (package {@code io.cassandrareaper.crypto}).
 *
 * @param secret the passphrase, upstream's environment variable {@code CASSANDRA_REAPER_PROPERTY_KEY_SECRET}; empty = nothing is
 *     encrypted
 */
record Cryptograph(String secret) {
    /** Nothing is encrypted. */
    static final Cryptograph NONE = new Cryptograph("");

    private static final String PREFIX = "{cipher}";
    private static final String CIPHER = "AES/CBC/PKCS5Padding";
    private static final String KEY_ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final byte[] SALT = "deadbeef".getBytes(StandardCharsets.US_ASCII);
    private static final int ITERATIONS = 1024;
    private static final int KEY_BITS = 256;
    private static final int IV_BYTES = 16;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    boolean encrypts() {
        return !secret.isEmpty();
    }

    /**
     * {@code {cipher}} and the initial vector and the text in upper-case hex, or the same text if nothing is encrypted.
     *
     * @throws IllegalArgumentException if there is nothing but blanks to encrypt
     */
    String encrypt(String text, RandomGenerator chance) {
        if (!encrypts()) {
            return text;
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException("nothing to encrypt");
        }
        byte[] iv = new byte[IV_BYTES];
        chance.nextBytes(iv);
        byte[] encrypted = transform(Cipher.ENCRYPT_MODE, iv, text.trim().getBytes(StandardCharsets.UTF_8));
        return PREFIX + HEX.formatHex(iv) + HEX.formatHex(encrypted);
    }

    /**
     * The text that was encrypted; what has no prefix is given back.
     *
     * @throws IllegalArgumentException if it was not encrypted so
     */
    String decrypt(String text) {
        if (!encrypts() || !text.trim().startsWith(PREFIX)) {
            return text;
        }
        byte[] all = HEX.parseHex(text.trim().substring(PREFIX.length()));
        if (all.length <= IV_BYTES) {
            throw new IllegalArgumentException("too short for an encrypted text");
        }
        byte[] iv = Arrays.copyOf(all, IV_BYTES);
        byte[] encrypted = Arrays.copyOfRange(all, IV_BYTES, all.length);
        return new String(transform(Cipher.DECRYPT_MODE, iv, encrypted), StandardCharsets.UTF_8);
    }

    private byte[] transform(int mode, byte[] iv, byte[] input) {
        try {
            PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), SALT, ITERATIONS, KEY_BITS);
            byte[] key = SecretKeyFactory.getInstance(KEY_ALGORITHM)
                    .generateSecret(spec)
                    .getEncoded();
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot be decrypted", e);
        }
    }

    @Override
    public String toString() {
        return "Cryptograph[" + (encrypts() ? "symmetric" : "none") + "]";
    }
}
