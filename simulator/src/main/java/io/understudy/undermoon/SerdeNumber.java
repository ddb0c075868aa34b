package io.understudy.undermoon;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A JSON number as serde_json holds one: an integer as long as it fits 64 bits, a double otherwise. */
sealed interface SerdeNumber {
    /** 0 … 2^64-1, kept as in {@link Epoch}. */
    record Unsigned(long bits) implements SerdeNumber {}

    /** -2^63 … -1. */
    record Negative(long value) implements SerdeNumber {}

    /** Everything else, {@code -0} included. */
    record Float(double value) implements SerdeNumber {}

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
        double value = Double.parseDouble(text);
        return new Float(negative ? -value : value);
    }

    default boolean isInfinite() {
        return this instanceof Float f && Double.isInfinite(f.value());
    }

    /** As serde names an unexpected value. */
    default String unexpected() {
        if (this instanceof Unsigned unsigned) {
            return "integer `" + Long.toUnsignedString(unsigned.bits()) + "`";
        }
        if (this instanceof Negative negative) {
            return "integer `" + negative.value() + "`";
        }
        return "floating point `" + display(((Float) this).value()) + "`";
    }

    /** Rust's {@code Display} of a double: shortest digits, never an exponent. */
    private static String display(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
