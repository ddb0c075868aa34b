package io.understudy.reaper.cassandra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** All tokens of a cluster in ascending order, each with the node that owns it. */
final class Ring {
    private record Slot(BigInteger token, CassandraNode owner) {}

    private final List<BigInteger> tokens;
    private final CassandraNode[] owners;

    Ring(Collection<CassandraNode> nodes) {
        List<Slot> slots = new ArrayList<>();
        for (CassandraNode node : nodes) {
            node.tokens().forEach(token -> slots.add(new Slot(token, node)));
        }
        slots.sort(Comparator.comparing(Slot::token));
        tokens = slots.stream().map(Slot::token).toList();
        owners = slots.stream().map(Slot::owner).toArray(CassandraNode[]::new);
    }

    List<BigInteger> tokens() {
        return tokens;
    }

    int size() {
        return owners.length;
    }

    CassandraNode owner(int position) {
        return owners[position];
    }

    /** From that token to the next; the last goes over the end of the ring. */
    TokenRange rangeFrom(int position) {
        return new TokenRange(tokens.get(position), tokens.get(next(position)));
    }

    int next(int position) {
        return position + 1 == owners.length ? 0 : position + 1;
    }

    /** The position whose {@link #rangeFrom range} has that token. */
    int rangeOf(BigInteger token) {
        int found = Collections.binarySearch(tokens, token);
        int end = found >= 0 ? found : -found - 1;
        return end == 0 || end == owners.length ? owners.length - 1 : end - 1;
    }
}
