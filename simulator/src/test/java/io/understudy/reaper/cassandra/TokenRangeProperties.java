package io.understudy.reaper.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Ranges against the plainest model there is: the set of their tokens on a ring of sixteen. */
final class TokenRangeProperties {
    private static final int RING = 16;

    @Property
    void aRangeHasTheTokensAfterItsStartUpToItsEnd(
            @ForAll @IntRange(max = RING - 1) int start, @ForAll @IntRange(max = RING - 1) int end) {
        BitSet tokens = tokens(start, end);

        assertThat(range(start, end).span(BigInteger.valueOf(RING))).isEqualTo(tokens.cardinality());
        for (int token = 0; token < RING; token++) {
            assertThat(range(start, end).contains(BigInteger.valueOf(token))).isEqualTo(tokens.get(token));
        }
    }

    @Property(tries = 3000)
    void aRangeEnclosesAnotherIfItHasAllItsTokens(
            @ForAll @IntRange(max = RING - 1) int start,
            @ForAll @IntRange(max = RING - 1) int end,
            @ForAll @IntRange(max = RING - 1) int otherStart,
            @ForAll @IntRange(max = RING - 1) int otherEnd) {
        BitSet missing = tokens(otherStart, otherEnd);
        missing.andNot(tokens(start, end));

        assertThat(range(start, end).encloses(range(otherStart, otherEnd)))
                .as("%s encloses %s", range(start, end), range(otherStart, otherEnd))
                .isEqualTo(missing.isEmpty());
    }

    private static TokenRange range(int start, int end) {
        return new TokenRange(BigInteger.valueOf(start), BigInteger.valueOf(end));
    }

    private static BitSet tokens(int start, int end) {
        BitSet tokens = new BitSet();
        int token = start;
        do {
            token = (token + 1) % RING;
            tokens.set(token);
        } while (token != end);
        return tokens;
    }
}
