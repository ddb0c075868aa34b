package io.understudy.reaper.cassandra;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one node knows of the cluster by gossip (spec reaper 2.3).
 *
 * @param sourceNode the node that was asked
 * @param endpoints datacenter to rack to nodes, without those that have left or were removed
 * @param totalLoad bytes; of all nodes, those that have left among them
 * @param endpointNames the addresses of {@code endpoints}
 */
public record GossipInfo(
        String sourceNode,
        Map<String, Map<String, List<EndpointState>>> endpoints,
        double totalLoad,
        List<String> endpointNames) {

    static GossipInfo of(String sourceNode, Collection<CassandraNode> nodes) {
        List<CassandraNode> present =
                nodes.stream().filter(node -> !node.hasLeft()).toList();
        Map<String, Map<String, List<EndpointState>>> endpoints = present.stream()
                .collect(Collectors.groupingBy(
                        CassandraNode::datacenter,
                        TreeMap::new,
                        Collectors.groupingBy(
                                CassandraNode::rack,
                                TreeMap::new,
                                Collectors.mapping(EndpointState::of, Collectors.toList()))));
        return new GossipInfo(
                sourceNode,
                endpoints,
                nodes.stream().mapToDouble(CassandraNode::load).sum(),
                present.stream().map(CassandraNode::address).toList());
    }
}
