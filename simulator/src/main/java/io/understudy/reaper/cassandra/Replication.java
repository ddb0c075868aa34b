package io.understudy.reaper.cassandra;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** How a keyspace's data is spread over the nodes, in Cassandra's own terms. Its JSON: {@code {"type":"simpleStrategy","replicationFactor":3}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Replication {
    /** The owner of a range's end and the next nodes round the ring, wherever they stand. */
    record SimpleStrategy(int replicationFactor) implements Replication {
        /**
         * Checks the factor.
         *
         * @throws IllegalArgumentException if there is to be not even one replica
         */
        public SimpleStrategy {
            if (replicationFactor < 1) {
                throw new IllegalArgumentException("a replication factor is at least 1, not " + replicationFactor);
            }
        }
    }

    /**
     * For each datacenter the next nodes round the ring that stand in it, of different racks as long as there are any.
     *
     * @param replicationFactors datacenter to number of replicas; one that the cluster does not have gets none
     */
    record NetworkTopologyStrategy(Map<String, Integer> replicationFactors) implements Replication {
        /**
         * Checks the factors.
         *
         * @throws IllegalArgumentException if a replication factor is negative
         */
        public NetworkTopologyStrategy {
            replicationFactors.forEach((datacenter, factor) -> {
                if (factor < 0) {
                    throw new IllegalArgumentException("a replication factor is at least 0, not " + factor);
                }
            });
            replicationFactors = Collections.unmodifiableMap(new TreeMap<>(replicationFactors));
        }
    }

    /** Every node has its own data, as in {@code system}: the owner of a range is its only replica. */
    record LocalStrategy() implements Replication {}
}
