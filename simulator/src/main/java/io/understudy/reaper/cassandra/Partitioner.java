package io.understudy.reaper.cassandra;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A cluster's partitioner, by the name of its class. Reaper can cut the rings of {@link #MURMUR3} and {@link #RANDOM}; of any
 * other it says {@code Unsupported partitioner <class>} (spec reaper 3.5).
 */
public record Partitioner(String className) {
    /** Tokens from −2⁶³ to 2⁶³−1. */
    public static final Partitioner MURMUR3 = new Partitioner("org.apache.cassandra.dht.Murmur3Partitioner");

    /** Tokens from 0 to 2¹²⁷−1. */
    public static final Partitioner RANDOM = new Partitioner("org.apache.cassandra.dht.RandomPartitioner");

    private static final TokenSpace MURMUR3_SPACE =
            new TokenSpace(BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE));
    private static final TokenSpace RANDOM_SPACE =
            new TokenSpace(BigInteger.ZERO, BigInteger.TWO.pow(127).subtract(BigInteger.ONE));

    /** The tokens it deals in; empty for a partitioner that Reaper does not support. As Reaper does, it looks at the end of the name. */
    public Optional<TokenSpace> space() {
        if (className.endsWith("Murmur3Partitioner")) {
            return Optional.of(MURMUR3_SPACE);
        }
        return className.endsWith("RandomPartitioner") ? Optional.of(RANDOM_SPACE) : Optional.empty();
    }
}
