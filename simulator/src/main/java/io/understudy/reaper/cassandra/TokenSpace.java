package io.understudy.reaper.cassandra;

import java.math.BigInteger;

/** The tokens of a partitioner, both bounds included (spec reaper 2.1). */
public record TokenSpace(BigInteger min, BigInteger max) {
    /** How many tokens there are: the size of the ring, R in spec reaper 3.5. */
    public BigInteger size() {
        return max.subtract(min).add(BigInteger.ONE);
    }

    /** Whether it is one of these tokens. */
    public boolean contains(BigInteger token) {
        return token.compareTo(min) >= 0 && token.compareTo(max) <= 0;
    }
}
