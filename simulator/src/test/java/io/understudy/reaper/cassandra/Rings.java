package io.understudy.reaper.cassandra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Clusters of all shapes for properties. */
public final class Rings {
    private Rings() {}

    /** Nodes with different numbers of tokens, strewn over datacenters and racks. */
    public static CassandraCluster random(Random random, Partitioner partitioner) {
        int nodeCount = 1 + random.nextInt(9);
        int datacenters = 1 + random.nextInt(3);
        int racks = 1 + random.nextInt(4);
        int bits = partitioner.space().orElseThrow().size().bitLength() - 1;
        // a narrow ring brings neighbours, wide gaps and tokens at both ends together
        int usedBits = random.nextBoolean() ? bits : 8;
        TreeSet<BigInteger> distinct = new TreeSet<>();
        int tokenCount = nodeCount * (1 + random.nextInt(6));
        while (distinct.size() < tokenCount) {
            distinct.add(new BigInteger(usedBits, random)
                    .add(partitioner.space().orElseThrow().min()));
        }
        List<BigInteger> tokens = new ArrayList<>(distinct);
        Collections.shuffle(tokens, random);
        List<CassandraNode.State> nodes = new ArrayList<>();
        for (int i = 0; i < nodeCount; i++) {
            List<BigInteger> own = new ArrayList<>();
            for (int j = i; j < tokens.size(); j += nodeCount) {
                own.add(tokens.get(j));
            }
            nodes.add(CassandraNode.State.healthy(
                    "random",
                    "10.1.1." + i,
                    "dc" + random.nextInt(datacenters),
                    "rack" + random.nextInt(racks),
                    own,
                    "4.1.3"));
        }
        return CassandraCluster.of(
                new CassandraCluster.State("random", partitioner.className(), "4.1.3", nodes, List.of()));
    }

    /** A keyspace with that replication and one empty table. */
    public static Keyspace keyspace(Replication replication) {
        return new Keyspace("ks", replication, List.of(Table.empty("t")));
    }
}
