package io.understudy.undermoon;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** A JSON number as serde_json holds one: an integer as long as it fits 64 bits, a double otherwise. */
sealed interface SerdeNumber {
    /** 0 … 2^64-1, kept as in {@link Epoch}. */
    record Unsigned(long bits) implements SerdeNumber {}

    /** -2^63 … -1. */
    record Negative(long value) implements SerdeNumber {}

    /** Everything else, {@code -0} included. */
    record Floating(double value) implements SerdeNumber {}

    /** The number with that sign and that text, which has neither sign nor leading zeros. */
    static SerdeNumber of(boolean negative, String text, boolean isInteger) {
        if (isInteger) {
            BigInteger magnitude = new BigInteger(text);
            if (!negative && magnitude.bitLength() <= Long.SIZE) {
                return new Unsigned(magnitude.longValue());
            }
            BigInteger value = magnitude.negate();
            if (negative && value.signum() != 0 && value.bitLength() < Long.SIZE) {
                return new Negative(value.longValue());
            }
        }
        double value = approximately(text);
        return new Floating(negative ? -value : value);
    }

    /**
     * serde_json's quick conversion, which is sometimes off by a few units in the last place: as many digits as fit 64 bits,
     * times or divided by a power of ten.
     */
    private static double approximately(String text) {
        int end = Math.max(text.indexOf('e'), text.indexOf('E'));
        String digits = end < 0 ? text : text.substring(0, end);
        int point = digits.indexOf('.');
        BigInteger significand = BigInteger.ZERO;
        long exponent = end < 0
                ? 0
                : new BigInteger(text.substring(end + 1))
                        .min(FAR)
                        .max(FAR.negate())
                        .longValue();
        boolean full = false;
        for (int i = 0; i < digits.length(); i++) {
            if (i == point) {
                full = false;
                continue;
            }
            boolean isFraction = point >= 0 && i > point;
            BigInteger more = significand.multiply(BigInteger.TEN).add(BigInteger.valueOf(digits.charAt(i) - '0'));
            full |= more.bitLength() > Long.SIZE;
            if (!full) {
                significand = more;
                exponent -= isFraction ? 1 : 0;
            } else if (!isFraction) {
                exponent++;
            }
        }
        return scaled(significand.doubleValue(), exponent);
    }

    /** Exponents beyond this are all the same: infinite or zero. */
    BigInteger FAR = BigInteger.valueOf(Integer.MAX_VALUE);

    /** The largest power of ten that is a double. */
    int LARGEST_POWER = 308;

    private static double scaled(double value, long exponent) {
        double scaled = value;
        long left = exponent;
        while (left < -LARGEST_POWER && scaled != 0) {
            scaled /= 1e308;
            left += LARGEST_POWER;
        }
        if (scaled == 0) {
            return scaled;
        }
        if (left > LARGEST_POWER) {
            return Double.POSITIVE_INFINITY;
        }
        double power = Double.parseDouble("1e" + Math.abs(left));
        return left >= 0 ? scaled * power : scaled / power;
    }

    default boolean isInfinite() {
        return this instanceof Floating f && Double.isInfinite(f.value());
    }

    /** As serde names an unexpected value. */
    default String unexpected() {
        if (this instanceof Unsigned unsigned) {
            return "integer `" + Long.toUnsignedString(unsigned.bits()) + "`";
        }
        if (this instanceof Negative negative) {
            return "integer `" + negative.value() + "`";
        }
        return "floating point `" + display(((Floating) this).value()) + "`";
    }

    /** Rust's {@code Display} of a double: shortest digits, never an exponent. */
    private static String display(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; ; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_UP));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros().toPlainString();
            }
        }
    }
}
