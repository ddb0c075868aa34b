package io.understudy.reaper.cassandra;

/**
 * A node as another one knows it by gossip; its components are the JSON members of spec reaper 2.3 in the order of golden 7.5.
 *
 * @param status gossip state and liveness, {@code NORMAL - UP}; {@code Not available} without a gossip state
 * @param tokens not tokens but the gossip's version counter, as digits
 * @param load bytes
 * @param type {@code CASSANDRA} or {@code STARGATE}
 */
public record EndpointState(
        String endpoint,
        String hostId,
        String dc,
        String rack,
        String status,
        double severity,
        String releaseVersion,
        String tokens,
        double load,
        String type) {
    private static final String NOT_AVAILABLE = "Not available";

    static EndpointState of(CassandraNode node) {
        return new EndpointState(
                node.address(),
                node.hostId().toString(),
                node.datacenter(),
                node.rack(),
                node.gossipStatus()
                        .map(state -> state + " - " + node.liveness())
                        .orElse(NOT_AVAILABLE),
                node.severity(),
                node.version(),
                Integer.toString(node.gossipVersion()),
                node.load(),
                node.type().name());
    }
}
