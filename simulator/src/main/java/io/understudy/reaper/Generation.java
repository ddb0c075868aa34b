package io.understudy.reaper;

import java.math.BigInteger;
import java.util.List;

/** The segments of a run to come, or why there can be none (spec reaper 3.5). */
sealed interface Generation {
    /**
     * They can be made.
     *
     * @param segments maybe none: no node holds data of the keyspace, or none of the ones that were asked for does. Reaper then
     *     {@code failed to generate repair segments} (spec reaper 1.4.3, row 24)
     */
    record Generated(List<GeneratedSegment> segments) implements Generation {}

    /** Reaper answers 500 with the message as text. */
    sealed interface Failed extends Generation {
        String message();
    }

    record UnsupportedPartitioner(String className) implements Failed {
        @Override
        public String message() {
            return "Unsupported partitioner " + className;
        }
    }

    record SameTokenTwice(BigInteger token) implements Failed {
        @Override
        public String message() {
            return "Tokens (" + token + "," + token + "): two nodes have the same token";
        }
    }

    record TokensOutOfRange(BigInteger start, BigInteger end, String partitioner) implements Failed {
        @Override
        public String message() {
            return "Tokens (" + start + "," + end + ") not in range of " + partitioner;
        }
    }

    record RingNotCovered() implements Failed {
        @Override
        public String message() {
            return "Not entire ring would get repaired";
        }
    }
}
